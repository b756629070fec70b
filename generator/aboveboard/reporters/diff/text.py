"""The difference for people at a terminal: what weakens first, each change with its place."""

from __future__ import annotations

from ...answers.wording import upper
from ...review.change import Effect
from ...review.difference import Difference
from ...review.verdicts import Moved
from ..text import printable
from . import parts

_COLOURS: dict[Effect, str] = {
    "weakens": "31",
    "unclear": "33",
    "strengthens": "32",
    "neutral": "2",
}


def render(found: Difference, colour: bool) -> str:
    """Every change under its effect, the verdicts that moved, and one line that counts."""
    lines = [printable(parts.title(found)), *_stop(found, colour), ""]
    for heading, effect, changes in parts.by_effect(found):
        lines.append(_paint(heading, _COLOURS[effect], colour))
        for change in changes:
            lines.append(f"  {printable(change.sentence)}")
            lines.append(_paint(f"    {change.place}  {printable(change.key)}", "2", colour))
            if change.who != "everyone":
                lines.insert(-1, f"    for: {printable(change.who)}")
            if parts.is_unasked(found, change):
                lines.append(printable(f"    {parts.needless(found)}"))
            for each in parts.false_of(found, change):
                said = f"    not true of the settings, {parts.SIGN_NOT}: {parts.against(each)}"
                lines.append(_paint(printable(said), "1;31", colour))
        lines.append("")
    if found.verdicts:
        lines.append(_paint(parts.MOVED, "1", colour))
        for moved in found.verdicts:
            lines += [printable(line) for line in _moved(moved)]
        lines.append("")
    lines += [printable(f"note: {fault}") for fault in parts.faults(found)]
    lines += [printable(f"note: {note}") for note in parts.notes(found)]
    return "\n".join([*lines, parts.summary(found), ""])


def _stop(found: Difference, colour: bool) -> list[str]:
    """What nobody should sign, before anything that is counted."""
    if not found.untrue:
        return []
    lines = ["", _paint(upper(parts.stop(found)), "1;31", colour)]
    for each in found.untrue:
        lines.append(printable(f"  “{each.statement}”{parts.and_more(each)}"))
        lines.append(printable(f"    {parts.against(each)}; written at {each.said}"))
    return lines


def _moved(moved: Moved) -> list[str]:
    lines = [f"  “{moved.statement}”", f"    {parts.verdict(moved)}"]
    lines += [f"    because {moved.why}"] if moved.why else []
    for side, place in moved.places:
        lines.append(f"    {side}: {place}{'  ' + place.message if place.message else ''}")
    return [*lines, f"    {moved.claim}{parts.others(moved)}"]


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
