"""The comment on a pull request: what is wrong, what changes, and what was left out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..review.difference import Difference
from . import markdown
from .diff import parts
from .diff.markdown import changed, code, escaped, moved, notes
from .markdown import Section
from .model import Report

_TAIL = 1000  # bytes kept free for what stands at the end


class Handed(NamedTuple):
    """What is handed off: one run of `check`, and the difference if there was a base to compare.

    `marker` is the hidden first line that the comment is found by, `page` where the run can be
    read, `command` what shows all of it elsewhere; `redline` is whether the run keeps one.
    """

    report: Report
    difference: Difference | None
    marker: str
    head: str
    page: str
    command: str
    redline: bool = False


def summary(report: Report, found: Difference | None) -> str:
    """Like "1 error; 3 changes: 1 weakens, 2 strengthen; 1 verdict moved: 1 weakens"."""
    said = markdown.summary(report)
    return f"{said}; {parts.summary(found)}" if found else said


def render(handed: Handed, limit: int) -> str:
    """The comment, of at most so many bytes; what does not fit is counted at its end."""
    title = escaped(summary(handed.report, handed.difference))
    blocks = [handed.marker, f"## Aboveboard: {title}"]
    if handed.difference is None:
        blocks.append("There was no policy before, so nothing is compared.")
    else:
        blocks += notes(handed.difference)
    room = limit - _TAIL - markdown.size("\n\n".join(blocks))
    told, left = markdown.fitted(list(_sections(handed)), room)
    blocks += told
    if left:
        blocks.append(
            f"**Cut here, since a comment can hold no more.** Left out: {left}. "
            f"{code(handed.command)} shows all."
        )
    return "\n\n".join([*blocks, _end(handed)]) + "\n"


def failed(marker: str, why: str, head: str, page: str) -> str:
    """The comment where nothing could be checked, in the place of an older report."""
    blocks = [marker, "## Aboveboard could not run", escaped(why) + "."]
    return "\n\n".join([*blocks, _at(head, page)]) + "\n"


def _sections(handed: Handed) -> Iterator[Section]:
    errors, *others = markdown.findings(handed.report)
    yield errors
    if difference := handed.difference:
        for heading, _, changes in parts.by_effect(difference):
            yield Section(heading, "change", [changed(c, difference) for c in changes])
        yield Section(parts.MOVED, "verdict", [moved(each) for each in difference.verdicts])
    yield from others


def _end(handed: Handed) -> str:
    since = ""
    if handed.difference:
        before = handed.difference.before
        since = f", compared with {code((before.revision or before.name)[:12])}"
    kept = " The redline is among the artifacts of the run." if since and handed.redline else ""
    return (
        f"{_at(handed.head, handed.page)}{since}. Date of the check: {handed.report.as_of}.{kept}"
    )


def _at(head: str, page: str) -> str:
    run = f" ([run]({_address(page)}))" if page else ""
    return f"---\n\nCommit {code(head[:12])}{run}"


def _address(page: str) -> str:
    """An address that ends no link before its time."""
    return re.sub(r"[^\w./:?=&%-]", "", page, flags=re.ASCII)
