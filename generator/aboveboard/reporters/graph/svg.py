"""The graph as a drawing that stands alone; its description says the same in words."""

from __future__ import annotations

from ...drawing import render as drawn
from ...pipeline.ways import picture
from . import Shown


def render(shown: Shown) -> str:
    """One SVG file."""
    drawing = picture(shown.pipeline)
    title = f"What the pipeline does{f', {shown.part}' if shown.part else ''}"
    words = list(drawing.sentences())
    said = " ".join(words) or "Nothing was read."
    return drawn(drawing, "aboveboard", title, said, font="sans-serif")
