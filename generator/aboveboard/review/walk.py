"""Compares two entities attribute by attribute, and rows in each cell of their scopes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..answers.terms import BASES
from ..answers.wording import path
from ..policy.schema import Field, fields_of
from ..policy.scope import Scoped
from . import orders, taken
from .change import Boxes, Effect, opposite
from .directions import DIRECTIONS, Direction, Walk
from .orders import Delta, Pair
from .sides import Piece

# What one row more of a list means, where rows of a cell do not correspond one to one.
MORE: dict[str, Effect] = {"How": "strengthens", "Way": "strengthens", "Retention": "weakens"}


class Found(NamedTuple):
    """A delta of one attribute, by the key path that leads to it.

    `earlier` is the path in the earlier state, if it is another one; `cells` are boxes of those
    whom it is about.
    """

    direction: Direction
    delta: Delta
    earlier: tuple[str | int, ...] | None = None
    cells: Boxes = ()

    def below(self, key: str | int, earlier: str | int | None = None) -> Found:
        """The same, a step further down."""
        delta, was = self.delta, self.was
        return self._replace(
            delta=delta._replace(path=(key, *delta.path)),
            earlier=(key if earlier is None else earlier, *was),
        )

    @property
    def was(self) -> tuple[str | int, ...]:
        return self.delta.path if self.earlier is None else self.earlier


def attributes(pair: Pair) -> Iterator[Found]:
    """Everything that differs between an entity as it was and as it is."""
    name = type(pair.after).__name__
    for field in fields_of(name):
        direction = DIRECTIONS[name][field.name]
        old, new = getattr(pair.before, field.name), getattr(pair.after, field.name)
        if old == new and _same_people(pair, field, direction):
            continue
        for found in _compared(pair, direction, old, new):
            yield found.below(field.key)


def _same_people(pair: Pair, field: Field, direction: Direction) -> bool:
    """Whether equal values hold for equal cells: groups and combinations can have changed."""
    if pair.sides.same_cells:
        return True
    return direction.order is not Walk.CELLS and field.name != "scope"


def _compared(pair: Pair, direction: Direction, old: Any, new: Any) -> Iterator[Found]:
    if direction.order is Walk.CELLS:
        yield from cells(pair, direction, old, new)
    elif direction.order is Walk.PART:
        first, second = old or direction.unsaid, new or direction.unsaid
        if first is None or second is None:
            yield from (Found(direction, delta) for delta in orders.part(old, new, pair))
        else:
            yield from attributes(pair._replace(before=first, after=second))
    elif not isinstance(direction.order, Walk):
        yield from (Found(direction, delta) for delta in direction.order(old, new, pair))


# -- rows ----------------------------------------------------------------------------------------


def cells(
    pair: Pair, direction: Direction, before: Sequence[Scoped], after: Sequence[Scoped]
) -> Iterator[Found]:
    """What differs between rows, each difference with the cells in which it does."""
    space = pair.sides.cells(before, after)
    if space is None:
        said = Delta(
            "unclear", f"{len(before)} rows", f"{len(after)} rows", who="the people listed"
        )
        yield Found(direction, said)
        return
    held: dict[tuple[int, Delta], int] = {}
    first: dict[tuple[int, Delta], Found] = {}
    for piece in space.pieces(before, after):
        for found, was, now in _of_piece(pair, direction, piece):
            key = (id(found.direction), found.delta)
            held[key] = held.get(key, 0) | piece.cells
            if key not in first:
                old, new = _index(before, was), _index(after, now)
                first[key] = found.below(new if found.delta.after else old, old)
    for key, mask in held.items():
        found = first[key]
        delta = found.delta._replace(who=space.words(mask))
        yield found._replace(delta=delta, cells=space.boxes(mask))


def _index(rows: Sequence[Scoped], row: Scoped | None) -> int:
    return next((n for n, other in enumerate(rows) if other is row), 0)


Told = tuple[Found, Scoped | None, Scoped | None]


def _of_piece(pair: Pair, direction: Direction, piece: Piece) -> Iterator[Told]:
    """What differs in some cells, and the rows that say so, before and after."""
    old = [row for row in piece.before if _content(row) not in map(_content, piece.after)]
    new = [row for row in piece.after if _content(row) not in map(_content, piece.before)]
    if len(old) == len(new) == 1:
        for found in attributes(pair._replace(before=old[0], after=new[0])):
            yield found, old[0], new[0]
    elif len(old) + len(new) == 1 and hasattr((old or new)[0], "state"):
        yield from _line(pair, old, new)
    elif old or new:
        yield from _rows(direction, old, new)


def _content(row: Scoped) -> tuple[Any, ...]:
    name = type(row).__name__
    known = DIRECTIONS[name]
    return tuple(
        getattr(row, field.name)
        for field in fields_of(name)
        if known[field.name].order is not Walk.ELSEWHERE
    )


def _line(pair: Pair, old: Sequence[Scoped], new: Sequence[Scoped]) -> Iterator[Told]:
    """A line where there was none, or none where there was one."""
    before, after = next(iter(old), None), next(iter(new), None)
    states = [getattr(line, "state", None) for line in (before, after)]
    here = pair._replace(before=before, after=after)
    for delta in taken.state(states[0], states[1], here):
        yield Found(DIRECTIONS["Line"]["state"], delta._replace(path=("state",))), before, after


def _rows(direction: Direction, old: Sequence[Scoped], new: Sequence[Scoped]) -> Iterator[Told]:
    """Rows that do not correspond one to one."""
    more = MORE.get(type((old or new)[0]).__name__, "unclear")
    effect = more if not old else opposite(more) if not new else "unclear"
    delta = Delta(effect, "; ".join(map(_words, old)), "; ".join(map(_words, new)))
    yield Found(direction, delta), next(iter(old), None), next(iter(new), None)


def _words(row: Any) -> str:
    match type(row).__name__:
        case "How" | "Way":
            return path(row.do)
        case "Basis":
            return BASES[row.basis]
        case "Asked":
            return orders.plain(row.where)
        case "Retention":
            return taken.kept_row(row)
    return str(row.name)
