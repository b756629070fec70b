"""What a matrix of readers has as its columns: the uses of data, and the copies that are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..policy.axes import COLLECTED, IN_FORCE, mentioned
from ..proof.claims import Door
from . import keeping
from .facts import Facts
from .matrix import Cell, Column, Folded, Group, Statement, Table
from .open_routes import No, OpenRoute, open_routes
from .routes import when
from .wording import for_whom, lower, some, state_words, upper

# A cell names so many uses that stay open; they are columns of their own, or have pages.
MOST_OPEN = 3


class Seen(NamedTuple):
    """The tables of a topic among all that were folded: the first of them is at `start`."""

    folded: Folded
    start: int

    def answer(self, group: Group, table: int) -> int:
        return group.answers[self.start + table]

    def differs(self, table: int) -> bool:
        return len(self.folded.answers[self.start + table]) > 1

    def about(self, name: str, table: int, answer: int) -> str:
        """What a statement is about, with its readers if others get another answer."""
        if not self.differs(table):
            return name
        return f"{name}, {for_whom(self.folded.who(self.start + table, answer))}"


class Topic(NamedTuple):
    """One column: its tables, and what it says to a group."""

    column: Column
    tables: tuple[Table, ...]
    cell: Callable[[Seen, Group], Cell]


# -- what a use says to a group --------------------------------------------------------------------


def of_use(facts: Facts, use_id: str) -> Topic:
    """A use: each of its routes is a table."""
    doors = facts.of_use(use_id)
    tables = tuple(_of_door(door) for door in doors)

    def cell(seen: Seen, group: Group) -> Cell:
        said, noes = list[Statement](), list[No]()
        for index, door in enumerate(doors):
            answer = seen.answer(group, index)
            noes += _noes(door, answer)
            closed = door.lines[answer].state == "never"
            if not door.route or not closed or (seen.differs(index) and said[0].state != "never"):
                said.append(_statement(facts, door, answer, seen, index))
        others = (r for r in open_routes(facts, noes) if r.exception and r.door.use_id != use_id)
        readers = ((route, _open_to(seen.folded, group, route)) for route in others)
        beside = [(route, who) for route, who in readers if who is not None]
        shown = dict.fromkeys(_beside(facts, route, who) for route, who in beside[:MOST_OPEN])
        return Cell(tuple(said), tuple(shown), len(beside[MOST_OPEN:]))

    return Topic(Column(use_id, upper(doors[0].use.name), f"uses/{use_id}"), tables, cell)


def _of_door(door: Door) -> Table:
    return Table(door.lines, tuple((line.state, *line.control) for line in door.lines))


def _alike(door: Door, answer: int) -> list[int]:
    """The lines of a route that give this answer."""
    given = _of_door(door).answers
    return [index for index, other in enumerate(given) if other == given[answer]]


def _noes(door: Door, answer: int) -> list[No]:
    """Every "no" of an answer: it is one, or its controls offer one."""
    line = door.lines[answer]
    controls = [""] if line.state == "never" else line.control
    return [No(door, door.data, n, control) for n in _alike(door, answer) for control in controls]


def _statement(facts: Facts, door: Door, answer: int, seen: Seen, index: int) -> Statement:
    line, alike = door.lines[answer], _alike(door, answer)
    opened, words = when(facts, door), state_words(line.state, facts.controls(line.control))
    backing = [c for r in facts.rows(door) if r.index in alike for c in facts.backing(r)]
    said = facts.say(
        f"{upper(opened)}: {lower(words)}" if opened else words,
        *("uses", door.use_id, *door.path("applies", answer, "state")),
        claims=backing,
        link=f"controls/{line.control[0]}" if line.control else "",
    )
    return Statement(seen.about(upper(door.use.name), index, answer), said, line.state)


def _open_to(folded: Folded, group: Group, route: OpenRoute) -> str | None:
    """To whom of a group a route is open: "" for all of it, None for nobody."""
    space = folded.space
    named = set[str]().union(*(mentioned(s) for line in route.door.lines for s in line.scope))
    if not named <= space.axes.keys() or named & {COLLECTED, IN_FORCE}:
        return route.who
    mask = folded.masks(route.door.key, route.door.lines)[route.index] & group.mask
    if not mask:
        return None
    return "" if mask == group.mask else space.words(mask)


def _beside(facts: Facts, route: OpenRoute, who: str) -> Statement:
    """A route of another use that stays open beside a "no"."""
    door, line = route.door, route.line
    named = ", ".join(filter(None, (who, when(facts, door), door.use.name)))
    said = facts.say(
        f"{upper(named)}: {lower(state_words(line.state, facts.controls(line.control)))}",
        *("uses", door.use_id, *door.path("applies", route.index, "state")),
        claims=[c for r in facts.rows(door) if r.index == route.index for c in facts.backing(r)],
        link=f"uses/{door.use_id}",
    )
    return Statement("Stays open", said, line.state)


# -- how long a copy is kept for a group -----------------------------------------------------------


def of_copies(facts: Facts) -> list[Topic]:
    """A topic for each copy; the data that the same rows are about is told together."""
    by_data: dict[tuple[str, str], list[str]] = {}
    for id_, row in facts.policy.retention.items():
        for data in dict.fromkeys(row.data) if row.when is None else ():
            by_data.setdefault((row.copy_, data), []).append(id_)
    by_copy: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for (copy, data), ids in by_data.items():
        by_copy.setdefault(copy, {}).setdefault(tuple(ids), []).append(data)
    return [_copy(facts, copy, shared) for copy, shared in by_copy.items()]


def _copy(facts: Facts, copy: str, shared: dict[tuple[str, ...], list[str]]) -> Topic:
    title = upper(facts.name("copies", copy))
    tables = tuple(_of_rows(facts, ids) for ids in shared)

    def cell(seen: Seen, group: Group) -> Cell:
        said = []
        for index, (ids, data) in enumerate(shared.items()):
            answer = seen.answer(group, index)
            names = f"{some(facts.data(data))}: " if len(shared) > 1 else ""
            text = upper(names + _time(facts, ids[answer]))
            backing = keeping.claims(facts, ids[answer], data)
            sentence = facts.say(text, "retention", ids[answer], claims=backing)
            said.append(Statement(seen.about(title, index, answer), sentence))
        return Cell(tuple(said))

    return Topic(Column(copy, title, "retention"), tables, cell)


def _of_rows(facts: Facts, ids: Sequence[str]) -> Table:
    rows = tuple(facts.policy.retention[id_] for id_ in ids)
    return Table(rows, tuple(_time(facts, id_) for id_ in ids))


def _time(facts: Facts, row_id: str) -> str:
    """Like "90 days. If you delete it: stays to the end of that time."."""
    row = facts.policy.retention[row_id]
    gone = keeping.deletion_words(facts, row)
    return f"{keeping.keep_words(row, facts)}. If you delete it: {lower(gone)}."
