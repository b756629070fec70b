"""Findings for people: the rule, both lines with a caret, and what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ..checks import unanswered_question, unconfirmed_proposal
from ..findings import Finding, Location
from .model import Report

FEW = 3  # open questions, and proposals, that are told one by one
SCREEN = 24  # proposals of which each has its line
LAST = (unconfirmed_proposal.SLUG, unanswered_question.SLUG)
_LONGEST = 160  # letters of a source line; of a longer one only what is near the place
_BEFORE = 40
_COLOURS = {"error": "31", "warning": "33", "note": "36", "bold": "1", "dim": "2", "ok": "32"}


def render(report: Report) -> str:
    """Every finding with its source lines, proposals and open questions last; then one line that
    counts.

    A quiet report has the errors, and nothing else.
    """
    findings = report.findings
    if report.quiet:
        findings = [f for f in findings if f.severity == "error"]
    shown = (f for f in findings if not f.is_suppressed)
    found = sorted(shown, key=lambda f: LAST.index(f.rule) if f.rule in LAST else -1)
    many = sum(f.rule == unconfirmed_proposal.SLUG for f in found) > FEW
    groups = [list(same) for _, same in groupby(found, key=lambda f: _alike(f, many))]
    parts = [_same(report, group) for group in groups]
    if report.quiet:
        return "\n".join(parts)
    return "\n".join([*parts, *_suppressed(report), _summary(report, groups), ""])


def _suppressed(report: Report) -> Iterator[str]:
    """What the team has put aside, a line a finding under who answers for it."""
    for one in report.told:
        found = [f for f in report.findings if f.is_suppressed and f.suppression == one.id]
        if found:
            yield f"{_paint(report, 'suppressed', 'note')} by {_safe(str(one))}"
            yield from (f"  --> {_safe(f'{f.location} [{f.rule}] {f.message}')}" for f in found)
            yield ""


def _alike(finding: Finding, many: bool) -> Finding | str:
    """What findings have in common that are told together."""
    if many and finding.rule == unconfirmed_proposal.SLUG:
        return finding.rule
    return finding._replace(message="")


def _proposals(report: Report, findings: list[Finding]) -> str:
    """Many proposals that nobody has confirmed, a line each, up to what fits on a screen."""
    finding = findings[0]
    head = _paint(report, f"{finding.severity}[{finding.rule}]", finding.severity)
    lines = [f"{head} {len(findings)} proposals are not confirmed yet"]
    for one in findings[:SCREEN]:
        place = f"{one.location.path}:{one.location.line}" if one.location else "-"
        said = one.message.removeprefix(unconfirmed_proposal.START)
        lines.append(f"  --> {_safe(place)}  {_safe(said)}")
    if len(findings) > SCREEN:
        lines.append(f"  and {len(findings) - SCREEN} more, listed in 'to-confirm'")
    lines.append(f"   = {_paint(report, 'help', 'bold')}: {_safe(finding.hint)}")
    return "\n".join(lines) + "\n"


def _paint(report: Report, text: str, style: str) -> str:
    return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if report.colour else text


def _same(report: Report, findings: list[Finding]) -> str:
    """Findings that are told together; many open questions are one line."""
    rule = findings[0].rule
    if not _is_one(findings):
        return _finding(report, findings)
    if rule == unconfirmed_proposal.SLUG:
        return _proposals(report, findings)
    severity = findings[0].severity
    head = _paint(report, f"{severity}[{rule}]", severity)
    return f"{head} {_safe(open_questions(findings))}\n"


def _is_one(findings: list[Finding]) -> bool:
    """Whether findings that are told together are told as one."""
    return findings[0].rule in LAST and len(findings) > FEW


def open_questions(findings: Sequence[Finding]) -> str:
    """Many questions that lack a fact, in one line."""
    named = ", ".join(unanswered_question.question_of(one) for one in findings[:FEW])
    return (
        f"{len(findings)} questions lack a fact: {named} and {len(findings) - FEW} more; "
        f"`aboveboard explain {unanswered_question.SLUG}` says what to do"
    )


def few(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with open questions last, and many of these as one."""
    questions = []
    for finding in findings:
        if finding.rule == unanswered_question.SLUG:
            questions.append(finding)
        else:
            yield finding
    if len(questions) > FEW:
        yield questions[0]._replace(message=open_questions(questions))
    else:
        yield from questions


