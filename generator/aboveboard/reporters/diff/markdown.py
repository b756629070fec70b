"""The difference as a comment on a pull request; every word of it is data and is escaped."""

from __future__ import annotations

import re

from ...answers.wording import upper
from ...review.change import Change
from ...review.difference import Difference
from ...review.untrue import Untrue
from ...review.verdicts import Moved
from ..text import printable
from . import parts

# What Markdown or HTML would read as markup; GitLab heeds the escape of what it links, too.
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>+!|~^&$%])")
# What GitHub looks for in what Markdown leaves: people, issues, addresses, emoji. An escape
# is gone by then, so an invisible space parts them.
_CALLS = re.compile(r"[@#]|:(?=\S)|(?<=www)\.", re.IGNORECASE)
_PART = "&#8203;"


def render(found: Difference) -> str:
    """Headings by effect, what weakens first; nothing else is folded away or left out."""
    blocks = [f"## {escaped(parts.title(found))}", *notes(found)]
    blocks.append(escaped(parts.summary(found)) + ".")
    for heading, _, changes in parts.by_effect(found):
        blocks.append(f"### {heading}")
        blocks.append("\n".join(changed(change, found) for change in changes))
    if found.verdicts:
        blocks.append(f"### {parts.MOVED}")
        blocks.append("\n".join(map(moved, found.verdicts)))
    return "\n\n".join(blocks) + "\n"


def notes(found: Difference) -> list[str]:
    """What nobody should sign, what could not be read, a version that stayed: above all else."""
    said = []
    if found.untrue:
        lines = [f"> **{escaped(upper(parts.stop(found)))}.**"]
        lines += [f"> - “{escaped(each.statement)}”{_untrue(each)}" for each in found.untrue]
        said.append("\n".join(lines))
    said += [f"> **Note:** {escaped(fault)}" for fault in parts.faults(found)]
    return said + [f"> **Note:** {escaped(note)}." for note in parts.notes(found)]


def _untrue(each: Untrue) -> str:
    return f"{parts.and_more(each)}: {_against(each)}, written at {code(str(each.said))}"


def _against(each: Untrue) -> str:
    at = each.settings
    return f"the settings have {escaped(at.message)} {code(str(at))}" if at else escaped(each.why)


def changed(change: Change, found: Difference) -> str:
    """A change as an item of a list."""
    who = "" if change.who == "everyone" else f" For: {escaped(change.who)}."
    lines = [f"- {escaped(change.sentence)}{who} {code(str(change.place))}"]
    if parts.is_unasked(found, change):
        lines.append(f"  - {escaped(parts.needless(found))}")
    for each in parts.false_of(found, change):
        said = f"**Not true of the settings, {parts.SIGN_NOT}**: {_against(each)}"
        lines.append(f"  - {said}")
    return "\n".join(lines)


def moved(each: Moved) -> str:
    """A verdict that moved as an item of a list."""
    lines = [f"- “{escaped(each.statement)}”: **{parts.verdict(each)}**{parts.others(each)}."]
    lines += [f"  Because {escaped(each.why)}."] if each.why else []
    for side, place in each.places:
        message = f" {escaped(place.message)}" if place.message else ""
        lines.append(f"  - {side}: {code(str(place))}{message}")
    return "\n".join(lines)


def escaped(text: str) -> str:
    """Text as it stands, on one line: no markup, no link, and nobody is called."""
    plain = _MARKUP.sub(r"\\\1", printable(" ".join(text.split())))
    return _CALLS.sub(lambda found: found[0] + _PART, plain)


def code(text: str) -> str:
    """Text between back-ticks, of which it has none itself."""
    return f"`{printable(' '.join(text.replace('`', ' ').split()))}`"
