"""Which rules apply to whom: every use, and every time to keep, for each group of readers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..policy.axes import CHOICE
from ..policy.cells import Space, TooManyCells
from ..policy.entities import Header
from ..project import Project
from . import matrix
from .facts import Facts
from .matrix import Box, Cell, Column, Folded, Line, Matrix, Row
from .topics import Seen, Topic, of_copies, of_use
from .wording import depends, upper

# A matrix of all topics has at most so many rows; beyond, topics that differ alike share one.
FEW_ROWS = 16


class Pick(NamedTuple):
    """One choice of a reader: an axis and its values, each with its label."""

    axis: str
    legend: str
    options: tuple[tuple[str, str], ...]


class Rules(NamedTuple):
    """Everything that the page says.

    `same` are the uses with one answer for everyone, `untold` those whose rules tell apart more
    groups than a page can hold; `nobody` are combinations that no reader is in.
    """

    uses: tuple[Matrix, ...]
    kept: tuple[Matrix, ...]
    same: tuple[tuple[Column, Cell], ...]
    untold: tuple[Column, ...]
    picks: tuple[Pick, ...]
    nobody: tuple[tuple[str, Box], ...]

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        return (*self.uses, *self.kept)


def rules(project: Project) -> Rules:
    """The matrices of a project, uses that train models first."""
    facts = Facts.of(project)
    order = [*facts.training, *(u for u in facts.policy.uses if u not in facts.trains)]
    uses, same, untold = _sorted(facts, [of_use(facts, use_id) for use_id in order])
    kept, _, unkept = _sorted(facts, of_copies(facts))
    of_uses, of_kept = _matrices(facts, "", uses), _matrices(facts, "kept", kept)
    picks = _picks(facts, (*of_uses, *of_kept))
    return Rules(
        of_uses, of_kept, same, (*untold, *unkept), picks, _nobody(facts, {p.axis for p in picks})
    )


Told = tuple[list[Topic], tuple[tuple[Column, Cell], ...], tuple[Column, ...]]


def _sorted(facts: Facts, topics: Iterable[Topic]) -> Told:
    """Topics that differ, those with one answer for everyone, those with too many groups."""
    differ: list[Topic] = []
    same: list[tuple[Column, Cell]] = []
    untold: list[Column] = []
    for topic in topics:
        folded = matrix.fold(facts, topic.tables)
        if folded is None:
            untold.append(topic.column)
        elif len(folded.groups) > 1:
            differ.append(topic)
        elif folded.groups:
            same.append((topic.column, topic.cell(Seen(folded, 0), folded.groups[0])))
    return differ, tuple(same), tuple(untold)


# -- topics into matrices --------------------------------------------------------------------------


def _matrices(facts: Facts, space: str, topics: Sequence[Topic]) -> tuple[Matrix, ...]:
    """One matrix if it is small enough to read, else one for all topics that differ alike."""
    if not topics:
        return ()
    folded, rows = _folded(facts, topics)
    if folded and len(rows) <= FEW_ROWS:
        return (_matrix(topics, folded, rows, f"{space}_" if space else ""),)
    alike: dict[Hashable, list[Topic]] = {}
    for topic in topics:
        alike.setdefault(_axes(facts, topic), []).append(topic)
    return tuple(made for group in alike.values() for made in _apart(facts, space, group))


def _apart(facts: Facts, space: str, topics: Sequence[Topic]) -> Iterator[Matrix]:
    """One matrix of topics that differ alike, or if they tell apart too many groups one each."""
    folded, rows = _folded(facts, topics)
    if folded:
        start = ".".join(filter(None, (space, topics[0].column.id)))
        yield _matrix(topics, folded, rows, f"{start}_")
    else:
        for topic in topics:
            yield from _apart(facts, space, [topic])


def _folded(facts: Facts, topics: Sequence[Topic]) -> tuple[Folded | None, list[Row]]:
    folded = matrix.fold(facts, [table for topic in topics for table in topic.tables])
    return folded, matrix.rows(folded) if folded else []


def _axes(facts: Facts, topic: Topic) -> Hashable:
    _, rows = _folded(facts, [topic])
    return frozenset(axis for row in rows for axis in row.box)


def _matrix(topics: Sequence[Topic], folded: Folded, rows: Sequence[Row], prefix: str) -> Matrix:
    starts, at = [], 0
    for topic in topics:
        starts.append(Seen(folded, at))
        at += len(topic.tables)
    lines = tuple(
        Line(
            prefix + row.id,
            upper(row.who),
            row.box,
            tuple(t.cell(seen, row.group) for t, seen in zip(topics, starts, strict=True)),
        )
        for row in rows[: matrix.MOST_ROWS]
    )
    axes = [axis for axis in folded.space.axes if any(axis in line.box for line in lines)]
    columns = tuple(topic.column for topic in topics)
    return Matrix(upper(depends(axes)), columns, lines, folded.space, len(rows) - len(lines))


# -- what readers choose from ----------------------------------------------------------------------


def _picks(facts: Facts, matrices: Sequence[Matrix]) -> tuple[Pick, ...]:
    """The axes on which rows differ; time that is cut in more than one way is left to the eye."""
    found: dict[str, Pick | None] = {}
    for each in matrices:
        for axis, values in each.space.axes.items():
            if any(axis in line.box for line in each.lines):
                pick = Pick(axis, _legend(facts, axis), _options(each.space, axis, values))
                found[axis] = pick if found.get(axis, pick) == pick else None
    order = {axis: place for place, axis in enumerate(facts.header.axes)}
    kept = [pick for pick in found.values() if pick]
    return tuple(sorted(kept, key=lambda pick: order.get(pick.axis, len(order))))


def _legend(facts: Facts, axis: str) -> str:
    control = axis.removeprefix(CHOICE)
    return upper(facts.name("controls", control) if control != axis else depends([axis]))


def _options(space: Space, axis: str, values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    if axis.startswith(CHOICE):
        return tuple((value, upper(value)) for value in values)
    return tuple((value, upper(space.box_words({axis: [value]}))) for value in values)


def _nobody(facts: Facts, axes: set[str]) -> tuple[tuple[str, Box], ...]:
    """Combinations of the axes that readers choose from, that no reader is in."""
    impossible = facts.header.impossible
    if not impossible:
        return ()
    open_to_all = Header.model_construct(**{**vars(facts.header), "impossible": []})
    try:
        space = Space.for_table(open_to_all, impossible, facts.names)
    except TooManyCells:
        return ()
    boxes = space.boxes(space.mask_of(impossible))
    return tuple((upper(space.box_words(box)), box) for box in boxes if axes >= box.keys())
