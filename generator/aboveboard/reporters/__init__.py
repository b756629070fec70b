"""Reports of one run, each a plain function from Report to text."""

from __future__ import annotations

from collections.abc import Callable

from .model import Report


def _text(report: Report) -> str:
    from .text import render

    return render(report)


def _json(report: Report) -> str:
    from .json import render

    return render(report)


REPORTERS: dict[str, Callable[[Report], str]] = {"text": _text, "json": _json}
