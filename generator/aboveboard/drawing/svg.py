"""A picture as SVG: no colour but that of the text around it, nothing fetched, nothing run.

It has a title and a description, ids of its own, no blank line, and the same bytes each time.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape
from textwrap import wrap
from typing import NamedTuple

from .layers import lay_out
from .picture import Box, Picture

_LONGEST = 34  # letters of a title; the rest is in its tooltip
_LETTER, _SMALL = 7.2, 6.2  # the width of a letter of a title, and of a note, in 12 and 10.5 px
_HEIGHT, _BETWEEN, _GAP, _EDGE = 40, 38, 18, 8
_LINE = 15  # from one line of a title to the next
_REFUSED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROL = re.compile(r"[\x7f-\x9f]")


class _Sheet(NamedTuple):
    """How titles are written: on one line and shortened, or on lines of so many letters; and how
    high every box is."""

    letters: int
    height: int

    @property
    def down(self) -> int:
        """From the top of one layer to that of the next."""
        return self.height + _BETWEEN

    def lines(self, box: Box) -> list[str]:
        return wrap(box.title, self.letters) if self.letters else [_short(box.title)]


def _sheet(picture: Picture, letters: int) -> _Sheet:
    sheet = _Sheet(letters, _HEIGHT)
    most = max((len(sheet.lines(box)) for box in picture.boxes), default=1)
    return sheet._replace(height=_HEIGHT + (most - 1) * _LINE)


def render(
    picture: Picture,
    ids: str,
    title: str,
    description: str,
    *,
    font: str = "inherit",
    letters: int = 0,
) -> str:
    """The whole element; `ids` begins every id in it, once in a page. With `letters` a title is
    broken into lines of so many; without, a long one is shortened."""
    sheet = _sheet(picture, letters)
    widths = {box.id: _width(box, sheet) for box in picture.boxes}
    layout = lay_out(widths, [(line.start, line.end) for line in picture.lines], _GAP)
    right = max((x + widths[name] / 2 for name, (x, _) in layout.middle.items()), default=0)
    right = max([right, *(x for way in layout.through.values() for x, _ in way)])
    low = max((level for _, level in layout.middle.values()), default=0)
    wide, high = round(right) + 2 * _EDGE, low * sheet.down + sheet.height + 2 * _EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-labelledby="{ids}-title {ids}-desc" viewBox="0 0 {wide} {high}" width="{wide}" '
        f'height="{high}" fill="none" stroke="currentColor" font-family="{font}">',
        f'<title id="{ids}-title">{_safe(title)}</title>',
        f'<desc id="{ids}-desc">{_safe(description)}</desc>',
        f'<defs><marker id="{ids}-end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M1 1L7 4L1 7" stroke="currentColor"/></marker>'
        "</defs>",
    ]
    for line in picture.lines:
        if line.start != line.end:
            way = layout.through[line.start, line.end]
            dashes = ' stroke-dasharray="2 4"' if line.broken else ""
            parts.append(f'<path d="{_curve(way, sheet)}"{dashes} marker-end="url(#{ids}-end)"/>')
    parts += [_box(box, widths[box.id], layout.middle[box.id], sheet) for box in picture.boxes]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _curve(way: list[tuple[float, int]], sheet: _Sheet) -> str:
    """From the edge of one box to the edge of the other; beside a layer it goes straight."""
    turn = 1 if way[0][1] < way[-1][1] else -1
    points: list[tuple[int, int]] = []
    for x, level in way:
        middle = level * sheet.down + sheet.height // 2 + _EDGE
        half = sheet.height // 2
        points += [(round(x) + _EDGE, middle - turn * half * side) for side in (1, -1)]
    x, y = points[1]
    said = f"M{x} {y}"
    for x1, y1 in points[2:-1]:
        middle = round((y + y1) / 2)
        said += f"V{y1}" if x == x1 else f"C{x} {middle} {x1} {middle} {x1} {y1}"
        x, y = x1, y1
    return said


def _box(box: Box, width: float, place: tuple[float, int], sheet: _Sheet) -> str:
    x, level = place
    left, top = round(x - width / 2) + _EDGE, level * sheet.down + _EDGE
    middle, wide = round(x) + _EDGE, round(width)
    radius = 14 if box.shape in ("place", "outside") else 2
    edge = ' stroke-dasharray="6 3"' if box.shape == "opaque" else ""
    said = [
        f"<g><title>{_safe(f'{box.title}: {box.note}' if box.note else box.title)}</title>",
        f'<rect x="{left}" y="{top}" width="{wide}" height="{sheet.height}" rx="{radius}"{edge}/>',
    ]
    if box.shape == "outside":
        said.append(
            f'<rect x="{left + 3}" y="{top + 3}" width="{wide - 6}" height="{sheet.height - 6}" '
            f'rx="{radius - 3}"/>'
        )
    lines = sheet.lines(box)
    y = top + (17 if box.note else 24) + (sheet.height - _HEIGHT - (len(lines) - 1) * _LINE) // 2
    said += [_text(middle, y + n * _LINE, 12, line) for n, line in enumerate(lines)]
    if box.note:
        said.append(_text(middle, y + len(lines) * _LINE - 1, 10.5, _short(box.note, 40)))
    return "".join([*said, "</g>"])


def _text(x: int, y: int, size: float, text: str) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="middle" fill="currentColor" '
        f'stroke="none">{_safe(text)}</text>'
    )


def _width(box: Box, sheet: _Sheet) -> float:
    longest = max(map(_columns, sheet.lines(box)), default=0)
    text = max(longest * _LETTER, _columns(_short(box.note, 40)) * _SMALL)
    return max(72.0, text + 20)


def _columns(text: str) -> int:
    """Wide letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _short(text: str, longest: int = _LONGEST) -> str:
    """The beginning and the end of a text that is too long."""
    if len(text) <= longest:
        return text
    half = (longest - 1) // 2
    return f"{text[:half]}…{text[-(longest - 1 - half) :]}"


def _safe(text: str) -> str:
    """Text of others: escaped, in one line, without what XML does not allow."""
    return escape(_CONTROL.sub("�", _REFUSED.sub("�", " ".join(text.split()))))
