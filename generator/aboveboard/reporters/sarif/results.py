"""Findings as SARIF's results."""

from __future__ import annotations

from typing import Any

from ...findings import Finding
from ...proof.model import Judged
from ..model import Report
from ..text import printable
from .places import Places
from .words import message

Json = dict[str, Any]
FINGERPRINT = "aboveboard/v1"


def result(report: Report, where: Places, finding: Finding, index: int, fingerprint: str) -> Json:
    """A finding with all its places; `index` is that of its rule."""
    judged = report.proof.judged.get(finding.claim) if finding.claim else None
    related = [where.at(place, n) for n, place in enumerate(finding.related)]
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        **_kind(finding, judged),
        "message": _message(finding),
        "locations": [where.primary(finding.location)],
        **({"relatedLocations": related} if related else {}),
        **_flow(where, judged),
        "partialFingerprints": {FINGERPRINT: fingerprint},
        "suppressions": _suppressions(report, where, finding),
        **({"properties": _claim(judged)} if judged else {}),
    }


def _kind(finding: Finding, judged: Judged | None) -> Json:
    """`open` is for what nobody can decide; the standard gives that no level."""
    if judged and judged.verdict == "unknown":
        return {"kind": "open", "level": "none"}
    return {"kind": "fail", "level": finding.severity}


def _message(finding: Finding) -> Json:
    said = message(finding.message)
    return {"text": f"{said}\n\nHelp: {message(finding.hint)}" if finding.hint else said}


def _flow(where: Places, judged: Judged | None) -> Json:
    """The witness, place after place."""
    if not (judged and judged.witness):
        return {}
    hops = [hop.location._replace(message=f"{hop.kind} {hop.node}") for hop in judged.witness]
    steps = [{"location": where.at(hop), "executionOrder": n} for n, hop in enumerate(hops, 1)]
    return {"codeFlows": [{"threadFlows": [{"locations": steps}]}]}


def _suppressions(report: Report, where: Places, finding: Finding) -> list[Json]:
    """What takes the finding out of the errors; an empty list says that nothing does."""
    one = report.told_of(finding)
    if one is None:
        return []
    return [
        {
            "kind": "external",
            "status": "accepted",
            "justification": printable(str(one)),
            "location": where.at(one.place),
            "properties": {"id": one.id, "expires": one.expires.isoformat()},
        }
    ]


def _claim(judged: Judged) -> Json:
    return {"claim": judged.claim.id, "verdict": judged.verdict, "grade": judged.grade}
