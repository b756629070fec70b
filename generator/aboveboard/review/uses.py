"""Uses and their routes: what differs in one that stays, and what one that comes or goes means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..policy.entities import Route, Use
from ..policy.scope import Scoped
from . import taken
from .at import At
from .change import Change
from .directions import DIRECTIONS
from .orders import Pair
from .sides import Sides
from .walk import attributes, cells


def changes(sides: Sides, id_: str, before: Use, after: Use) -> Iterator[Change]:
    """Everything that differs in a use of both states."""
    at = _at(sides, id_, "")
    for found in attributes(Pair(sides, id_, before, after)):
        yield at.change(found)
    pairs = _routes(before, after)
    for route_id, (old_id, old, new) in pairs.items():
        here = _at(sides, id_, route_id)
        if old and new:
            pair = Pair(sides, f"{id_}/{route_id}", old, new)
            yield from map(here.change, attributes(pair))
            if old_id != route_id:
                yield renamed(here, old_id, route_id)
        else:
            yield from _lines(here, old.applies if old else [], new.applies if new else [])


def appeared(sides: Sides, id_: str, before: Use | None, after: Use | None) -> Iterator[Change]:
    """A use that is new, or no longer said: what it means for whom, by each of its routes."""
    old, new = (it.also if it else {} for it in (before, after))
    lines = [it.applies if it else [] for it in (before, after)]
    yield from _lines(_at(sides, id_, ""), lines[0], lines[1])
    for route_id in dict.fromkeys((*new, *old)):
        first, second = old.get(route_id), new.get(route_id)
        here = _at(sides, id_, route_id)
        yield from _lines(here, first.applies if first else [], second.applies if second else [])


def renamed(at: At, old: str, new: str) -> Change:
    """An id that changed while what it names stayed."""
    return Change(
        sentence=f"The id of “{at.of}” is now {new}; it was {old}.",
        effect="neutral",
        who="everyone",
        before=old,
        after=new,
        place=at.sides.at(at.kind, at.id, *at.path),
        key="/".join(filter(None, (at.kind, at.id, ".".join((*map(str, at.path), "id"))))),
    )


def _lines(at: At, before: list[Any], after: list[Any]) -> Iterator[Change]:
    direction = DIRECTIONS["Use"]["applies"]
    rows: tuple[list[Scoped], list[Scoped]] = (before, after)
    for found in cells(Pair(at.sides, at.id, None, None), direction, *rows):
        yield at.change(found.below("applies"))


def _at(sides: Sides, id_: str, route: str) -> At:
    of, key = sides.name("uses", id_), id_
    path: tuple[str, ...] = ()
    if route:
        of += f", {_when(sides, id_, route)}"
        key, path = f"{id_}/{route}", ("also", route)

    def readers(earlier: bool) -> str:
        return taken.open_to(sides, key, earlier=earlier)

    return At(sides, "uses", id_, of, path, readers=readers)


def _when(sides: Sides, id_: str, route: str) -> str:
    for policy in (sides.after, sides.before):
        if id_ in policy.uses and route in policy.uses[id_].also:
            return f"when {sides.name('events', policy.uses[id_].also[route].when)}"
    return route


def _routes(before: Use, after: Use) -> dict[str, tuple[str, Route | None, Route | None]]:
    """The routes of both, by id; a route with the same content under another id is the same."""
    gone = {id_: route for id_, route in before.also.items() if id_ not in after.also}
    found: dict[str, tuple[str, Route | None, Route | None]] = {}
    for id_, route in after.also.items():
        old_id = id_
        if id_ not in before.also:
            old_id = next((other for other, old in gone.items() if old == route), id_)
            gone.pop(old_id, None)
        found[id_] = (old_id, before.also.get(old_id), route)
    return {**found, **{id_: (id_, route, None) for id_, route in gone.items()}}
