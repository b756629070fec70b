"""The picture that stands for the site where somebody shares a link to it.

It is drawn as SVG like the others, and turned into PNG with letters that come with us: the same
words make the same bytes on every machine.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

from ...answers.wording import day
from ..book import Book
from ..label import Label
from ..text import clean

FONTS: Final = Path(__file__).parent / "fonts"
FILES: Final = tuple(FONTS / f"LiberationSans-{weight}.ttf" for weight in ("Regular", "Bold"))
WIDE, HIGH, EDGE = 1200, 630, 72
TITLE, SAID, SMALL = 68, 36, 26  # pixels of the letters
LINES: Final = 3  # of the title at most; what is longer ends in dots
COLOURS: Final = {"proved": "#00663c", "corrected": "#b3180c", "violated": "#b3180c"}
DASHES: Final = ' stroke-dasharray="18 10"'
NARROW, BROAD = frozenset("iIjl.,:;'|!ftr()[] -"), frozenset("mwMW@%—…ЖШЩЮжшщю")


def card(book: Book, label: Label) -> bytes:
    """The picture as PNG of 1200 by 630 pixels."""
    return _png(_svg(book, label))


def _svg(book: Book, label: Label) -> str:
    service = clean(book.header.service)
    if not written(service):  # rather no name than boxes in the place of its letters
        service = "this service"
    parts, y = [], 150
    for line in cut(f"What {service} does with your data", TITLE, LINES):
        parts.append(_text(y, TITLE, line, bold=True))
        y += round(TITLE * 1.12)
    y += 24
    for line in cut(label.finding, SAID, 2):
        parts.append(_text(y, SAID, line))
        y += round(SAID * 1.35)
    parts += _line(book)
    count, matching = len(book.line.pieces), book.line.count("proved")
    when = "Draft. Not published." if book.draft else f"Compared {day(book.project.as_of)}."
    compared = f"{matching} of {count} statements match settings. {when}"
    parts.append(_text(HIGH - EDGE + 6, SMALL, compared, fill="#4f555b"))
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" '
        'font-family="Liberation Sans"><rect width="100%" height="100%" fill="#fff"/>{}</svg>'
    ).format(WIDE, HIGH, Markup().join(parts))


def _text(y: float, size: int, words: str, *, bold: bool = False, fill: str = "#14171a") -> Markup:
    return Markup('<text x="{}" y="{}" font-size="{}" font-weight="{}" fill="{}">{}</text>').format(
        EDGE, y, size, 700 if bold else 400, fill, words
    )


def _line(book: Book) -> Iterator[Markup]:
    """The line of the whole site: what matches settings, and what is only stated."""
    y, wide = HIGH - EDGE - 48, WIDE - 2 * EDGE
    for verdict, start, end in book.line.runs:
        first, last = (EDGE + float(at.rstrip("%")) / 100 * wide for at in (start, end))
        proved = verdict == "proved"
        yield Markup(
            '<line x1="{:.1f}" x2="{:.1f}" y1="{}" y2="{}" stroke="{}" stroke-width="8"{}/>'
        ).format(
            first, last - 6, y, y, COLOURS.get(verdict, "#747a76"), "" if proved else Markup(DASHES)
        )  # fmt: skip


def cut(words: str, size: int, most: int) -> list[str]:
    """The words in lines as wide as the picture has room for; of too many the rest is dots."""
    room, lines = WIDE - 2 * EDGE, [""]
    for word in clean(words).split():
        for piece in _pieces(word, size, room):
            longer = f"{lines[-1]} {piece}".strip()
            if width(longer, size) <= room:
                lines[-1] = longer
            else:
                lines.append(piece)
    if len(lines) > most:
        lines = lines[:most]
        while width(f"{lines[-1]}…", size) > room:
            lines[-1] = lines[-1][:-1]
        lines[-1] = f"{lines[-1].rstrip()}…"
    return lines


def _pieces(word: str, size: int, room: float) -> Iterator[str]:
    """A word, in pieces if no line has room for it."""
    piece = ""
    for letter in word:
        if width(piece + letter, size) > room:
            yield piece
            piece = ""
        piece += letter
    yield piece


def width(words: str, size: int) -> float:
    """Pixels that words take at most, by the kind of their letters."""
    ems = (
        0.4 if c in NARROW else 1.02 if c in BROAD else 0.8 if c.isupper() else 0.6 for c in words
    )
    return size * sum(ems)


def written(words: str) -> bool:
    """Whether our letters can write all of this."""
    return all(ord(c) in letters() for c in words)


@lru_cache
def letters() -> frozenset[int]:
    """The code points that the bold letters have: the table of the font that lists them."""
    data = FILES[1].read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4sIII", data, 12 + 16 * n) for n in range(tables))
    cmap = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    found: set[int] = set()
    for n in range(count):
        table = cmap + struct.unpack_from(">HHI", data, cmap + 4 + 8 * n)[2]
        if struct.unpack_from(">H", data, table)[0] == 4:
            found |= _segments(data, table)
    return frozenset(found)


def _segments(data: bytes, table: int) -> set[int]:
    """The code points of a table that lists them in ranges; the last one is no letter."""
    many = struct.unpack_from(">H", data, table + 6)[0] // 2
    ends = struct.unpack_from(f">{many}H", data, table + 14)
    starts = struct.unpack_from(f">{many}H", data, table + 16 + 2 * many)
    return {c for s, e in zip(starts, ends, strict=True) for c in range(s, e + 1)} - {0xFFFF}


@lru_cache(maxsize=4)
def _png(svg: str) -> bytes:
    """Drawn once for the same words: it takes longer than all other pictures together."""
    import resvg_py

    fonts = [str(file) for file in FILES]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts))
