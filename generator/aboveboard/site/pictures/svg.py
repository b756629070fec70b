"""An SVG picture with a title, a description of all that it shows, and text that is escaped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from ..text import clean, inert_svg

LINE = 16  # px from one line of text to the next
SANS: Final = "Helvetica Neue, Nimbus Sans, Arial Nova, Roboto, Arial, Liberation Sans, sans-serif"
# What the style sheet of the site makes of our classes, for a picture that stands alone.
_PAPER, _INK, _SOFT, _RULE = "#fff", "#14171a", "#4f555b", "#c8ccc7"
ALONE: Final = {
    "b": {"font-weight": "700"},
    "s": {"font-size": "12", "fill": _SOFT},
    "title": {"font-size": "17", "font-weight": "700"},
    "on": {"fill": _PAPER},
    "bad": {"fill": "#b3180c"},
    "hair": {"stroke": _RULE, "stroke-width": "1"},
    "fill": {"fill": _INK},
    "stroke": {"fill": "none", "stroke": _INK, "stroke-width": "1.5"},
    "plain": {"fill": _PAPER},
    "half": {"fill": "#f1f3f0"},
    "full": {"fill": _INK},
    "frame": {"fill": "none", "stroke": _INK, "stroke-width": "1.5"},
}
_LOOK = re.compile(r' class="([^"]*)"')


@dataclass(frozen=True, slots=True)
class At:
    """A place: percent of the width, and pixels from there and from the top."""

    percent: float
    x: float
    y: float


@dataclass(slots=True)
class Svg:
    """A picture that grows downwards; `id_` keeps its ids apart from those of others."""

    id_: str
    title: str
    parts: list[Markup] = field(default_factory=list)
    height: float = 0

    def text(self, at: At, words: str, look: str = "", anchor: str = "start") -> None:
        """Words on one line, `at` being the start, middle or end of their base line."""
        shape = Markup('<text{} x="{}%" y="{}" transform="translate({} 0)"{}>{}</text>')
        end = Markup(' text-anchor="{}"').format(anchor) if anchor != "start" else ""
        place = (_number(at.percent), _number(at.y), _number(at.x))
        self._put(at.y, shape.format(_class(look), *place, end, clean(words)))

    def line(self, start: At, end: At, look: str) -> None:
        """A straight line; its ends stand at their percents, moved by the pixels of the start."""
        shape = Markup('<line{} x1="{}%" y1="{}" x2="{}%" y2="{}" transform="translate({} 0)"/>')
        numbers = map(_number, (start.percent, start.y, end.percent, end.y, start.x))
        self._put(max(start.y, end.y), shape.format(_class(look), *numbers))

    def rect(
        self, top: float, bottom: float, look: str, at: int | None = None, start: float = 0
    ) -> None:
        """A ground from `start` percent of the width to its end, behind the parts from number `at`
        on; without `at` before all."""
        shape = Markup('<rect{}{} y="{}" width="{}%" height="{}"/>')
        from_ = Markup(' x="{}%"').format(_number(start)) if start else ""
        numbers = map(_number, (top, 100 - start, bottom - top))
        made = shape.format(_class(look), from_, *numbers)
        self.parts.insert(len(self.parts) if at is None else at, made)

    def shape(self, at: At, path: str, look: str) -> None:
        """A small shape, its path in pixels from the place."""
        nest = Markup(
            '<svg x="{}%" y="{}" overflow="visible">'
            '<path{} d="{}" transform="translate({} 0)"/></svg>'
        )
        place = (_number(at.percent), _number(at.y))
        self._put(at.y, nest.format(*place, _class(look), path, _number(at.x)))

    def done(self, said: str) -> Markup:
        """The picture; `said` tells all of it to those who cannot see it."""
        name = f"{self.id_}-picture"
        picture = Markup(
            '<svg class="ab-pic" width="100%" height="{}" role="img" aria-labelledby="{}-t" '
            'aria-describedby="{}-d" focusable="false"><title id="{}-t">{}</title>'
            '<desc id="{}-d">{}</desc>{}</svg>'
        ).format(
            _number(self.height), name, name, name, clean(self.title), name, clean(said),
            Markup().join(self.parts),
        )  # fmt: skip
        return inert_svg(picture)

    def alone(self, said: str, wide: int) -> str:
        """The picture as a file of so many pixels: its colours are in it, and it needs no page."""
        name, high = f"{self.id_}-picture", _number(self.height)
        drawn = _LOOK.sub(lambda found: _attributes(found[1]), Markup().join(self.parts))
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" role="img" '
            'aria-labelledby="{}-t" aria-describedby="{}-d" font-family="{}" font-size="13" '
            'fill="{}"><title id="{}-t">{}</title><desc id="{}-d">{}</desc>'
            '<rect width="100%" height="{}" fill="{}"/>{}</svg>\n'
        ).format(
            wide, high, name, name, SANS, _INK, name, clean(self.title), name, clean(said), high,
            _PAPER, Markup(drawn),
        )  # fmt: skip

    def _put(self, y: float, part: Markup) -> None:
        self.parts.append(part)
        self.height = max(self.height, y + 8)


def wrapped(words: str, width: int) -> list[str]:
    """The words in lines of at most so many letters; a longer word is broken."""
    whole = clean(words).split()
    pieces = [word[i : i + width] for word in whole for i in range(0, len(word), width)]
    lines: list[str] = []
    for piece in pieces:
        if lines and len(lines[-1]) + 1 + len(piece) <= width:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return lines


def _attributes(looks: str) -> str:
    """What stands for some classes; the last wins."""
    found: dict[str, str] = {}
    for look in looks.split():
        found |= ALONE[look]
    return "".join(f' {name}="{value}"' for name, value in found.items())


def _class(look: str) -> Markup:
    return Markup(' class="{}"').format(look) if look else Markup()


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
