"""What was read, each a plain function from Shown to text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ...pipeline.graph import Pipeline


class Shown(NamedTuple):
    """A pipeline, or the part of it that somebody asked for; `part` says which in words.

    `digests` are by file, `root` and `revision` as in the report of a check.
    """

    pipeline: Pipeline
    part: str = ""
    digests: Mapping[str, str] = {}
    root: str = "."
    revision: str | None = None


def _text(shown: Shown) -> str:
    from .text import render

    return render(shown)


def _json(shown: Shown) -> str:
    from .json import render

    return render(shown)


def _svg(shown: Shown) -> str:
    from .svg import render

    return render(shown)


REPORTERS: dict[str, Callable[[Shown], str]] = {"text": _text, "json": _json, "svg": _svg}
