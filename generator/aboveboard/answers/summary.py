"""Several uses in one answer: for whom it happens, who can stop it, and what stays open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from ..policy.entities import State
from ..proof.claims import Door
from .facts import Facts, Row
from .model import Items, Sentence, Table
from .open_routes import No, open_routes, refusal, standing
from .routes import beside, when
from .wording import depends, lower, state_words, upper

# From what protects least: bad news first.
STATES: tuple[State, ...] = tuple(reversed(get_args(State)))


@dataclass(frozen=True)
class Group:
    """Readers who get one answer: in the state that protects them least, by these rows."""

    state: State
    who: str
    rows: tuple[Row, ...]

    @property
    def control_ids(self) -> list[str]:
        return list(dict.fromkeys(c for row in self.rows for c in row.line.control))


@dataclass(frozen=True)
class Summary:
    """The answer of several routes together; `axes` are those on which it differs."""

    groups: tuple[Group, ...]
    axes: tuple[str, ...]
    doors: tuple[Door, ...]

    @property
    def differs(self) -> bool:
        return len(self.groups) > 1

    @property
    def state(self) -> State:
        """The one that protects least."""
        return self.groups[0].state if self.groups else "never"


def summary(facts: Facts, doors: Iterable[Door], within: int = -1) -> Summary:
    """Each reader in the state that protects least of all these routes.

    `within` are the cells that are asked about, of the space that these routes cut; all by default.
    """
    taken = tuple(doors)
    space = facts.space(line for door in taken for line in door.lines)
    rows = [row for door in taken for row in facts.rows(door)]
    if space is None:
        answers = {_answer(facts, (row,)): (row,) for row in rows}
        groups = [Group(state, "others", found) for (state, _), found in answers.items()]
        return Summary(tuple(groups), (), taken)
    masks = {door.key: space.rows(door.lines) for door in taken}
    found: dict[tuple[State, str], tuple[int, tuple[Row, ...]]] = {}
    left = space.possible & within
    for state in STATES:
        held = [(r, masks[r.door.key][r.index] & left) for r in rows if r.line.state == state]
        for mask, inside in _parts(held):
            answer = _answer(facts, inside)
            known, before = found.get(answer, (0, ()))
            found[answer] = known | mask, tuple(dict.fromkeys((*before, *inside)))
            left &= ~mask
    if not found:
        return Summary((Group("never", "everyone", tuple(rows)),), (), taken)
    axes = [a for mask, _ in found.values() for box in space.boxes(mask) for a in box]
    groups = [
        Group(state, space.words(mask), inside) for (state, _), (mask, inside) in found.items()
    ]
    return Summary(tuple(groups), tuple(dict.fromkeys(axes)), taken)


def _answer(facts: Facts, rows: Sequence[Row]) -> tuple[State, str]:
    """The state of some rows that have one, and the words for all of their controls."""
    state = rows[0].line.state
    named = dict.fromkeys(c for row in rows for c in row.line.control)
    return state, state_words(state, facts.controls(named))


def _parts(held: Sequence[tuple[Row, int]]) -> list[tuple[int, tuple[Row, ...]]]:
    """The cells of some rows, parted by which of the rows hold them."""
    parts: list[tuple[int, tuple[Row, ...]]] = []
    for row, mask in held:
        fresh = mask
        split: list[tuple[int, tuple[Row, ...]]] = []
        for known, inside in parts:
            split += [(known & mask, (*inside, row)), (known & ~mask, inside)]
            fresh &= ~known
        parts = [part for part in (*split, (fresh, (row,))) if part[0]]
    return parts


def noes(facts: Facts, found: Summary) -> list[No]:
    """Every "no" in a summary: the refusals that it offers, and its `never` lines."""
    rows = [row for group in found.groups for row in group.rows]
    controls = list(dict.fromkeys(c for row in rows for c in row.line.control))
    inside = {door.key for door in found.doors}
    offered = [no for no in refusal(facts, controls) if no.door.key in inside]
    return [*offered, *(no for door in found.doors for no in standing(door))]


def lead(facts: Facts, found: Summary) -> str:
    """The answer word: "No, except when you rate an answer.", "It depends on your plan."."""
    if found.differs:
        return f"It depends on {depends(found.axes)}."
    (group,) = found.groups
    if group.state != "never":
        return state_words(group.state, facts.controls(group.control_ids))
    mine = {door.use_id for door in found.doors}
    opened = [r for r in open_routes(facts, noes(facts, found)) if r.door.use_id in mine]
    events = list(dict.fromkeys(when(facts, r.door) for r in opened))
    if not opened:
        return "No."
    return f"No, except {events[0]}." if len(events) == 1 else "No, with these exceptions."


def page(found: Summary) -> str:
    """Where a reader finds their own answer, if answers differ."""
    return "rules" if found.differs else ""


def group_sentences(facts: Facts, found: Summary) -> list[Sentence]:
    """Like "Free or Pro: yes, unless you switch it off." for each group of readers."""
    return [
        facts.say(
            f"{upper(group.who)}: "
            f"{lower(state_words(group.state, facts.controls(group.control_ids)))}",
            *group.rows[0].where,
            claims=[c for row in group.rows for c in facts.backing(row)],
        )
        for group in found.groups
    ]


def exceptions(facts: Facts, found: Summary) -> Items | None:
    """What stays open beside the "no" of a summary; its own routes are told already."""
    closed = noes(facts, found)
    told = {door.key for door in found.doors}
    return beside(facts, closed, exceptions_title(facts, closed), told, named=found.differs)


def exceptions_title(facts: Facts, closed: Sequence[No]) -> str:
    controls = facts.controls(dict.fromkeys(no.control for no in closed if no.control))
    if not controls:
        return "These ways stay open:"
    if len(controls) == 1 and controls[0].kind == "switch":
        return "The switch does not stop this:"
    return "A refusal does not stop this:"


def state_table(facts: Facts, door: Door, caption: str = "") -> Table | None:
    """Who gets which answer; None if all get the same."""
    rows = facts.rows(door)
    if len({(row.line.state, *row.line.control) for row in rows}) < 2:
        return None
    return Table(
        caption or f"Who it applies to: {door.use.name}",
        ("For whom", "Answer"),
        tuple((cell_who(facts, row), cell_state(facts, row)) for row in rows),
    )


def cell_who(facts: Facts, row: Row) -> Sentence:
    return facts.say(upper(row.who), *row.where, "scope")


def cell_state(facts: Facts, row: Row) -> Sentence:
    line = row.line
    link = f"controls/{line.control[0]}" if line.control else ""
    text = state_words(line.state, facts.controls(line.control))
    return facts.say(text, *row.where, "state", claims=facts.backing(row), link=link)
