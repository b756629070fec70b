"""Annotations of GitHub Actions: commands in the log of a run, which mark lines of a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..findings import Finding, Location, Severity
from .model import Report
from .text import few, printable

COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
SHOWN = 10  # of each kind in one step; of the others GitHub tells nothing but in the log


def render(report: Report) -> str:
    """One command a finding, errors first, each kind in order of place; then what was counted."""
    lines = []
    told = list(few(report.findings))
    for severity in COMMANDS:
        found = [f for f in told if f.severity == severity]
        lines += [_command(report, finding) for finding in found]
        if len(found) > SHOWN:
            lines.append(f"GitHub shows {SHOWN} of {len(found)} {severity}s; this log has all.")
    return "\n".join([*lines, _summary(report), ""])


def _command(report: Report, finding: Finding) -> str:
    place, path = finding.location, ""
    if place and place.path not in report.checkouts:
        path = place.path if report.root == "." else f"{report.root}/{place.path}"
    keys = dict(_span(place)) if place and path else {}
    keys = {"file": path, **keys} if path else {}
    said = ",".join(f"{k}={_property(v)}" for k, v in {**keys, "title": finding.rule}.items())
    elsewhere = place if place and not path else None
    lines = [*_lines(finding, elsewhere), *_aside(report, finding)]
    return f"::{COMMANDS[finding.severity]} {said}::{_data(lines)}"


def _span(place: Location) -> Iterator[tuple[str, str]]:
    """The region; columns stand only where it is within one line, as GitHub wants it."""
    yield "line", str(place.line)
    if place.end_line is not None and place.end_line != place.line:
        yield "endLine", str(place.end_line)
        return
    yield "endLine", str(place.line)
    yield "col", str(place.column)
    yield "endColumn", str(place.end_column or place.column)


def _lines(finding: Finding, elsewhere: Location | None) -> Iterator[str]:
    yield f"{elsewhere}: {finding.message}" if elsewhere else finding.message
    for place in finding.related:
        yield f"See {place}{': ' if place.message else ''}{place.message}"
    if finding.hint:
        yield f"Help: {finding.hint}"


def _aside(report: Report, finding: Finding) -> Iterator[str]:
    if one := report.told_of(finding):
        yield f"{'Suppressed' if finding.is_suppressed else 'Corrected'} by {one}"


def _data(lines: list[str]) -> str:
    """Text as the runner reads it: only our own ends of lines stay, as %0A."""
    return "%0A".join(printable(line).replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return printable(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def _summary(report: Report) -> str:
    from .markdown import summary

    return f"{summary(report)} ({report.as_of.isoformat()})"
