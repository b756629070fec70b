"""Both states of a project side by side: their names, and scopes as sets of the same cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ..findings import Location
from ..policy.cells import Space, TooManyCells
from ..policy.entities import AxisValue, Header
from ..policy.model import KINDS, Policy
from ..policy.scope import Scope, Scoped
from ..values import listed
from .change import Boxes

Rows = tuple[Scoped, ...]


class Piece(NamedTuple):
    """Cells that share their rows: those of the earlier and those of the later state."""

    cells: int
    before: Rows
    after: Rows


class Cells:
    """The cells of some rows of both states; a set of them is an int, as in `Space`."""

    def __init__(self, before: Space, after: Space) -> None:
        self._before, self._after = before, after

    def pieces(self, before: Sequence[Scoped], after: Sequence[Scoped]) -> Iterator[Piece]:
        """The cells that are in both states, apart by their rows."""
        whole = self._before.possible & self._after.possible
        found: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {((), ()): whole}
        masks = (self._before.rows(before), self._after.rows(after))
        for side, of_side in enumerate(masks):
            for index, mask in enumerate(of_side):
                found = _split(found, side, index, mask)
        for (first, second), cells in found.items():
            yield Piece(cells, tuple(before[n] for n in first), tuple(after[n] for n in second))

    def words(self, cells: int) -> str:
        """Some cells in the fewest words."""
        return self._after.words(cells)

    def boxes(self, cells: int) -> Boxes:
        """Some cells as boxes; none for everyone."""
        if cells == self._after.possible:
            return ()
        return tuple(tuple(box.items()) for box in self._after.boxes(cells))


_Found = dict[tuple[tuple[int, ...], tuple[int, ...]], int]


def _split(found: _Found, side: int, index: int, mask: int) -> _Found:
    """Each set of cells, cut into those that a row holds and those that it does not."""
    split: _Found = {}
    for rows, cells in found.items():
        if inside := cells & mask:
            held = (*rows[side], index)
            split[(held, rows[1]) if side == 0 else (rows[0], held)] = inside
        if outside := cells & ~mask:
            split[rows] = outside
    return split


class Sides:
    """The policies of both states, the earlier one in the ids of the later."""

    def __init__(self, before: Policy, after: Policy, old: dict[tuple[str, str], str]) -> None:
        self.before, self.after, self._old = before, after, old
        first, second = before.header or _NOBODY, after.header or _NOBODY
        self._headers = _merged(first, first, second), _merged(second, first, second)
        self.same_cells = first.axes == second.axes and first.impossible == second.impossible
        self._unread = before.unread | after.unread
        self._lost = _lost(before, old) | _lost(after, {})
        self._names = {
            id_: control.name for p in (before, after) for id_, control in p.controls.items()
        }

    def unread(self, kind: str, id_: str = "") -> bool:
        """Whether a state could not be read there, so that what it lacks proves nothing."""
        return kind in self._unread or any(
            lost == kind and id_ in ("", lost_id) for lost, lost_id in self._lost
        )

    def cells(self, before: Iterable[Scoped], after: Iterable[Scoped]) -> Cells | None:
        """The cells that these rows tell apart; None if they are too many."""
        scopes: list[Scope] = [scope for row in (*before, *after) for scope in row.scope]
        try:
            first, second = (Space.for_table(h, scopes, self._names) for h in self._headers)
        except TooManyCells:
            return None
        return Cells(first, second) if first.axes == second.axes else None

    def who(
        self, rows: Sequence[Scoped], chosen: Sequence[bool] = (), *, earlier: bool = False
    ) -> str:
        """Those whom some rows hold, in words: all of them, or the chosen ones of a table."""
        header = (self.before if earlier else self.after).header or _NOBODY
        scopes = [scope for row in rows for scope in row.scope]
        try:
            space = Space.for_table(header, scopes, self._names)
        except TooManyCells:
            return "the people listed"
        cells = 0
        for index, mask in enumerate(space.rows(rows)):
            cells |= mask if not chosen or chosen[index] else 0
        return space.words(cells)

    def described(self, scopes: Sequence[Scope], *, earlier: bool = False) -> str:
        """Scopes in words as they are written, people who cannot exist included."""
        header = (self.before if earlier else self.after).header or _NOBODY
        free = Header.model_construct(**{**header.__dict__, "impossible": []})
        try:
            space = Space.for_table(free, scopes, self._names)
        except TooManyCells:
            return "the people listed"
        return space.words(space.mask_of(scopes))

    def name(self, kinds: str, id_: str) -> str:
        """What an entity of one of some kinds is called, or was; its id where it has no name."""
        for kind in kinds.split():
            for policy in (self.after, self.before):
                entity = policy.entities(kind).get(id_)
                if entity is not None:
                    return str(getattr(entity, "name", id_))
        return id_

    def named(self, kind: str, ids: Iterable[str], joiner: str = "and") -> str:
        return listed((self.name(kind, id_) if kind else id_ for id_ in ids), joiner)

    def at(self, kind: str, id_: str, *path: str | int, earlier: bool = False) -> Location:
        """Where a value is written in one of the states."""
        if earlier:
            return self.before.at(kind, self._old.get((kind, id_), id_), *path)
        return self.after.at(kind, id_, *path)


def _lost(policy: Policy, old: dict[tuple[str, str], str]) -> set[tuple[str, str]]:
    """The entities that are written and could not be read."""
    read = {(k, old.get((k, id_), id_)) for k in KINDS for id_ in policy.entities(k)}
    return {(kind, id_) for kind, id_ in policy.documents if id_ and (kind, id_) not in read}


_NOBODY = Header.model_construct(service="", version="", effective=None, controllers=[])


def _merged(own: Header, before: Header, after: Header) -> Header:
    """A header with the values of both sides; nobody is at a value that one of them lacks.

    An axis that one side does not have tells apart people who exist on both, so it has no such
    values. Groups are a side's own.
    """
    axes: dict[str, dict[str, AxisValue]] = {}
    alone: list[Scope] = []
    for axis in dict.fromkeys((*after.axes, *before.axes)):
        old, new = before.axes.get(axis, {}), after.axes.get(axis, {})
        groups = {id_ for id_, value in (*old.items(), *new.items()) if value.of}
        values = {id_: v for id_, v in {**new, **old, **new}.items() if id_ not in groups}
        mine = {id_: value for id_, value in own.axes.get(axis, {}).items() if value.of}
        axes[axis] = {**values, **mine}
        lacking = [id_ for id_ in values if (id_ in old) != (id_ in new)]
        if old and new and lacking:
            alone.append(_at(axis, lacking))
    impossible = [*before.impossible, *after.impossible, *alone]
    return Header.model_construct(**{**_NOBODY.__dict__, "axes": axes, "impossible": impossible})


def _at(axis: str, values: list[str]) -> Scope:
    scope = Scope.model_construct()
    extra: dict[str, Any] = {axis: values}
    object.__setattr__(scope, "__pydantic_extra__", extra)
    return scope
