"""The report as a Markdown summary of a run; every word of it is data and is escaped."""

from __future__ import annotations

from typing import NamedTuple

from ..findings import Finding, Severity
from .diff.markdown import code, escaped
from .model import Report
from .text import few

LIMIT = 1_000_000  # GitHub's summary of a step holds 1 MiB, and drops a longer one whole
_TAIL = 1000  # bytes kept free for what stands at the end
_HEADINGS: dict[Severity, str] = {"error": "Errors", "warning": "Warnings", "note": "Notes"}


class Section(NamedTuple):
    """A heading with its items; `thing` is what one of them is called."""

    heading: str
    thing: str
    items: list[str]


def render(report: Report, limit: int = LIMIT) -> str:
    """Counts, claims by verdict, then findings, errors first; what does not fit is counted."""
    blocks = [f"## Aboveboard: {summary(report)}", _claims(report)]
    sections = findings(report)
    room = limit - _TAIL - size("\n\n".join(blocks))
    told, left = fitted(sections, room)
    blocks += told
    if left:
        shows = code("aboveboard check")
        blocks.append(f"**Cut here.** Left out: {left}. {shows} shows all.")
    return "\n\n".join([*blocks, _end(report)]) + "\n"


def summary(report: Report) -> str:
    """Like "1 error, 2 warnings, 1 suppressed"."""
    found = [counted(report.count(kind), kind) for kind in ("error", "warning")]
    return ", ".join([*found, *(f"{count} {word}" for word, count in report.aside().items())])


def findings(report: Report) -> list[Section]:
    """The findings by severity, errors first, and what is put aside last."""
    aside = [_aside(report, finding) for finding in report.findings if finding.is_suppressed]
    return [
        *(_section(report, severity) for severity in _HEADINGS),
        Section("Suppressed", "suppressed finding", aside),
    ]


def fitted(sections: list[Section], room: int) -> tuple[list[str], str]:
    """The items that there is room for, in bytes, under their headings; and what is left out."""
    blocks: list[str] = []
    left: dict[str, int] = {}
    for section in sections:
        heading = f"### {section.heading}"
        taken: list[str] = []
        free = room - size(heading) - 4
        for item in section.items:
            if (needed := size(item) + 1) <= free:
                taken.append(item)
                free -= needed
            else:
                left[section.thing] = left.get(section.thing, 0) + 1
        if taken:
            blocks += [heading, "\n".join(taken)]
            room = free
    return blocks, ", ".join(counted(count, thing) for thing, count in left.items())


def counted(count: int, thing: str) -> str:
    """Like "2 errors"."""
    return f"{count} {thing if count == 1 else thing + 's'}"


def size(text: str) -> int:
    """How many bytes a text takes."""
    return len(text.encode())


def _claims(report: Report) -> str:
    tally = report.proof.tally()
    if not any(tally.values()):
        return "No claims could be judged."
    rows = [f"| {verdict} | {count} |" for verdict, count in tally.items()]
    return "\n".join(["| claims | |", "|---|---:|", *rows])


def _section(report: Report, severity: Severity) -> Section:
    """The findings of a severity, in their order; many open questions are one item, the last."""
    found = few(f for f in report.findings if f.severity == severity and not f.is_suppressed)
    return Section(_HEADINGS[severity], severity, [_finding(f) for f in found])


def _finding(finding: Finding) -> str:
    where = f" {code(str(finding.location))}" if finding.location else ""
    hint = f"\n  Help: {escaped(finding.hint)}" if finding.hint else ""
    return f"- **{escaped(finding.rule)}** {escaped(finding.message)}{where}{hint}"


def _aside(report: Report, finding: Finding) -> str:
    return f"{_finding(finding)}\n  Suppressed by {escaped(str(report.told_of(finding)))}"


def _end(report: Report) -> str:
    commit = f"Commit {code(report.revision[:12])}. " if report.revision else ""
    return f"---\n\n{commit}Date of the check: {report.as_of.isoformat()}."
