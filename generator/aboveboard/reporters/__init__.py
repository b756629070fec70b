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


def _sarif(report: Report) -> str:
    from .sarif import render

    return render(report)


def _junit(report: Report) -> str:
    from .junit import render

    return render(report)


def _github(report: Report) -> str:
    from .github import render

    return render(report)


def _markdown(report: Report) -> str:
    from .markdown import render

    return render(report)


REPORTERS: dict[str, Callable[[Report], str]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "markdown": _markdown,
}
# What a reporter shows that takes time to find out.
NEEDS: dict[str, frozenset[str]] = {
    "json": frozenset({"inputs", "sentences"}),
    "sarif": frozenset({"inputs", "repository"}),
    "junit": frozenset({"asked"}),
}
