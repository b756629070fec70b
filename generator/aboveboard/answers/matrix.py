"""Folds tables over readers into one matrix: a row for each group that gets equal answers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..policy.cells import Space
from ..policy.scope import Scoped
from .facts import Facts
from .model import Sentence

# So many rows are read, or searched; what is more is said, not printed.
MOST_ROWS = 60
# Splitting stops here: so many groups are not folded into rows that anybody reads.
MOST_GROUPS = 400

Box = dict[str, tuple[str, ...]]


class Table(NamedTuple):
    """Rows of which each reader finds exactly one; rows with equal answers are one answer."""

    rows: tuple[Scoped, ...]
    answers: tuple[Hashable, ...]


class Group(NamedTuple):
    """Readers who get the same answer from every table; an answer is its place in the table."""

    mask: int
    answers: tuple[int, ...]


@dataclass(frozen=True)
class Folded:
    """All readers in groups, as few as the answers of these tables allow."""

    space: Space
    groups: tuple[Group, ...]
    answers: tuple[frozenset[int], ...]  # of each table those that anybody gets
    _who: dict[tuple[int, int], str] = field(default_factory=dict)
    _masks: dict[Hashable, list[int]] = field(default_factory=dict)

    def who(self, table: int, answer: int) -> str:
        """In words: everyone who gets this answer from this table."""
        if (table, answer) not in self._who:
            mask = 0
            for group in self.groups:
                mask |= group.mask if group.answers[table] == answer else 0
            self._who[table, answer] = self.space.words(mask)
        return self._who[table, answer]

    def masks(self, key: Hashable, rows: Sequence[Scoped]) -> list[int]:
        """The cells of each row of a table, worked out once for its key."""
        if key not in self._masks:
            self._masks[key] = self.space.rows(rows)
        return self._masks[key]


def fold(facts: Facts, tables: Sequence[Table]) -> Folded | None:
    """The groups of these tables; None if there are too many to tell apart."""
    space = facts.space(row for table in tables for row in table.rows)
    if space is None:
        return None
    groups = [Group(space.possible, ())]
    for table in tables:
        answers = _answers(space, table)
        groups = [
            Group(group.mask & mask, (*group.answers, answer))
            for group in groups
            for answer, mask in answers.items()
            if group.mask & mask
        ]
        if len(groups) > MOST_GROUPS:
            return None
    given = tuple(frozenset(group.answers[n] for group in groups) for n in range(len(tables)))
    return Folded(space, tuple(groups), given)


def _answers(space: Space, table: Table) -> dict[int, int]:
    """The cells of each different answer of a table, by the first row that gives it."""
    found: dict[int, int] = {}
    for row, mask in enumerate(space.rows(table.rows)):
        first = table.answers.index(table.answers[row])
        found[first] = found.get(first, 0) | mask
    return {answer: mask for answer, mask in found.items() if mask}


class Row(NamedTuple):
    """Readers that one box describes, and the group that they belong to."""

    id: str
    who: str
    box: Box
    group: Group


def rows(folded: Folded) -> list[Row]:
    """Every group as boxes, in the order of the axes and their values."""
    space = folded.space
    order = {axis: values.index for axis, values in space.axes.items()}
    found = [
        Row(row_id(box), space.box_words(box) or "everyone", box, group)
        for group in folded.groups
        for box in space.boxes(group.mask)
    ]
    return sorted(
        found,
        key=lambda row: [
            (axis not in row.box, *sorted(map(place, row.box.get(axis, ()))))
            for axis, place in order.items()
        ],
    )


def row_id(box: Box) -> str:
    """The values that a row is about, as `plan.free.pro_age.adult`: it holds while they do."""
    said = (
        ".".join((axis, *(v.replace("..", "--") for v in values))) for axis, values in box.items()
    )
    return "_".join(said).replace(":", ".") or "everyone"


# -- what is printed -----------------------------------------------------------------------------


class Statement(NamedTuple):
    """What a cell says; `about` makes it whole where it stands alone."""

    about: str
    sentence: Sentence
    state: str = ""


class Cell(NamedTuple):
    """The answer of one column to one group, and what stays open beside a "no"; `more` ways that
    stay open are left out."""

    said: tuple[Statement, ...]
    open: tuple[Statement, ...] = ()
    more: int = 0


class Column(NamedTuple):
    """What the cells below it are about, and its page."""

    id: str
    title: str
    link: str


class Line(NamedTuple):
    """One row of a matrix."""

    id: str
    who: str
    box: Box
    cells: tuple[Cell, ...]


class Matrix(NamedTuple):
    """Groups of readers by what is asked; `more` rows are left out."""

    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    space: Space
    more: int = 0

    def statements(self) -> Iterator[Statement]:
        """Each statement once."""
        every = (s for line in self.lines for c in line.cells for s in (*c.said, *c.open))
        return iter(dict.fromkeys(every))
