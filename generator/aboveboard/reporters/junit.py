"""The report as JUnit XML: a test case for each claim, and one for each rule.

A violated claim is a failure, an undecided one an error, and one with a correction is skipped. A
rule fails by its errors; its warnings stand in its output.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from .. import __version__
from ..checks import OF_CLAIMS
from ..findings import Finding
from ..proof.model import FAILING, RULES, Judged
from .model import Report
from .text import printable


class Case(NamedTuple):
    """A test case: `outcome` is empty for one that passes, else the name of the element that says
    why not; `output` are lines that are told beside it."""

    group: str
    name: str
    outcome: str = ""
    kind: str = ""
    message: str = ""
    lines: Sequence[str] = ()
    output: Sequence[str] = ()


def render(report: Report) -> str:
    """Two suites, `claims` and `rules`; there is no time in it but the date of the check."""
    claims, rules = list(_claims(report)), list(_rules(report))
    whole = [*claims, *rules]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="aboveboard {__version__}"{_counts(whole)}>',
        *_suite(report, "claims", claims),
        *_suite(report, "rules", rules),
        "</testsuites>",
        "",
    ]
    return "\n".join(lines)


def _claims(report: Report) -> Iterator[Case]:
    told = {f.claim or "": f for f in report.findings if f.rule in OF_CLAIMS}
    for id_, judged in report.proof.judged.items():
        yield _claim(report, judged, told.get(id_) or told.get(judged.caused_by or ""))


def _claim(report: Report, judged: Judged, finding: Finding | None) -> Case:
    claim = judged.claim
    case = Case(f"claims.{claim.kind}", claim.id)
    if judged.verdict not in FAILING:
        return case._replace(output=[f"{judged.verdict}: {claim.statement}"])
    if correction := report.corrected.get(claim.id):
        return case._replace(outcome="skipped", message=f"corrected: {correction}")
    lines = list(_lines(report, finding)) if finding else [f"{claim.place}"]
    if judged.caused_by:
        lines.insert(0, f"the same fault as {judged.caused_by}")
    return case._replace(
        outcome="failure" if judged.verdict == "violated" else "error",
        kind=RULES[claim.kind],
        message=f"{judged.verdict}: {claim.statement}: {judged.why}",
        lines=lines,
    )


def _rules(report: Report) -> Iterator[Case]:
    """The rules that were asked, and those that found something; the claims tell of theirs."""
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.rule, []).append(finding)
    for rule in sorted({*report.asked, *found} - OF_CLAIMS):
        yield _rule(report, rule, found.get(rule, []))


def _rule(report: Report, rule: str, found: list[Finding]) -> Case:
    case = Case("rules", rule)
    errors = [f for f in found if f.severity == "error"]
    others = [line for f in found if f.severity != "error" for line in _lines(report, f)]
    if errors:
        first = errors[0].message
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        lines = [line for f in errors for line in _lines(report, f)]
        return case._replace(
            outcome="failure", kind=rule, message=first + more, lines=lines, output=others
        )
    if found and all(f.suppression for f in found):
        said = "; ".join(dict.fromkeys(str(report.told_of(f) or f.suppression) for f in found))
        return case._replace(outcome="skipped", message=f"suppressed by {said}", output=others)
    return case._replace(output=others)


def _lines(report: Report, finding: Finding) -> Iterator[str]:
    where = f"{finding.location}: " if finding.location else ""
    yield f"{where}{finding.severity}[{finding.rule}] {finding.message}"
    for place in finding.related:
        yield f"  see {place} {place.message}".rstrip()
    if finding.suppression:
        word = "suppressed" if finding.is_suppressed else "corrected"
        yield f"  {word} by {report.told_of(finding) or finding.suppression}"
    if finding.hint:
        yield f"  help: {finding.hint}"


def _suite(report: Report, name: str, cases: list[Case]) -> Iterator[str]:
    skipped = sum(case.outcome == "skipped" for case in cases)
    when = f"{report.as_of.isoformat()}T00:00:00"
    yield f'<testsuite name="{name}"{_counts(cases)} skipped="{skipped}" timestamp="{when}">'
    for case in cases:
        yield from _case(case)
    yield "</testsuite>"


def _counts(cases: list[Case]) -> str:
    outcomes = [case.outcome for case in cases]
    failures, errors = outcomes.count("failure"), outcomes.count("error")
    return f' tests="{len(cases)}" failures="{failures}" errors="{errors}"'


def _case(case: Case) -> Iterator[str]:
    named = f'classname="{_text(case.group)}" name="{_text(case.name)}"'
    if not (case.outcome or case.output):
        yield f"<testcase {named}/>"
        return
    yield f"<testcase {named}>"
    if case.outcome:
        kind = f' type="{_text(case.kind)}"' if case.kind else ""
        body = "\n".join(map(_text, case.lines))
        yield f'<{case.outcome}{kind} message="{_text(case.message)}">{body}</{case.outcome}>'
    if case.output:
        body = "\n".join(map(_text, case.output))
        yield f"<system-out>{body}</system-out>"
    yield "</testcase>"


def _text(text: str) -> str:
    """Text of others, with what XML cannot hold shown as it is written in code."""
    return escape(printable(text))
