"""The redline: one HTML page for legal, to open from an e-mail or to print; it loads nothing.

Every word of it is data and is escaped; hidden characters are shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ... import __version__
from ...answers.terms import TOLD
from ...answers.wording import day, upper
from ...findings import Location
from ...proof.model import Verdict
from ...review.change import Change, Effect
from ...review.difference import Difference
from ...review.passages import Line, Part
from ...review.redline import KINDS, PAGE, Passage, Redline
from ...review.verdicts import Moved
from ...review.words import Words, text_of
from ...values import listed
from ..text import printable
from . import parts

_JOINERS = "\u200c\u200d"  # invisible, but several scripts are misspelt without them
_NEAR = 1  # lines as they were that stand beside one that changed
_MOST = 5  # sentences that rest on a claim
_MARKS: dict[Effect, tuple[str, str]] = {
    "weakens": ("▼", "Weakens"),
    "unclear": ("?", "Unclear"),
    "strengthens": ("▲", "Strengthens"),
    "neutral": ("=", "Neutral"),
}
_VERDICTS: dict[Verdict | None, str] = {
    "proved": "Matches the settings",
    "declared": "Stated, not read from settings",
    "vacuous": "Nothing flows",
    "unknown": "Cannot be read",
    "violated": "Fails",
    None: "Not said before",
}


_REPEATING = (KINDS["data"], PAGE)  # these say what other answers say, thing by thing
_EARLIER = {
    "old-rule": "the old rule goes on for it",
    "new-rule": "the new rule holds for it too",
    "erased": "it is erased",
    "asked": "people are asked",
}


class Numbered(NamedTuple):
    """A change with its number in this document."""

    number: int
    change: Change


class Gap(NamedTuple):
    """Lines that stay as they were, and are left out here."""

    lines: int


class Judged(NamedTuple):
    """A verdict that moved with its number in this document."""

    number: int
    moved: Moved


class Told(NamedTuple):
    """A passage with the changes behind it, and the verdicts."""

    passage: Passage
    causes: list[Numbered]
    verdicts: list[Judged]


def render(found: Difference) -> str:
    """The whole page; the same input gives the same bytes."""
    assert found.redline, "a difference for this report has its answers"
    order = [change for _, _, changes in parts.by_effect(found) for change in changes]
    numbered = {id(change): Numbered(n, change) for n, change in enumerate(order, 1)}
    by_place = [numbered[id(change)] for change in found.changes]
    judged = [Judged(n, moved) for n, moved in enumerate(found.verdicts, 1)]
    told, echoes = _told(found.redline, by_place, judged)
    return _environment().get_template("redline.html.j2").render(
        found=found,
        redline=found.redline,
        title=parts.title(found),
        moved=sum(1 + len(each.others) for each in found.verdicts),
        faults=list(parts.faults(found)),
        parts=parts,
        changes=[numbered[id(change)] for change in order],
        told=told,
        echoes=echoes,
        numbers=lambda causes: sorted(by_place[n].number for n in causes),
        service=(found.redline.after or found.redline.before),
        tool=f"aboveboard {__version__}",
    )  # fmt: skip


def _told(
    redline: Redline, changes: list[Numbered], verdicts: list[Judged]
) -> tuple[list[Told], list[Passage]]:
    """The passages in full, and those that only repeat lines of others."""
    seen: set[object] = set()
    full, echoes = [], []
    for passage in redline.passages or ():
        lines = {line.cells for part in passage.parts for line in part.lines if not line.same}
        if passage.kind in _REPEATING and lines and lines <= seen:
            echoes.append(passage)
            continue
        seen |= lines
        causes = sorted(changes[n] for n in passage.causes)
        full.append(Told(passage, causes, [verdicts[n] for n in passage.verdicts]))
    return full, echoes


def _lines(part: Part) -> Iterator[Line | Gap]:
    """What differs, with what stands beside it; the rest is counted. Prose stays whole."""
    if part.form in ("short", "paragraph"):
        yield from part.lines
        return
    changed = [n for n, line in enumerate(part.lines) if not line.same]
    near = {m for n in changed for m in range(n - _NEAR, n + _NEAR + 1)}
    for kept, group in groupby(enumerate(part.lines), key=lambda item: item[0] in near):
        lines = [line for _, line in group]
        yield from lines if kept or len(lines) == 1 else [Gap(len(lines))]


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {
        "marks": _MARKS,
        "headings": parts.HEADINGS,
        "verdicts": _VERDICTS,
        "most": _MOST,
        "earlier": _EARLIER,
    }
    environment.tests["gap"] = lambda line: isinstance(line, Gap)
    environment.filters |= {
        "day": day,
        "lines": _lines,
        "place": _place,
        "now": _now,
        "channels": _channels,
        "upper_first": upper,
    }
    return environment


def _shown(value: Any) -> Any:
    """Text with its hidden characters shown, so that nobody signs what they cannot see."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return "".join(c if c in _JOINERS or c == "\n" else printable(c) for c in value)


def _place(place: Location | None) -> str:
    return f"{place.path}, line {place.line}" if place else ""


def _channels(told_by: list[str]) -> str:
    return listed(TOLD[channel] for channel in told_by)


def _now(words: Words) -> str:
    """A title as it is, or as it was."""
    return text_of(words, "removed") or text_of(words, "added")
