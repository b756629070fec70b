"""The algebra of scopes, exact: a scope is a set of cells, and a set of cells is an int.

    space = Space.for_table(policy.header, scopes, names)
    space.words(space.mask_of(line.scope))                # "Team or Enterprise, Europe"

What is written, and the cells that it holds:

    {plan: [free, pro], age: adult}          all of the axes, any of the values of each
    {plan: business}                         a group stands for its values
    [{account: work}, {age: teen}]           any of these: their union
    {plan: free, not: [{region: eea}, ...]}  without all of these
    {choice: {training: refused}}            the positions of a control are an axis
    {collected: {before: 2023-03-01}}        half-open; time is cut at each day that is named
    adults-in-europe                         a scope of `scopes:`, by its name (see names.py)
    otherwise                                what the other rows of the table leave
    (no scope)                               everyone

Cells of `policy.impossible` do not exist: no table has to cover them, and no words name them. Only
axes that a table's scopes mention cut cells, and those that impossible combinations tie to them; on
any other axis a cell stands for every value, later ones included. A set of cells is said as few
boxes, each as large as it can be, or as everyone but one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from math import prod

from .axes import (
    CHOICE,
    COLLECTED,
    IN_FORCE,
    RESERVED,
    Axis,
    Times,
    choice_axis,
    days,
    header_axis,
    mentioned,
    time_axis,
    touching,
    unknown_axis,
)
from .boxes import Box, Grid
from .entities import Header
from .scope import Otherwise, Scope, Scoped

MAX_CELLS = 1_000_000
# Beyond this, looking for boxes that others make needless costs more than it saves.
FEW = 64

Axes = Mapping[str, Axis | Sequence[str]]


class TooManyCells(ValueError):
    """The axes that some scopes mention have too many combinations to reason about."""


class Space:
    """The product of some axes, without its impossible cells."""

    def __init__(
        self, axes: Axes, impossible: Iterable[Scope] = (), on: date | None = None
    ) -> None:
        self._on = on
        self._axes = {
            name: axis if isinstance(axis, Axis) else Axis(name, {v: v for v in axis})
            for name, axis in axes.items()
        }
        sizes = [len(axis.labels) for axis in self._axes.values()]
        if prod(sizes) > MAX_CELLS:
            raise TooManyCells(f"{prod(sizes):,} combinations of {', '.join(self._axes)}")
        self._grid = Grid(sizes)
        self._index = {name: index for index, name in enumerate(self._axes)}
        self._known: dict[int, list[dict[str, tuple[str, ...]]]] = {}
        self._covers: dict[tuple[int, int | None], list[Box]] = {}
        self.possible = self._grid.full
        for scope in impossible:
            if mentioned(scope) <= self._axes.keys():
                self.possible &= ~self._region(scope)

    @classmethod
    def of(cls, header: Header, extra: Axes | None = None) -> Space:
        """Every axis of the header, and others beside them."""
        axes = _declared(header, set(header.axes))
        return cls({**axes, **(extra or {})}, header.impossible)

    @classmethod
    def for_table(
        cls,
        header: Header,
        scopes: Iterable[Scope],
        names: Mapping[str, str] | None = None,
        *,
        on: date | None = None,
    ) -> Space:
        """Only the axes that scopes mention; `names` says what the controls of `choice` permit.

        Axes that impossible combinations tie to those are added: with both signed-out Free and
        signed-out Pro impossible, nobody is signed out. `on` a day, only what is in force then
        has cells.
        """
        written = list(scopes)
        wanted = set[str]().union(*map(mentioned, written)) - ({IN_FORCE} if on else set())
        ties = touching(header.impossible, wanted)
        try:
            return cls(_axes(header, [*written, *ties], names or {}, on), ties, on)
        except TooManyCells:
            ties = [scope for scope in ties if mentioned(scope) <= wanted]
            return cls(_axes(header, [*written, *ties], names or {}, on), ties, on)

    @property
    def axes(self) -> dict[str, list[str]]:
        """Axis to values, groups opened."""
        return {name: list(axis.values) for name, axis in self._axes.items()}

    # -- from scopes to cells --------------------------------------------------------------

    def mask(self, scope: Scope) -> int:
        """The cells of one scope; `otherwise` has none of its own, see `rows`."""
        return 0 if isinstance(scope, Otherwise) else self._region(scope) & self.possible

    def mask_of(self, scopes: Sequence[Scope]) -> int:
        """The union; no scope at all is everyone."""
        union = 0 if scopes else self.possible
        for scope in scopes:
            union |= self.mask(scope)
        return union

    def rows(self, rows: Iterable[Sequence[Scope] | Scoped]) -> list[int]:
        """The cells of each row of a table; the first `otherwise` gets what others leave."""
        scopes = [row.scope if isinstance(row, Scoped) else row for row in rows]
        masks = [self.mask_of(row) for row in scopes]
        rest = self.possible
        for mask in masks:
            rest &= ~mask
        for index, row in enumerate(scopes):
            if any(isinstance(scope, Otherwise) for scope in row):
                masks[index] |= rest
                break
        return masks

    def _region(self, scope: Scope) -> int:
        if self._on and scope.in_force and not scope.in_force.holds(self._on):
            return 0
        region = self._grid.full
        for name, picked in self._picked(scope):
            region &= self._grid.having(self._index[name], picked)
        for taken in scope.not_:
            region &= ~self._region(taken)
        return region

    def _picked(self, scope: Scope) -> Iterator[tuple[str, int]]:
        for name, values in scope.axes.items():
            yield name, self._axis(name).picked(values)
        for control, position in scope.choice.items():
            yield CHOICE + control, self._axis(CHOICE + control).picked([position])
        for name, window in ((COLLECTED, scope.collected), (IN_FORCE, scope.in_force)):
            if window and not (name == IN_FORCE and self._on):
                axis = self._axis(name)
                assert isinstance(axis, Times), f"'{name}' is a time axis"
                yield name, axis.within(window)

    def _axis(self, name: str) -> Axis:
        if name not in self._axes:
            raise ValueError(f"'{name}' is not an axis of this space: {', '.join(self._axes)}")
        return self._axes[name]

    # -- from cells to words ---------------------------------------------------------------

    def box_mask(self, box: Mapping[str, Iterable[str]]) -> int:
        """The cells of a box: on each axis these values, on others every value."""
        region = self.possible
        for name, values in box.items():
            region &= self._grid.having(self._index[name], self._axis(name).picked(values))
        return region

    def box_words(self, box: Mapping[str, Iterable[str]]) -> str:
        """A box in plain words; nothing if it holds everyone."""
        named = [
            axis.words(axis.picked(box[name])) for name, axis in self._axes.items() if name in box
        ]
        return _joined(named)

    def at_value(self, mask: int, name: str, value: str) -> int:
        """Those cells of a set that have a value on an axis, as cells of the other axes."""
        index = self._index[name]
        at = list(self._axis(name).values).index(value)
        cells: int = (mask & self._grid.having(index, 1 << at)) >> at * self._grid.strides[index]
        return cells

    def boxes(self, mask: int) -> list[dict[str, tuple[str, ...]]]:
        """Boxes whose possible cells are exactly `mask`: axis to values, whole axes left out."""
        if mask not in self._known:
            self._known[mask] = [
                {name: axis.chosen(picked) for name, axis, picked in self._restricted(box)}
                for box in self._cover(mask)
            ]
        return self._known[mask]

    def words(self, mask: int, most: int | None = None) -> str:
        """A set of cells in plain words; with `most` no more than so many boxes and about so many
        values on an axis."""
        mask &= self.possible
        if not mask:
            return "nobody"
        if mask == self.possible:
            return "everyone"
        found = self._cover(mask, most)
        boxes = [self._box_words(box, most) for box in found[:most]]
        cut = len(found) > len(boxes)
        said = "; or ".join([*boxes, "others"] if cut else boxes)
        # "Team; or the EEA; or under 18" reads better than who is none of the three.
        plain = len(found) > 2 and all(len(list(self._restricted(box))) == 1 for box in found)
        left_out = self._cover(self.possible & ~mask, 1) if len(found) > 1 and not plain else []
        if len(left_out) == 1:
            unsaid = f"everyone but {self._box_words(left_out[0], most)}"
            return unsaid if cut or len(unsaid) < len(said) else said
        return said

    def _box_words(self, box: Box, most: int | None) -> str:
        return _joined([axis.words(picked, most) for _, axis, picked in self._restricted(box)])

    def _restricted(self, box: Box) -> Iterator[tuple[str, Axis, int]]:
        for (name, axis), picked in zip(self._axes.items(), box, strict=True):
            if picked != (1 << len(axis.labels)) - 1:
                yield name, axis, picked

    def _cover(self, mask: int, most: int | None = None) -> list[Box]:
        """Boxes around a set of cells, those left out that the others make needless.

        One box more than `most` says that there are others.
        """
        mask &= self.possible
        if (mask, most) not in self._covers:
            free = self._grid.full & ~self.possible  # nobody is there: a box can hold such cells
            found = list(islice(self._grid.cover(mask, free), most + 1 if most else None))
            if len(found) <= min(FEW, most or FEW):
                found = self._needed(found, mask)
            self._covers[mask, most] = sorted(found, key=self._reading_order)
        return self._covers[mask, most]

    def _needed(self, found: list[Box], mask: int) -> list[Box]:
        held = [self._grid.held(box) for box in found]
        for index in range(len(found)):
            others = 0
            for other, cells in enumerate(held):
                others |= cells if other != index else 0
            if not held[index] & mask & ~others:
                held[index] = 0
        return [box for box, cells in zip(found, held, strict=True) if cells]

    def _reading_order(self, box: Box) -> list[tuple[bool, int]]:
        """Boxes that restrict an earlier axis come first, then those of earlier values."""
        whole = [(1 << len(axis.labels)) - 1 for axis in self._axes.values()]
        return [(p == w, p & -p) for p, w in zip(box, whole, strict=True)]


def _joined(said: list[str]) -> str:
    """Words of several axes: "Free, Pro or Max, EEA" would read as one list."""
    return (" – " if any(", " in words for words in said) else ", ").join(said)


class Spaces:
    """The spaces of tables, each made once: most tables of a policy tell the same people apart."""

    def __init__(
        self, header: Header, names: Mapping[str, str] | None = None, on: date | None = None
    ) -> None:
        self.header, self.names, self.on = header, names, on
        self._known: dict[str, Space] = {}

    def of(self, scopes: Iterable[Scope]) -> Space:
        """The space of a table with these scopes."""
        written = list(scopes)
        key = repr(written)
        if key not in self._known:
            self._known[key] = Space.for_table(self.header, written, self.names, on=self.on)
        return self._known[key]


def _declared(header: Header, wanted: set[str]) -> dict[str, Axis]:
    return {
        name: header_axis(name, values)
        for name, values in header.axes.items()
        if name in wanted and name not in RESERVED
    }


def _axes(
    header: Header, scopes: list[Scope], names: Mapping[str, str], on: date | None
) -> dict[str, Axis]:
    """The axes that scopes mention, in the order of the header."""
    wanted = set[str]().union(*map(mentioned, scopes)) - ({IN_FORCE} if on else set())
    axes = _declared(header, wanted)
    for name in sorted(wanted - axes.keys()):
        if name.startswith(CHOICE):
            control = name.removeprefix(CHOICE)
            axes[name] = choice_axis(control, names.get(control, control))
        elif name in (COLLECTED, IN_FORCE):
            axes[name] = time_axis(name, days(scopes, name))
        else:
            axes[name] = unknown_axis(name)
    return axes