def _finding(report: Report, findings: list[Finding]) -> str:
    """Findings that differ in their message alone: the messages, then the place once."""
    finding = findings[0]
    head = _paint(report, f"{finding.severity}[{finding.rule}]", finding.severity)
    lines = [f"{head} {_safe(one.message)}" for one in findings]
    if finding.location:
        lines += _excerpt(report, finding.location, "-->", finding.severity)
    for place in finding.related:
        lines += _excerpt(report, place, ":::", "dim")
    if finding.is_corrected:
        lines.append(f"   = corrected: {_safe(finding.suppression or '')}")
    if finding.claim:
        lines.append(f"   = claim: {_safe(finding.claim)}")
    if finding.hint:
        lines.append(f"   = {_paint(report, 'help', 'bold')}: {_safe(finding.hint)}")
    return "\n".join(lines) + "\n"


def _excerpt(report: Report, place: Location, arrow: str, style: str) -> list[str]:
    lines = [f"  {arrow} {_safe(str(place))}"]
    source = report.line(place.path, place.line)
    if source is None:  # it stands in another state, or the file is gone
        return [f"{lines[0]} {_safe(place.message)}".rstrip()]
    source = source.rstrip()
    start = min(place.column - 1, len(source))
    stop = len(source)
    if place.end_line == place.line and place.end_column:
        stop = place.end_column - 1
    source, start, stop = _near(source, start, stop)
    width = max(1, _width(_safe(source[start:stop])))
    caret = " " * _width(_safe(source[:start])) + "^" * width
    message = f" {_safe(place.message)}" if place.message else ""
    lines += [
        f"{place.line:>4} | {_safe(source)}",
        f"     | {_paint(report, caret, style)}{message}",
    ]
    return lines


def _near(source: str, start: int, stop: int) -> tuple[str, int, int]:
    """A line, and the place in it, cut to what fits."""
    if len(source) <= _LONGEST:
        return source, start, stop
    first = max(0, start - _BEFORE)
    part = source[first : first + _LONGEST]
    left = "…" if first else ""
    right = "…" if first + _LONGEST < len(source) else ""
    shift = first - len(left)
    return left + part + right, start - shift, min(stop - shift, len(left + part))


def _width(text: str) -> int:
    """Columns on a terminal: wide letters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _safe(text: str) -> str:
    """Control characters shown, not sent to the terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c == "\t" else _escaped(c) for c in text)


def printable(text: str) -> str:
    """The text of others for a terminal: control characters shown, not sent."""
    return _safe(text)


def _escaped(letter: str) -> str:
    number = ord(letter)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def _warnings(groups: list[list[Finding]], count: int) -> str:
    """The warnings as they are shown: many of one kind are one warning about so many things."""
    of_warnings = [group for group in groups if group[0].severity == "warning"]
    shown = sum(1 if _is_one(group) else len(group) for group in of_warnings)
    about = f" about {count} things" if shown < count else ""
    return f"{shown} warning{'' if shown == 1 else 's'}{about}"


def _summary(report: Report, groups: list[list[Finding]]) -> str:
    tally = report.proof.tally()
    claims = ", ".join(f"{count} {verdict}" for verdict, count in tally.items() if count)
    errors, warnings = report.count("error"), report.count("warning")
    found = f"{errors} error{'' if errors == 1 else 's'}"
    if warnings:
        found += f", {_warnings(groups, warnings)}"
    found += "".join(f", {count} {word}" for word, count in report.aside().items())
    style = "error" if errors else "ok"
    checked = f"{sum(tally.values())} claims: {claims}" if claims else "no claims could be judged"
    checked = report.about or checked
    return f"{_paint(report, found, style)}; {checked} ({report.as_of.isoformat()})"
