"""Who sees what: a mark for each recipient and kind of data, and the same in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from markupsafe import Markup

from ...answers.facts import Facts
from ...answers.model import Sentence
from ...answers.parts import data_strength
from ...answers.wording import upper
from ...proof.claims import Door
from ..book import Book
from ..text import number
from .keeping import NARROW
from .svg import LINE, At, Svg, wrapped

MOST: Final = 6  # columns that a phone has room for
LABELS: Final = 40  # percent of the width for the names of the rows

Mark = str
# What a cell shows, from the most to the least: its words, and its shape in a square of 12 px.
MARKS: Final[dict[Mark, str]] = {
    "as-it-is": "As it is",
    "less-personal": "Made less personal first",
    "at-an-event": "Only when something happens",
    "never": "Never",
}
_SHAPES: Final[dict[Mark, tuple[tuple[str, str], ...]]] = {
    "as-it-is": (("M-6 -6H6V6H-6Z", "fill"),),
    "less-personal": (("M-6 -6H6V6H-6Z", "box"), ("M-6 6L6 -6V6Z", "fill")),
    "at-an-event": (("M-6 -6H6V6H-6Z", "box"), ("M-2.5 -2.5H2.5V2.5H-2.5Z", "fill")),
    "never": (("M-4 0H4", "stroke"),),
}


class Row(NamedTuple):
    """One kind of data: its name, and a mark with its sentence for each recipient."""

    name: Sentence
    cells: tuple[tuple[Mark, Sentence], ...]


class Matrix(NamedTuple):
    """Recipients by kind of data, and what is seen in it.

    `picture` is empty where there are too many recipients to draw; `numbers` are the recipients
    that a phone has room for as numbers only.
    """

    finding: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    marks: tuple[tuple[str, Markup], ...]
    picture: Markup
    numbers: tuple[str, ...]


def matrix(book: Book) -> Matrix:
    """The matrix of a policy: data that nobody else gets is in it, and none that is corrected."""
    facts = Facts.of(book.project)
    ids = list(facts.policy.recipients)
    rows = tuple(
        Row(
            facts.say(upper(facts.name("data", data)), "data", data),
            tuple(_cell(facts, recipient, data) for recipient in ids),
        )
        for data in facts.policy.data
        if not _corrected(facts, data)
    )
    head = tuple(upper(facts.name("recipients", id_)) for id_ in ids)
    used = {mark for row in rows for mark, _ in row.cells}
    marks = tuple((words, _sample(mark)) for mark, words in MARKS.items() if mark in used)
    drawn = _draw(head, rows) if ids and len(ids) <= MOST else Markup()
    return Matrix(_finding(rows), head, rows, marks, drawn, head if _crowded(head) else ())


def _finding(rows: tuple[Row, ...]) -> str:
    """How many kinds of data nobody else gets, and how many somebody gets as they are."""
    order = list(MARKS)
    best = [min((mark for mark, _ in row.cells), key=order.index) for row in rows if row.cells]
    alone, bare = best.count("never"), best.count("as-it-is")
    said = []
    if alone:
        ends = "kind of data goes" if alone == 1 else "kinds of data go"
        said.append(f"{number(alone)} {ends} to nobody else.")
    if bare:
        ends = "kind goes to others as it is" if bare == 1 else "kinds go to others as they are"
        said.append(f"{number(bare)} {ends}.")
    return " ".join(said) or "What others get is made less personal first."


def _corrected(facts: Facts, data: str) -> bool:
    """Whether what a row would show is not kept at present: the answers then say what is."""
    claims = facts.about("recipients-declared", "deidentified-before", data=data)
    return bool(facts.say("", claims=claims).correction)


def _cell(facts: Facts, recipient: str, data: str) -> tuple[Mark, Sentence]:
    doors = [door for door in _doors(facts, recipient) if data in door.data]
    marks = [_mark(facts, door, data) for door in doors]
    mark = min(marks, key=list(MARKS).index, default="never")
    return mark, facts.say(MARKS[mark], "recipients", recipient)


def _doors(facts: Facts, recipient: str) -> Iterator[Door]:
    """The open routes of the uses that name a recipient."""
    for use_id, use in facts.policy.uses.items():
        if recipient in use.recipients:
            yield from (door for door in facts.of_use(use_id) if not door.closed)


def _mark(facts: Facts, door: Door, data: str) -> Mark:
    if data_strength(facts, door, data) != "none":
        return "less-personal"
    return "at-an-event" if door.route else "as-it-is"


def _titles(head: tuple[str, ...], room: float) -> list[list[str]]:
    """The names of the columns in lines, where a percent of the width is so many letters."""
    each = (100 - LABELS) / len(head)
    return [wrapped(name.partition(",")[0], max(9, int(each * room))) for name in head]


def _crowded(head: tuple[str, ...]) -> bool:
    """Whether a phone has no room for the names of the columns: a letter takes 6 pixels there."""
    if not head:
        return False
    longest = max(len(line) for lines in _titles(head, 0.4) for line in lines)
    return longest * 6 + 6 > (100 - LABELS) / len(head) / 100 * NARROW


def _heads(svg: Svg, head: tuple[str, ...], columns: list[float]) -> float:
    """The names above the columns, and their numbers where names find no room; where they end."""
    crowded = _crowded(head)
    titles = _titles(head, 1.0 if crowded else 0.4)
    look = "s wide" if crowded else "s"
    tallest = max(map(len, titles))
    for place, (at, lines) in enumerate(zip(columns, titles, strict=True), 1):
        for n, line in enumerate(lines, tallest - len(lines)):
            svg.text(At(at, 0, 12 + n * LINE), line, look, "middle")
        if crowded:
            svg.text(At(at, 0, 12 + (tallest - 1) * LINE), f"{place}", "b narrow", "middle")
    return 12 + tallest * LINE


def _draw(head: tuple[str, ...], rows: tuple[Row, ...]) -> Markup:
    svg = Svg("seeing", "Who sees which data")
    each = (100 - LABELS) / len(head)
    columns = [LABELS + each * (n + 0.5) for n in range(len(head))]
    y = _heads(svg, head, columns)
    for row in rows:
        svg.line(At(0, 0, y - 8), At(100, 0, y - 8), "hair")
        lines = wrapped(row.name.text, 17)
        for n, line in enumerate(lines):
            svg.text(At(0, 0, y + 10 + n * LINE), line)
        middle = y + 6 + (len(lines) - 1) * LINE / 2
        for at, (mark, _) in zip(columns, row.cells, strict=True):
            for path, look in _SHAPES[mark]:
                svg.shape(At(at, 0, middle), path, look)
        y += len(lines) * LINE + 14
    return svg.done(" ".join(_told(head, row) for row in rows))


def _told(head: tuple[str, ...], row: Row) -> str:
    """A row in words, for whoever cannot see it."""
    cells = (
        f"{name}: {MARKS[mark].lower()}" for name, (mark, _) in zip(head, row.cells, strict=True)
    )
    return f"{row.name.text}: {', '.join(cells)}."


def _sample(mark: Mark) -> Markup:
    """A mark for the key, beside its words."""
    paths = Markup().join(
        Markup('<path class="{}" d="{}" transform="translate(7 7)"/>').format(look, path)
        for path, look in _SHAPES[mark]
    )
    return Markup(
        '<svg class="ab-pic ab-pic--key" width="14" height="14" aria-hidden="true">{}</svg>'
    ).format(paths)
