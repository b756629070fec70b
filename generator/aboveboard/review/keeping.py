"""Retention, compared for each data category in each copy: its rows can be cut in any way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..answers.wording import some
from ..policy.choices import Retention
from ..policy.model import Policy
from .at import At
from .change import Change, Effect, opposite
from .directions import Direction
from .orders import Delta, Pair
from .sides import Sides
from .taken import kept_row
from .walk import Found, cells

Rows = dict[str, Retention]

_KEPT = Direction(lambda before, after, pair: ())
_NEW = _KEPT._replace(added="{In}, we now say that we keep {of} {after}.")
_GONE = _KEPT._replace(removed="{In}, we no longer say that we keep {of} {before}.")


class Spot(NamedTuple):
    """One data category in one copy: all of it, or what an event touched."""

    copy: str
    data: str
    when: str | None


def changes(sides: Sides) -> Iterator[Change]:
    """How long data is kept where, in each cell; data that changed alike is named together."""
    before, after = _spots(sides.before), _spots(sides.after)
    found: dict[tuple[str, str | None, int, Delta], tuple[Found, list[str]]] = {}
    known: dict[tuple[str, ...], list[Found]] = {}
    for spot in dict.fromkeys((*after, *before)):
        old, new = before.get(spot, {}), after.get(spot, {})
        if sides.same_cells and list(old.values()) == list(new.values()):
            continue
        rows = (spot.copy, "", *old, "", *new)  # data of the same rows differs alike
        if rows not in known:
            known[rows] = list(_of_spot(sides, spot, old, new))
        for each in known[rows]:
            key = (spot.copy, spot.when, id(each.direction), each.delta)
            found.setdefault(key, (each, []))[1].append(spot.data)
    for (copy, when, _, _), (each, data) in found.items():
        yield _change(sides, copy, when, each, data)


def _spots(policy: Policy) -> dict[Spot, Rows]:
    found: dict[Spot, Rows] = {}
    for id_, row in policy.retention.items():
        for data in row.data:
            found.setdefault(Spot(row.copy_, data, row.when), {})[id_] = row
    return found


def _of_spot(sides: Sides, spot: Spot, old: Rows, new: Rows) -> Iterator[Found]:
    """What differs at one spot; paths start with the id of the row that says so."""
    lost = sides.unread("retention")
    if not old or not new:
        if not lost:
            yield _appeared(sides, spot, old, new)
        return
    before, after = list(old.values()), list(new.values())
    for found in cells(Pair(sides, "", None, None), _KEPT, before, after):
        if lost and not (found.delta.before and found.delta.after):
            continue  # the row that lacks can be one of those that could not be read
        index, *rest = found.delta.path
        was, *before_rest = found.was
        path = (list(new if found.delta.after else old)[int(index)], *rest)
        earlier = (list(old)[int(was)], *before_rest)
        yield found._replace(delta=found.delta._replace(path=path), earlier=earlier)


def _appeared(sides: Sides, spot: Spot, old: Rows, new: Rows) -> Found:
    """Data that is newly said to be in a copy, or no longer.

    In a copy that is itself new it is kept where it was not before. In one that was there, it is
    as likely that words came late: unclear.
    """
    id_, row = next(iter((new or old).items()))
    words = " or ".join(dict.fromkeys(map(kept_row, (new or old).values())))
    in_both = spot.copy in sides.before.copies and spot.copy in sides.after.copies
    more: Effect = "unclear" if in_both and row.when is None else "weakens"
    if new:
        return Found(_NEW, Delta(more, "", words, "added", (id_,)))
    return Found(_GONE, Delta(opposite(more), words, "", "removed", (id_,)))


def _change(sides: Sides, copy: str, when: str | None, found: Found, data: list[str]) -> Change:
    id_, *rest = found.delta.path
    place = sides.name("copies", copy)
    if when:
        place += f", when {sides.name('events', when)}"
    of = some(sides.name("data", item) for item in data)
    was, *earlier = found.was
    at = At(sides, "retention", str(id_), of, place=place, earlier=str(was))
    delta = found.delta._replace(path=tuple(rest))
    return at.change(found._replace(delta=delta, earlier=tuple(earlier)))
