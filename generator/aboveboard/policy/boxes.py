"""Sets of cells as bits: a cell is a number in mixed radix, a set of cells an int.

A box is a set of values on every axis; `cover` describes any set of cells by few boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import prod
from operator import mul

Box = tuple[int, ...]


class Grid:
    """All cells over axes of these sizes; the first axis changes fastest."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = tuple(sizes)
        self.strides = tuple(accumulate((1, *self.sizes[:-1]), mul)) if sizes else ()
        self.cells = prod(self.sizes)
        self.full = (1 << self.cells) - 1
        self._known: dict[tuple[int, int], int] = {}

    def having(self, axis: int, picked: int) -> int:
        """The cells whose value on an axis is among those picked."""
        known = self._known.get((axis, picked))
        if known is None:
            known = self._known[axis, picked] = self._having(axis, picked)
        return known

    def _having(self, axis: int, picked: int) -> int:
        stride, size = self.strides[axis], self.sizes[axis]
        ones = (1 << stride) - 1
        pattern = 0
        for value in range(size):
            if picked >> value & 1:
                pattern |= ones << value * stride
        width = stride * size
        return repeated(pattern, width, self.cells // width)

    def held(self, box: Box) -> int:
        """The cells of a box."""
        cells = self.full
        for axis, picked in enumerate(box):
            if picked != (1 << self.sizes[axis]) - 1:
                cells &= self.having(axis, picked)
        return cells

    def cover(self, cells: int, free: int = 0) -> Iterator[Box]:
        """Boxes that hold every one of `cells` and, beyond them, none but `free` ones.

        Each box is as large as it can be, so that boxes overlap rather than fall into crumbs.
        """
        closed = self.full & ~(cells | free)
        left = cells
        while left:
            seed = (left & -left).bit_length() - 1
            box, held = self._largest(seed, closed, left)
            yield box
            left &= ~held

    def _largest(self, seed: int, closed: int, left: int) -> tuple[Box, int]:
        """Of the boxes around a cell, grown along each axis first, the one that covers most."""
        axes = range(len(self.sizes))
        best, best_held, most = *self._grown(seed, list(axes), closed), -1
        for first in axes:
            order = [first, *(axis for axis in axes if axis != first)]
            box, held = self._grown(seed, order, closed)
            if (count := (held & left).bit_count()) > most:
                best, best_held, most = box, held, count
        return best, best_held

    def _grown(self, seed: int, order: list[int], closed: int) -> tuple[Box, int]:
        """A box that cannot grow further without a closed cell."""
        held, box = 1 << seed, [0] * len(self.sizes)
        for axis in order:
            stride, size = self.strides[axis], self.sizes[axis]
            at = seed // stride % size
            base, wider = held >> at * stride, 0  # what is held has one value here: move it along
            for value in range(size):
                moved = base << value * stride
                if not moved & closed:
                    wider |= moved
                    box[axis] |= 1 << value
            held = wider
        return tuple(box), held


def repeated(pattern: int, width: int, times: int) -> int:
    """A pattern of some width, written `times` times side by side; doubled, not looped."""
    result = filled = 0
    while times:
        if times & 1:
            result |= pattern << filled
            filled += width
        times >>= 1
        if times:
            pattern |= pattern << width
            width *= 2
    return result
