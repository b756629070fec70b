"""An SVG picture with a title, a description of all that it shows, and text that is escaped."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from ..text import clean, inert_svg

LINE = 16  # px from one line of text to the next


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


def _class(look: str) -> Markup:
    return Markup(' class="{}"').format(look) if look else Markup()


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
