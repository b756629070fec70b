"""The data label as a picture: what has no switch, what you decide, and what is never used.

It stands on the home page with its twin in words beside it, and as a file of its own to hand on.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from markupsafe import Markup

from ...answers.wording import day
from ..book import Book
from ..label import Label, LabelRow
from .svg import LINE, At, Svg, wrapped

WIDE: Final = 340  # pixels of the file
INSIDE: Final = 12  # pixels from the frame to the words
# Letters of a line on the narrowest phone, also beside a switch.
LETTERS, BESIDE = 40, 26
SWITCH: Final = (30, 15)  # pixels
# From where to where a switch is filled, by the word beside it.
FILLED: Final = {"On": (14, 30), "Each time": (11, 19), "Off": (0, 13)}


class Band(NamedTuple):
    """Rows under one word; `look` is the ground that they stand on."""

    name: str
    look: str
    rows: tuple[LabelRow, ...]


class Drawn(NamedTuple):
    """The picture for a page, and the same as a file."""

    picture: Markup
    file: str


def bands(label: Label) -> tuple[Band, ...]:
    """The bands of a label that have rows, those that protect least first."""
    found = (
        Band("Corrected", "plain bad", tuple(label.corrected)),
        Band("Used, no switch", "full", tuple(label.fixed)),
        Band("You decide", "half", tuple(label.yours)),
        Band("Not used, with exceptions", "plain", tuple(label.excepted)),
        Band("Never used", "plain", tuple(label.never)),
    )
    return tuple(band for band in found if band.rows)


def draw(book: Book, label: Label) -> Drawn:
    """The label of a book; it says whose it is and of which day, since it is handed on."""
    svg = Svg("label", label.title)
    draft = "Draft. Not published. " if book.draft else ""
    whose = f"{draft}{book.header.service}, {day(book.project.as_of)}"
    svg.text(At(0, INSIDE, 26), label.title, "title")
    lines = wrapped(whose, LETTERS)
    for n, line in enumerate(lines):
        svg.text(At(0, INSIDE, 46 + n * LINE), line, "s")
    svg.height = 40 + LINE * len(lines)
    for band in bands(label):
        _band(svg, band)
    svg.rect(0, svg.height, "frame")
    said = f"{whose}. {' '.join(map(_told, bands(label)))}"
    return Drawn(svg.done(said), svg.alone(said, WIDE))


def _told(band: Band) -> str:
    """A band in words."""
    rows = (
        f"{row.sentence.whole}{f' ({row.who})' if row.who else ''}"
        f"{f', {row.switch.lower()} at the start' if row.switch else ''}"
        for row in band.rows
    )
    return f"{band.name}: {'; '.join(rows)}."


def _band(svg: Svg, band: Band) -> None:
    """The word, and its rows, on their ground."""
    top, first = svg.height, len(svg.parts)
    ink = "on" if band.look == "full" else ""
    name = "b bad" if "bad" in band.look else f"b {ink}".strip()
    svg.text(At(0, INSIDE, top + 23), band.name, name)
    y = top + 29
    for n, row in enumerate(band.rows):
        if band.look == "half" and n:
            y += 8
            svg.line(At(4, 0, y), At(96, 0, y), "hair")
        y = _row(svg, row, y + 6, ink)
    svg.height = y + 8
    svg.rect(top, svg.height, band.look.partition(" ")[0], at=first)
    if band.look.startswith("plain"):
        svg.line(At(0, 0, top), At(100, 0, top), "hair")


def _row(svg: Svg, row: LabelRow, top: float, ink: str) -> float:
    """One row, and where the next begins."""
    lines = wrapped(row.sentence.whole, BESIDE if row.switch else LETTERS)
    for n, line in enumerate(lines):
        svg.text(At(0, INSIDE, top + 13 + n * LINE), line, ink)
    y = top + 13 + len(lines) * LINE
    for line in wrapped(row.who, LETTERS):
        svg.text(At(0, INSIDE, y), line, f"s {ink}".strip())
        y += LINE
    if row.switch:
        _switch(svg, row.switch, top)
    return y - 8


def _switch(svg: Svg, position: str, top: float) -> None:
    """How a switch is set at the start: the word, and the switch."""
    wide, high = SWITCH
    start, end = FILLED[position]
    svg.text(At(100, -INSIDE - wide - 8, top + 13), position, "b", "end")
    place = At(100, -INSIDE - wide, top + 1)
    svg.shape(place, f"M0 0H{wide}V{high}H0Z", "stroke")
    svg.shape(place, f"M{start} 0H{end}V{high}H{start}Z", "fill")
