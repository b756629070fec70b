"""Bits in one pass over a graph: held against one plain search per bit."""

from __future__ import annotations

from collections import deque
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.proof.bits import Graph, order, propagate, tree

from . import profiles

COUNT, BITS = 9, 4
vertex = st.integers(0, COUNT - 1)
edges = st.lists(st.tuples(vertex, vertex), max_size=25)
bits = st.integers(0, 2**BITS - 1)
seeds = st.dictionaries(vertex, bits, max_size=4)
cuts = st.dictionaries(st.integers(0, 24), bits, max_size=10)


def graph_of(pairs: list[tuple[int, int]]) -> Graph:
    return Graph(COUNT, [tail for tail, _ in pairs], [head for _, head in pairs])


def distances(pairs: list[tuple[int, int]], starts: set[int], cut: set[int]) -> dict[int, int]:
    """Plain breadth-first search that does not take the edges in `cut`."""
    found = dict.fromkeys(starts, 0)
    waiting = deque(sorted(starts))
    while waiting:
        here = waiting.popleft()
        for edge, (tail, head) in enumerate(pairs):
            if tail == here and edge not in cut and head not in found:
                found[head] = found[here] + 1
                waiting.append(head)
    return found


@profiles.many(1)
@given(edges, seeds, cuts)
def test_propagation_is_one_search_per_bit(
    pairs: list[tuple[int, int]], starts: dict[int, int], cut: dict[int, int]
) -> None:
    graph = graph_of(pairs)
    state = propagate(graph, order(graph), starts, cut)
    for bit in (1 << number for number in range(BITS)):
        sources = {v for v, mask in starts.items() if mask & bit}
        reached = distances(pairs, sources, {e for e, mask in cut.items() if mask & bit})
        assert {v for v in range(COUNT) if state[v] & bit} == set(reached)


@profiles.many(1)
@given(edges, seeds, cuts)
def test_backward_is_forward_on_the_reversed_graph(
    pairs: list[tuple[int, int]], starts: dict[int, int], cut: dict[int, int]
) -> None:
    graph, turned = graph_of(pairs), graph_of([(head, tail) for tail, head in pairs])
    back = propagate(graph, order(graph, backward=True), starts, cut, backward=True)
    assert back == propagate(turned, order(turned), starts, cut)


@profiles.many(1)
@given(edges)
def test_the_order_leads_forward_but_within_a_cycle(pairs: list[tuple[int, int]]) -> None:
    walk = order(graph_of(pairs))
    assert sorted(walk.vertices) == list(range(COUNT))
    place = {v: n for n, v in enumerate(walk.vertices)}
    for tail, head in pairs:
        together = any(s <= place[tail] < e and s <= place[head] < e for s, e in walk.cycles)
        assert together or place[tail] < place[head] or tail == head


@profiles.many(1)
@given(edges, st.sets(vertex, max_size=3), st.sets(vertex, max_size=3), cuts)
def test_a_witness_is_a_shortest_path_that_exists(
    pairs: list[tuple[int, int]], starts: set[int], ends: set[int], cut: dict[int, int]
) -> None:
    graph = graph_of(pairs)
    path = tree(graph, order(graph), ends, 1, cut).path(starts)
    stopped = {e for e, mask in cut.items() if mask & 1}
    found = distances(pairs, starts, stopped)
    lengths = [found[end] for end in ends if end in found]
    assert (len(path) - 1 if path else None) == min(lengths, default=None)
    if path:
        open_edges = {pair for e, pair in enumerate(pairs) if e not in stopped}
        assert path[0] in starts
        assert path[-1] in ends
        assert set(pairwise(path)) <= open_edges


def test_a_long_cycle_takes_few_sweeps() -> None:
    """Vertices numbered against the flow: a naive order would take one sweep a vertex."""
    count = 20_000
    graph = Graph(count, [*range(1, count), 0], [*range(count - 1), count - 1])
    state = propagate(graph, order(graph), {count // 2: 1}, {})
    assert state == [1] * count
