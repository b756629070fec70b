"""Reports of what differs between two states, each a plain function from Difference to text."""

from __future__ import annotations

from collections.abc import Callable

from ...review.difference import Difference


def _text(found: Difference, colour: bool) -> str:
    from .text import render

    return render(found, colour)


def _json(found: Difference, _colour: bool) -> str:
    from .json import render

    return render(found)


def _markdown(found: Difference, _colour: bool) -> str:
    from .markdown import render

    return render(found)


def _html(found: Difference, _colour: bool) -> str:
    from .html import render

    return render(found)


REPORTERS: dict[str, Callable[[Difference, bool], str]] = {
    "text": _text,
    "json": _json,
    "markdown": _markdown,
    "html": _html,
}
