"""The difference as a comment on a pull request; every word of it is data and is escaped."""

from __future__ import annotations

import re

from ...review.change import Change
from ...review.difference import Difference
from ...review.verdicts import Moved
from ..text import printable
from . import parts

# What Markdown or HTML would read as markup; `@` and `#` would call people and link issues.
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~@&$])")


def render(found: Difference) -> str:
    """Headings by effect, what weakens first; nothing else is folded away or left out."""
    blocks = [f"## {escaped(parts.title(found))}", escaped(parts.summary(found)) + "."]
    blocks += [f"> **Note:** {escaped(fault)}" for fault in parts.faults(found)]
    for heading, _, changes in parts.by_effect(found):
        blocks.append(f"### {heading}")
        blocks.append("\n".join(map(_change, changes)))
    if found.verdicts:
        blocks.append(f"### {parts.MOVED}")
        blocks.append("\n".join(map(_moved, found.verdicts)))
    return "\n\n".join(blocks) + "\n"


def _change(change: Change) -> str:
    who = "" if change.who == "everyone" else f" For: {escaped(change.who)}."
    return f"- {escaped(change.sentence)}{who} {_code(str(change.place))}"


def _moved(moved: Moved) -> str:
    lines = [f"- “{escaped(moved.statement)}”: **{parts.verdict(moved)}**{parts.others(moved)}."]
    lines += [f"  Because {escaped(moved.why)}."] if moved.why else []
    for side, place in moved.places:
        message = f" {escaped(place.message)}" if place.message else ""
        lines.append(f"  - {side}: {_code(str(place))}{message}")
    return "\n".join(lines)


def escaped(text: str) -> str:
    """Text as it stands, on one line."""
    return _MARKUP.sub(r"\\\1", printable(" ".join(text.split())))


def _code(text: str) -> str:
    """Text between back-ticks, of which it has none itself."""
    return f"`{printable(' '.join(text.replace('`', ' ').split()))}`"
