"""Where the boxes of a picture go: layers from top to bottom, few crossings, straight lines.

The method of Sugiyama: lines that close a round are turned, every line spans neighbouring layers
(a long one passes through points), layers are ordered by the mean place of their neighbours, and
then each box is moved as near to its neighbours as its layer allows. Same picture, same places.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

_SWEEPS = 10

Pair = tuple[str, str]
Neighbours = Mapping[str, list[str]]


class Layout(NamedTuple):
    """The middle of every box as (x, layer), and the points that each line passes through."""

    middle: dict[str, tuple[float, int]]
    through: dict[Pair, list[tuple[float, int]]]


def lay_out(widths: Mapping[str, float], lines: Sequence[Pair], gap: float) -> Layout:
    """Places for boxes of these widths. A line from a box to itself takes no part."""
    pairs = list(dict.fromkeys(pair for pair in lines if pair[0] != pair[1]))
    turned = _turned(list(widths), pairs)
    level = _levels(list(widths), [_way(pair, turned) for pair in pairs])
    wide = dict(widths)
    chains: dict[Pair, list[str]] = {}
    for pair in pairs:
        start, end = _way(pair, turned)
        points = [f"\0{start}\0{end}\0{at}" for at in range(level[start] + 1, level[end])]
        chains[pair] = [start, *points, end]
        level |= {point: level[start] + at for at, point in enumerate(points, 1)}
        wide |= dict.fromkeys(points, 0.0)
    below, above = _neighbours(chains.values())
    layers = _ordered(level, above, below)
    x = _placed(layers, wide, above, below, gap)
    return Layout(
        {name: (x[name], level[name]) for name in widths},
        {
            pair: [(x[p], level[p]) for p in (chain[::-1] if pair in turned else chain)]
            for pair, chain in chains.items()
        },
    )


def _way(pair: Pair, turned: set[Pair]) -> Pair:
    return (pair[1], pair[0]) if pair in turned else pair


def _turned(names: list[str], pairs: list[Pair]) -> set[Pair]:
    """The lines that close a round, found by a walk that never recurses."""
    after: dict[str, list[str]] = defaultdict(list)
    for start, end in pairs:
        after[start].append(end)
    state: dict[str, int] = {}  # 1: on the way, 2: done
    found: set[Pair] = set()
    for root in names:
        walk = [] if root in state else [(root, iter(after[root]))]
        while walk:
            name, rest = walk[-1]
            state[name] = 1
            following = next(rest, None)
            if following is None:
                state[name] = 2
                walk.pop()
            elif state.get(following) == 1:
                found.add((name, following))
            elif following not in state:
                walk.append((following, iter(after[following])))
    return found


def _levels(names: list[str], pairs: list[Pair]) -> dict[str, int]:
    """The longest way from the top; what begins a way stands just above what needs it first."""
    after, waits = defaultdict(list), dict.fromkeys(names, 0)
    for start, end in pairs:
        after[start].append(end)
        waits[end] += 1
    level = dict.fromkeys(names, 0)
    begins = [name for name in names if not waits[name]]
    ready = list(begins)
    for name in ready:
        for end in after[name]:
            level[end] = max(level[end], level[name] + 1)
            waits[end] -= 1
            if not waits[end]:
                ready.append(end)
    for name in begins:
        if after[name]:
            level[name] = min(level[end] for end in after[name]) - 1
    return level


def _neighbours(chains: Iterable[list[str]]) -> tuple[Neighbours, Neighbours]:
    below: dict[str, list[str]] = defaultdict(list)
    above: dict[str, list[str]] = defaultdict(list)
    for chain in chains:
        for one, other in pairwise(chain):
            if other not in below[one]:
                below[one].append(other)
                above[other].append(one)
    return below, above


def _ordered(level: dict[str, int], above: Neighbours, below: Neighbours) -> list[list[str]]:
    """The layers with few crossings: the best of several sweeps down and up."""
    layers: list[list[str]] = [[] for _ in range(max(level.values(), default=-1) + 1)]
    for name in sorted(level, key=lambda name: level[name]):
        layers[level[name]].append(name)
    best, fewest = layers, _crossings(layers, below)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        layers = _swept(layers, above if down else below, down=down)
        crossings = _crossings(layers, below)
        if crossings < fewest:
            best, fewest = layers, crossings
        if not fewest:
            break
    return best


def _swept(layers: list[list[str]], sides: Neighbours, *, down: bool) -> list[list[str]]:
    """Each layer in the order of the mean place of its neighbours in the layer before."""
    at: dict[str, float] = {}
    made = []
    for layer in layers if down else reversed(layers):
        own = {name: float(i) for i, name in enumerate(layer)}
        wish = {
            n: sum(at[m] for m in sides[n]) / len(sides[n]) if sides.get(n) else own[n]
            for n in layer
        }
        order = [name for _, _, name in sorted((wish[n], own[n], n) for n in layer)]
        at |= {name: float(i) for i, name in enumerate(order)}
        made.append(order)
    return made if down else made[::-1]


def _crossings(layers: list[list[str]], below: Neighbours) -> int:
    total = 0
    for upper, lower in pairwise(layers):
        at = {name: i for i, name in enumerate(lower)}
        seen: list[int] = []
        for name in upper:
            ends = sorted(at[end] for end in below.get(name, ()))
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _placed(
    layers: list[list[str]],
    wide: Mapping[str, float],
    above: Neighbours,
    below: Neighbours,
    gap: float,
) -> dict[str, float]:
    """The middle of everything, from the left edge."""
    x: dict[str, float] = {}
    for layer in layers:
        x |= _packed(layer, dict.fromkeys(layer, 0.0), wide, gap)
    for sweep in range(_SWEEPS):
        sides = (above, below)[sweep % 2]
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            wish = {
                n: sum(x[m] for m in sides[n]) / len(sides[n]) if sides.get(n) else x[n]
                for n in layer
            }
            x |= _packed(layer, wish, wide, gap)
    left = min((x[name] - wide[name] / 2 for name in x), default=0.0)
    return {name: value - left for name, value in x.items()}


def _packed(
    layer: list[str], wish: Mapping[str, float], wide: Mapping[str, float], gap: float
) -> dict[str, float]:
    """Places as near to the wishes as order and widths allow (least squares, by pooling)."""
    shift = [0.0]
    for one, other in pairwise(layer):
        shift.append(shift[-1] + (wide[one] + wide[other]) / 2 + gap)
    pools: list[tuple[float, int]] = []  # sum of wishes, and how many
    for name, moved in zip(layer, shift, strict=False):
        total, count = wish[name] - moved, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            total, count = total + pools[-1][0], count + pools[-1][1]
            pools.pop()
        pools.append((total, count))
    places = [total / count for total, count in pools for _ in range(count)]
    return {n: p + s for n, p, s in zip(layer, places, shift, strict=False)}
