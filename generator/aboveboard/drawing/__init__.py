"""Pictures of graphs: boxes and lines in layers, as SVG and as sentences that say the same.

It knows nothing of pipelines. Whoever makes a picture decides what may stand in it.
"""

from __future__ import annotations

from .picture import Box, Line, Picture, Shape
from .svg import render

__all__ = ["Box", "Line", "Picture", "Shape", "render"]
