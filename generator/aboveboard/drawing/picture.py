"""What a picture shows, before anybody knows where it goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from ..values import listed

# A place is round, a step has corners; what is opaque is drawn with a broken line, what belongs to
# somebody else with a double one.
Shape = Literal["place", "step", "opaque", "outside"]


class Box(NamedTuple):
    """One thing: `title`, and below it what it is."""

    id: str
    title: str
    note: str = ""
    shape: Shape = "step"


class Line(NamedTuple):
    """From one box to another; `broken` for what happens only when something fails."""

    start: str
    end: str
    broken: bool = False


class Picture(NamedTuple):
    """Boxes in the order in which they are named, and the lines between them."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]

    def sentences(self) -> Iterator[str]:
        """The picture in words, one sentence a box."""
        titles = {box.id: box.title for box in self.boxes}
        plain: dict[str, list[str]] = {}
        failing: dict[str, list[str]] = {}
        for line in self.lines:
            side = failing if line.broken else plain
            side.setdefault(line.start, []).append(titles[line.end])
        for box in self.boxes:
            said = f"{box.title} ({box.note})" if box.note else box.title
            goes = [f"goes to {listed(plain[box.id])}"] if box.id in plain else []
            goes += [f"goes on errors to {listed(failing[box.id])}"] if box.id in failing else []
            yield f"{said} {listed(goes) or 'goes nowhere from here'}."
