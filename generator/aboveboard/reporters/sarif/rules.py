"""Rules as SARIF describes them, in the words that `explain` prints."""

from __future__ import annotations

from typing import Any

from ...checks import OF_CLAIMS
from ...checks.faults import FAULTS
from ...checks.told import Told, told

Json = dict[str, Any]


def rule(slug: str) -> Json:
    """A rule with what it finds, why that matters and how to fix it."""
    try:
        said = told(slug)
    except KeyError:  # told by no page: its messages have to do
        said = Told(slug, "error", slug)
    return {
        "id": slug,
        "name": "".join(word.capitalize() for word in slug.split("-")),
        "shortDescription": {"text": _line(said.short)},
        "fullDescription": {"text": _line(f"{said.finds} {_begun(said.why)}")},
        "help": {"text": said.text, "markdown": _markdown(said)},
        "defaultConfiguration": {"level": said.severity},
        "properties": {"tags": ["privacy", _tag(slug)]},
    }


def _tag(slug: str) -> str:
    return "claims" if slug in OF_CLAIMS else "files" if slug in FAULTS else "policy"


def _line(text: str) -> str:
    return " ".join(text.split())


def _markdown(said: Told) -> str:
    parts = [f"# {said.slug}", said.finds]
    parts += [f"## Why it matters\n\n{_begun(said.why)}"] if said.why else []
    parts += [f"## How to fix it\n\n{_begun(said.fix)}"] if said.fix else []
    return "\n\n".join(parts)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
