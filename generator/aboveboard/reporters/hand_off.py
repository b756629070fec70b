"""The comment on a pull request: what is wrong, what changes, and what was left out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..checks import unanswered_question
from ..findings import Finding, Severity
from ..review.difference import Difference
from .diff import parts
from .diff.markdown import changed, code, escaped, moved
from .model import Report
from .text import FEW, open_questions

_HEADINGS: dict[Severity, str] = {"error": "Errors", "warning": "Warnings", "note": "Notes"}
_TAIL = 1000  # bytes kept free for what stands at the end


class Section(NamedTuple):
    """A heading with its items; `thing` is what one of them is called."""

    heading: str
    thing: str
    items: list[str]


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
    """Like "1 error, 2 warnings; 3 changes: 1 weakens, 2 strengthen; 1 verdict moved"."""
    said = f"{_counted(report.count('error'), 'error')}, "
    said += _counted(report.count("warning"), "warning")
    return f"{said}; {parts.summary(found)}" if found else said


def render(handed: Handed, limit: int) -> str:
    """The comment, of at most so many bytes; what does not fit is counted at its end."""
    title = escaped(summary(handed.report, handed.difference))
    blocks = [handed.marker, f"## Aboveboard: {title}"]
    if handed.difference is None:
        blocks.append("There was no policy before, so nothing is compared.")
    else:
        blocks += [f"> **Note:** {escaped(fault)}" for fault in parts.faults(handed.difference)]
    left: dict[str, int] = {}
    room = limit - _TAIL - _size("\n\n".join(blocks))
    for section in _sections(handed):
        block, room = _fitted(section, room, left)
        blocks += block
    if left:
        said = ", ".join(_counted(count, thing) for thing, count in left.items())
        blocks.append(
            f"**Cut here, since a comment can hold no more.** Left out: {said}. "
            f"{code(handed.command)} shows all."
        )
    return "\n\n".join([*blocks, _end(handed)]) + "\n"


def failed(marker: str, why: str, head: str, page: str) -> str:
    """The comment where nothing could be checked, in the place of an older report."""
    blocks = [marker, "## Aboveboard could not run", escaped(why) + "."]
    return "\n\n".join([*blocks, _at(head, page)]) + "\n"


def _sections(handed: Handed) -> Iterator[Section]:
    errors, *others = (_findings(handed.report, severity) for severity in _HEADINGS)
    yield errors
    if difference := handed.difference:
        for heading, _, changes in parts.by_effect(difference):
            yield Section(heading, "change", [changed(change) for change in changes])
        yield Section(parts.MOVED, "verdict", [moved(each) for each in difference.verdicts])
    yield from others


def _findings(report: Report, severity: Severity) -> Section:
    """The findings of a severity, in their order; many open questions are one item, the last."""
    found = [f for f in report.findings if f.severity == severity]
    questions = [f for f in found if f.rule == unanswered_question.SLUG]
    if len(questions) <= FEW:
        return Section(_HEADINGS[severity], severity, [_finding(f) for f in found])
    told = [_finding(f) for f in found if f.rule != unanswered_question.SLUG]
    told.append(f"- **{unanswered_question.SLUG}** {escaped(open_questions(questions))}")
    return Section(_HEADINGS[severity], severity, told)


def _fitted(section: Section, room: int, left: dict[str, int]) -> tuple[list[str], int]:
    """The items of a section that there is room for, under its heading; the others are counted."""
    heading = f"### {section.heading}"
    taken: list[str] = []
    free = room - _size(heading) - 4
    for item in section.items:
        size = _size(item) + 1
        if size <= free:
            taken.append(item)
            free -= size
        else:
            left[section.thing] = left.get(section.thing, 0) + 1
    return ([heading, "\n".join(taken)], free) if taken else ([], room)


def _finding(finding: Finding) -> str:
    where = f" {code(str(finding.location))}" if finding.location else ""
    hint = f"\n  Help: {escaped(finding.hint)}" if finding.hint else ""
    return f"- **{escaped(finding.rule)}** {escaped(finding.message)}{where}{hint}"


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


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing if count == 1 else thing + 's'}"


def _size(text: str) -> int:
    return len(text.encode())
