"""The rows that a join makes, in a world and a mode."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .rows import Cell, Row, Rows, Spec, many, value_of
from .worlds import Mode, World

MANY = 800


class TooManyRows(Exception):
    """Joins upon joins: nothing more to learn, and too much to wait for."""


@dataclass(frozen=True)
class Joins:
    """The joins of one run."""

    world: World
    mode: Mode

    def join(self, step: Spec, left: Rows, right: Rows) -> Rows:
        on = many(step["on"])
        kind = self.world.setting(step, "kind", step.get("kind", "inner"))
        out: Rows = []
        unmatched = {n: Cell(None, frozenset(), c.origin) for row in right for n, c in row.items()}
        compared = self._compared(on, left, right)
        if self.mode.deciding is not None and "user_id" not in compared:
            right = [_plain(row, None) for row in right]  # a row is about one person, the left's
        matching = self._matcher(compared, right)
        for row in left:
            matches = matching(row)
            if len(out) > MANY:
                raise TooManyRows(step["id"])
            for other in matches:
                for whole in self._together(row, other, left=kind == "left"):
                    both = whole | _keys(on, row, other)
                    out.append(both)
                    if gone := self._missing(on, row, other):
                        out.append(both | gone)
            if kind == "left" and (not matches or self.mode.loose_joins):
                out.append({**unmatched, **row})
        if self.mode.loose_joins and not (left and right):
            return left or right  # a path is there though an opaque step lets nothing through
        return out

    def _missing(self, on: list[str], row: Row, other: Row) -> Row:
        """Where values do not decide, a key that is not there on one side may be missing."""
        if self.mode.deciding is None or self.mode.loose_joins:
            return {}
        return {
            key: (row.get(key) or other[key])._replace(value=None)
            for key in on
            if (key in row) != (key in other)
        }

    def _together(self, row: Row, other: Row, *, left: bool) -> Iterator[Row]:
        """One side's value of every namesake. Where values do not decide, either's, since nobody
        knows which is kept, and after a left join none at all. Of two plans in one row neither
        decides."""
        if self.mode.deciding is None:
            yield {**row, **other} if self.world.right_wins else {**other, **row}
            return
        if _has_plan(row) and _has_plan(other):
            row, other = _plain(row, "plan"), _plain(other, "plan")
        deciding = frozenset() if self.mode.loose_joins else self.mode.deciding
        gone = {
            n: c._replace(value=None)
            for n, c in other.items()
            if left and n not in row and c.origin in deciding
        }
        for first, second in ((row, other), (other, row)):
            both = {**first, **second}
            yield both
            swapped = {n: c for n, c in first.items() if n in second and c.origin in deciding}
            if swapped:
                yield both | swapped
            if gone:
                yield both | gone

    def _compared(self, on: list[str], left: Rows, right: Rows) -> list[str]:
        """Keys match if equal. Where values do not decide, keys that never could match are taken to:
        one is missing, or not there at all, or only one is hashed."""
        if self.mode.deciding is None:
            return on
        shapes = [{_shape(row.get(k)) for row in (*left, *right)} for k in on]
        return [k for k, found in zip(on, shapes, strict=True) if _comparable(found)]

    def _matcher(self, on: list[str], right: Rows) -> Callable[[Row], Rows]:
        if self.mode.loose_joins:
            return lambda row: right
        index: dict[Any, Rows] = {}
        for row in right:
            index.setdefault(tuple(value_of(row, k) for k in on), []).append(row)

        def matches(row: Row) -> Rows:
            key = tuple(value_of(row, k) for k in on)
            if self.mode.deciding is None:
                return [] if None in key else index.get(key, [])
            if None not in key and not partly:
                return index.get(key, [])
            return [r for found, rows in index.items() if _alike(key, found) for r in rows]

        partly = any(None in key for key in index)
        return matches


def _alike(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether two keys are equal but for what is missing on either side."""
    return all(a == b or a is None or b is None for a, b in zip(one, other, strict=True))


def _shape(cell: Cell | None) -> Any:
    """What a key is made by: values of different making are never equal."""
    if cell is None:
        return "absent"
    if cell.value is None:
        return "missing"
    return cell.value[:2] if isinstance(cell.value, tuple) else "plain"


def _has_plan(row: Row) -> bool:
    return any(c.origin is not None and c.origin[1] == "plan" for c in row.values())


def _plain(row: Row, field: str | None) -> Row:
    """The row without what this field, or any, was bound as."""
    return {
        n: c._replace(origin=None) if c.origin is not None and field in (None, c.origin[1]) else c
        for n, c in row.items()
    }


def _comparable(shapes: set[Any]) -> bool:
    return "absent" not in shapes and len(shapes - {"missing"}) < 2


def _keys(on: list[str], row: Row, other: Row) -> Row:
    """The left side's value of each key, made of both."""
    return {
        key: row[key]._replace(atoms=row[key].atoms | other[key].atoms)
        for key in on
        if key in row and key in other
    }
