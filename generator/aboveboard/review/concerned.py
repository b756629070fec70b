"""Whom a record tells of a change: all people whom it concerns, some of them, or none."""

from __future__ import annotations

from datetime import date

from ..policy.axes import CHOICE, COLLECTED, IN_FORCE
from ..policy.cells import Space, TooManyCells
from ..policy.review import ChangeRecord
from ..policy.scope import Scope, Window
from .change import Boxes
from .gates import Need
from .since import Since


def covering(since: Since, need: Need) -> dict[str, ChangeRecord]:
    """The records that tell of a change to people whom it concerns."""
    named = {
        id_: record
        for id_, record in since.project.policy.changes.items()
        if set(need.keys) & {*record.what}
    }
    return {id_: record for id_, record in named.items() if _concerns(since, need, record)}


def covered(since: Since, need: Need) -> bool:
    """Whether records tell all people whom a change concerns of it."""
    records = list(covering(since, need).values())
    if not records or any(not record.scope for record in records):
        return bool(records)
    scopes = [scope for record in records for scope in record.scope]
    return _outside(since, need, scopes) is False


def _concerns(since: Since, need: Need, record: ChangeRecord) -> bool:
    """Whether any of the people of a change are among those of a record."""
    if not record.scope:
        return True
    space = _space(since, need, record.scope)
    if space is None:
        return True
    return bool(space.mask_of(_scopes(need.cells)) & space.mask_of(record.scope))


def _outside(since: Since, need: Need, scopes: list[Scope]) -> bool | None:
    """Whether a change concerns people outside these scopes; None if that cannot be told."""
    space = _space(since, need, scopes)
    if space is None:
        return None
    return bool(space.mask_of(_scopes(need.cells)) & ~space.mask_of(scopes))


def _space(since: Since, need: Need, scopes: list[Scope]) -> Space | None:
    header = since.project.policy.header
    if header is None:
        return None
    try:
        return Space.for_table(header, [*scopes, *_scopes(need.cells)])
    except TooManyCells:
        return None


def _scopes(cells: Boxes) -> list[Scope]:
    """Boxes as scopes; a time with gaps becomes all of it, so that no record covers too much."""
    return [_scope(dict(box)) for box in cells]


def _scope(box: dict[str, tuple[str, ...]]) -> Scope:
    written: dict[str, object] = {}
    for axis, values in box.items():
        if axis.startswith(CHOICE):
            written.setdefault("choice", {})[axis.removeprefix(CHOICE)] = values[0]  # type: ignore[index]
        elif axis not in (COLLECTED, IN_FORCE):
            written[axis] = list(values)
    found = Scope.model_validate(written)
    times = {axis: span(box[axis]) for axis in (COLLECTED, IN_FORCE) if axis in box}
    windows = {
        axis.replace("-", "_"): Window.model_construct(from_=first, before=last)
        for axis, (first, last) in times.items()
        if first or last
    }
    found.__dict__.update(windows)
    return found


def span(intervals: tuple[str, ...]) -> tuple[date | None, date | None]:
    """The first day of some intervals of a time axis, and the day after their last."""
    starts, ends = zip(*(interval.split("..") for interval in intervals), strict=True)
    first = None if "" in starts else date.fromisoformat(min(starts))
    return first, None if "" in ends else date.fromisoformat(max(ends))
