"""Reachability for all claims at once: a set of claims is an int, one bit each, and flows along
edges that may cut some of them. One pass over the graph in order; again only within a cycle, and
only while it moves.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(slots=True, eq=False, repr=False)
class Graph:
    """Vertices 0..count-1 and edges; `cuts` holds the bits that an edge lets not pass.

    heads[e] and tails[e] are where edge e ends and starts.
    """

    count: int = 0
    tails: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)

    def vertex(self) -> int:
        self.count += 1
        return self.count - 1

    def edge(self, tail: int, head: int) -> int:
        self.tails.append(tail)
        self.heads.append(head)
        return len(self.tails) - 1


class Order(NamedTuple):
    """Vertices so that an edge leads forward unless it closes a cycle, with their edges.

    cycles are (start, end) in `vertices`: stretches that lead back into themselves.
    """

    vertices: list[int]
    edges: list[Sequence[int]]  # per vertex, those that arrive (or leave, when backward)
    heads: list[list[int]]  # per vertex, where its other edges lead
    cycles: list[tuple[int, int]]


def order(graph: Graph, *, backward: bool = False) -> Order:
    """Topological, each cycle in one stretch; linear in vertices and edges."""
    heads, tails = (graph.tails, graph.heads) if backward else (graph.heads, graph.tails)
    leaving: list[list[int]] = [[] for _ in range(graph.count)]
    arriving: list[list[int]] = [[] for _ in range(graph.count)]
    for edge, (tail, head) in enumerate(zip(tails, heads, strict=True)):
        leaving[tail].append(head)
        arriving[head].append(edge)
    waits = [len(edges) for edges in arriving]
    ready = [vertex for vertex, count in enumerate(waits) if not count]
    done: list[int] = []
    while ready:
        vertex = ready.pop()
        done.append(vertex)
        for head in leaving[vertex]:
            waits[head] -= 1
            if not waits[head]:
                ready.append(head)
    cycles: list[tuple[int, int]] = []
    if len(done) < graph.count:
        for group in knots(leaving, [v for v, count in enumerate(waits) if count]):
            if len(group) > 1:
                cycles.append((len(done), len(done) + len(group)))
            done += group
    return Order(done, list(arriving), leaving, cycles)


def knots(leaving: Sequence[Sequence[int]], among: list[int]) -> list[list[int]]:
    """The strongly connected parts of some vertices, in topological order; within each, an order
    in which few edges lead back. `among` holds all that can be reached from it."""
    postorder = _postorder(leaving, among)
    entering: dict[int, list[int]] = {vertex: [] for vertex in among}
    for vertex in among:
        for head in leaving[vertex]:
            entering[head].append(vertex)
    rank = {vertex: -place for place, vertex in enumerate(postorder)}
    found: list[list[int]] = []
    taken: set[int] = set()
    for root in reversed(postorder):
        if root in taken:
            continue
        taken.add(root)
        group, waiting = [root], [root]
        while waiting:
            for tail in entering[waiting.pop()]:
                if tail not in taken:
                    taken.add(tail)
                    group.append(tail)
                    waiting.append(tail)
        found.append(sorted(group, key=rank.__getitem__))
    return found


def _postorder(leaving: Sequence[Sequence[int]], among: list[int]) -> list[int]:
    seen: set[int] = set()
    done: list[int] = []
    for root in among:
        if root in seen:
            continue
        seen.add(root)
        trail = [(root, iter(leaving[root]))]
        while trail:
            vertex, heads = trail[-1]
            for head in heads:
                if head not in seen:
                    seen.add(head)
                    trail.append((head, iter(leaving[head])))
                    break
            else:
                trail.pop()
                done.append(vertex)
    return done


def propagate(
    graph: Graph,
    walk: Order,
    seeds: dict[int, int],
    cuts: dict[int, int],
    *,
    backward: bool = False,
) -> list[int]:
    """The bits that arrive at each vertex: its seeds, and what its edges let through."""
    tails = graph.heads if backward else graph.tails
    state = [0] * graph.count
    for vertex, bits in seeds.items():
        state[vertex] = bits
    at = 0
    for start, end in walk.cycles:
        _sweep(walk, tails, state, cuts, walk.vertices[at:start])
        _circle(walk, tails, state, cuts, walk.vertices[start:end])
        at = end
    _sweep(walk, tails, state, cuts, walk.vertices[at:])
    return state


def _sweep(
    walk: Order, tails: list[int], state: list[int], cuts: dict[int, int], vertices: Iterable[int]
) -> list[int]:
    """Once over some vertices; those that moved."""
    moved = []
    edges = walk.edges
    for vertex in vertices:
        bits = before = state[vertex]
        for edge in edges[vertex]:
            come = state[tails[edge]]
            if come:
                bits |= come & ~cuts[edge] if edge in cuts else come
        if bits != before:
            state[vertex] = bits
            moved.append(vertex)
    return moved


def _circle(
    walk: Order, tails: list[int], state: list[int], cuts: dict[int, int], cycle: list[int]
) -> None:
    """A cycle until nothing moves: after the first time round, only where something has."""
    place = {vertex: number for number, vertex in enumerate(cycle)}
    moved = _sweep(walk, tails, state, cuts, cycle)
    back = {
        head
        for vertex in moved
        for head in walk.heads[vertex]
        if head in place and place[head] <= place[vertex]
    }
    while back:
        todo = bytearray(len(cycle))
        for vertex in back:
            todo[place[vertex]] = 1
        back = set()
        at = todo.find(1)
        while at >= 0:
            vertex = cycle[at]
            if _sweep(walk, tails, state, cuts, (vertex,)):
                for head in walk.heads[vertex]:
                    later = place.get(head, -1)
                    if later > at:
                        todo[later] = 1
                    elif later >= 0:
                        back.add(head)
            at = todo.find(1, at + 1)


class Tree(NamedTuple):
    """What a breadth-first search backward from some targets found: per vertex the next one on a
    shortest way to a target, and how far it is; -1: no way, or none further."""

    following: Sequence[int]
    distance: Sequence[int]

    def path(self, seeds: set[int]) -> list[int]:
        """A shortest way from one of the seeds to a target."""
        near = [(self.distance[seed], seed) for seed in seeds if self.distance[seed] >= 0]
        path = [min(near)[1]] if near else []
        while path and self.following[path[-1]] >= 0:
            path.append(self.following[path[-1]])
        return path


def tree(graph: Graph, walk: Order, targets: set[int], bit: int, cuts: dict[int, int]) -> Tree:
    """The ways to some targets that no edge cuts for this bit."""
    tails, arriving, cut = graph.tails, walk.edges, cuts.get
    following = array("i", [-1]) * graph.count
    distance = array("i", [-1]) * graph.count
    front = sorted(targets)
    far = 0
    for vertex in front:
        distance[vertex] = 0
    while front:
        far += 1
        fresh: list[int] = []
        for vertex in front:
            for edge in arriving[vertex]:
                tail = tails[edge]
                if distance[tail] < 0 and not cut(edge, 0) & bit:
                    distance[tail] = far
                    following[tail] = vertex
                    fresh.append(tail)
        front = fresh
    return Tree(following, distance)
