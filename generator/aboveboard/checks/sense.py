"""What the rules about a policy's own sense share: its open lines, and readers whom scopes miss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from ..findings import Location
from ..policy.choices import Control
from ..policy.entities import Line
from ..policy.scope import Scope, Scoped
from ..project import Project
from ..proof.claims.doors import Door

if TYPE_CHECKING:
    from ..policy.cells import Space

MOST = 3  # a message that names more groups of readers is not read


class Rows(NamedTuple):
    """Some rows of a table: readers of any of them."""

    table: Sequence[Scoped]
    picked: tuple[int, ...]

    @property
    def everyone(self) -> bool:
        return any(not self.table[index].scope for index in self.picked)


Part = Rows | Sequence[Scope]  # some readers; a list of scopes is their union, an empty one all


class Opening(NamedTuple):
    """A line by which data enters a use."""

    door: Door
    number: int
    line: Line

    @property
    def readers(self) -> Part:
        """Whom the line is for."""
        rest = self.line.is_rest
        return Rows(self.door.lines, (self.number,)) if rest else self.line.scope

    @property
    def does(self) -> str:
        """What it opens, like "training the assistant (rated)"."""
        door = self.door
        return f"{door.use.name} ({door.route})" if door.route else door.use.name

    def at(self, project: Project, *path: str | int, message: str = "") -> Location:
        """Where the line, or a value of it, was written."""
        whole = self.door.path("applies", self.number, *path)
        return project.policy.at("uses", self.door.use_id, *whole)._replace(message=message)


def openings(project: Project, *states: str) -> Iterator[Opening]:
    """Every line that is not `never`, or those of some states."""
    known: tuple[Opening, ...] = vars(project).get("_openings", ())
    if not known:
        lines = ((door, n, line) for door in project.doors for n, line in enumerate(door.lines))
        known = vars(project)["_openings"] = tuple(Opening(*line) for line in lines)
    for opening in known:
        if opening.line.state in states if states else opening.line.state != "never":
            yield opening


def deciding(project: Project, *states: str) -> dict[str, list[Opening]]:
    """The open lines that each control decides."""
    found: dict[str, list[Opening]] = {}
    for opening in openings(project, *states):
        for control in opening.line.control:
            found.setdefault(control, []).append(opening)
    return found


def controls_of(project: Project, opening: Opening) -> list[Control]:
    """The controls on a line that could be read."""
    known = project.policy.controls
    return [known[id_] for id_ in opening.line.control if id_ in known]


def taken_at(project: Project, door: Door, id_: str, message: str = "") -> Location:
    """Where a route names data, or the event that makes it take the data."""
    route = door.use.also.get(door.route)
    listed = route.data if route else door.use.data
    at = ("data", listed.index(id_)) if id_ in listed else ("when",)
    place = project.policy.at("uses", door.use_id, *door.path(*at))
    return place._replace(message=message)


def read_whole(project: Project, *kinds: str) -> bool:
    """Whether every entity of these kinds could be read, so that what is missing is missing."""
    return not project.incomplete.intersection(kinds)


# -- readers ---------------------------------------------------------------------------------


def left_out(
    project: Project, readers: Sequence[Part], ways: Iterable[Sequence[Part]] = ()
) -> str | None:
    """Who is in all parts of `readers` and wholly in none of `ways`, in words; None for nobody.

    Without ways: who is in all parts at once.
    """
    wanted = [part for part in readers if not _everyone(part)]
    open_ways = []
    for way in ways:
        needed = [part for part in way if not _everyone(part) and part not in wanted]
        if not needed:
            return None
        open_ways.append(needed)
    if not (wanted or open_ways):
        return "everyone"
    known: dict[object, str | None] = vars(project).setdefault("_left_out", {})
    key = (_keys(wanted), tuple(map(_keys, open_ways)))
    if key not in known:
        known[key] = _words(project, wanted, open_ways)
    return known[key]


def distinct(openings: Iterable[Opening]) -> list[Opening]:
    """One opening for each group of readers."""
    return list({_key(one.readers): one for one in openings}.values())


def _keys(parts: Iterable[Part]) -> tuple[object, ...]:
    return tuple(map(_key, parts))


def _key(part: Part) -> object:
    """What tells readers apart; the same words of two lines have the same key."""
    if isinstance(part, Rows):
        return (part.picked, *(_key(row.scope) for row in part.table))
    return tuple(map(_scope_key, part))


def _scope_key(scope: Scope) -> object:
    rest = () if not scope.__dict__ else (repr(scope),)
    return type(scope), rest, tuple((axis, *values) for axis, values in scope.axes.items())


def _everyone(part: Part) -> bool:
    return part.everyone if isinstance(part, Rows) else not part


def _words(project: Project, wanted: list[Part], ways: list[list[Part]]) -> str | None:
    from ..policy.axes import CHOICE, mentioned
    from ..policy.cells import Space, TooManyCells

    header, controls = project.policy.header, project.policy.controls
    if header is None:
        return None
    parts = [*wanted, *(part for way in ways for part in way)]
    scopes = [scope for part in parts for scope in _scopes(part)]
    chosen = {axis.removeprefix(CHOICE) for scope in scopes for axis in mentioned(scope)}
    names = {id_: controls[id_].name for id_ in chosen if id_ in controls}
    try:
        space = Space.for_table(header, scopes, names)
    except TooManyCells as error:
        return f"readers that cannot be compared (these scopes tell apart {error})"
    left = _held(space, wanted)
    for way in ways:
        left &= ~_held(space, way)
    return space.words(left, MOST) if left else None


def _scopes(part: Part) -> list[Scope]:
    if isinstance(part, Rows):
        return [scope for row in part.table for scope in row.scope]
    return list(part)


def _held(space: Space, parts: Iterable[Part]) -> int:
    held = space.possible
    for part in parts:
        if isinstance(part, Rows):
            masks = space.rows(part.table)
            held &= reduce(or_, (masks[index] for index in part.picked), 0)
        else:
            held &= space.mask_of(part)
    return held
