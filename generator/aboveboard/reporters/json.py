"""The JSON report: the contract with CI. The same input gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import __version__
from ..findings import Finding, Location, fingerprints
from ..pipeline.graph import Fact
from ..proof.model import Judged
from .model import Report, Told

VERSION = 1


def render(report: Report) -> str:
    """One JSON object; columns count Unicode code points from 1.

    `corrected`, `suppressed`, `suppressions` and a claim's `correction` are there only where a
    correction or a suppression stands.
    """
    tally = report.proof.tally()
    whole = {
        "version": VERSION,
        "tool": f"aboveboard {__version__}",
        "as_of": report.as_of.isoformat(),
        "revision": report.revision,
        "root": report.root,
        "inputs": [
            {"path": path, "sha256": digest, **checkout_of(path, report.checkouts)}
            for path, digest in sorted(report.inputs.items())
        ],
        "summary": {
            "errors": report.count("error"),
            "warnings": report.count("warning"),
            **report.aside(),
            "claims": tally,
        },
        "findings": [
            _finding(finding, print_)
            for finding, print_ in zip(report.findings, fingerprints(report.findings), strict=True)
        ],
        "claims": [_claim(report, j) for j in report.proof.judged.values()],
        **({"suppressions": [_told(report, one) for one in report.told]} if report.told else {}),
    }
    text = json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "backslashreplace").decode()  # half a letter, as JSON writes it


def checkout_of(path: str, checkouts: Mapping[str, tuple[str, Path]]) -> dict[str, str]:
    """The checkout and commit of a file of another repository; nothing for one of the project."""
    if path not in checkouts:
        return {}
    return {"checkout": path.partition(":")[0], "revision": checkouts[path][0]}


def _finding(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
        "location": _span(finding.location) if finding.location else None,
        "related": [{**_point(p), "message": p.message} for p in finding.related],
        "claim": finding.claim,
        "fingerprint": fingerprint,
        "suppression": finding.suppression,
    }


def _told(report: Report, one: Told) -> dict[str, Any]:
    return {
        "id": one.id,
        "reason": one.reason,
        "owner": one.owner,
        "expires": one.expires.isoformat(),
        "location": _span(one.place),
        "findings": sum(finding.suppression == one.id for finding in report.findings),
    }


def _claim(report: Report, judged: Judged) -> dict[str, Any]:
    claim = judged.claim
    return {
        "id": claim.id,
        "kind": claim.kind,
        "statement": claim.statement,
        "verdict": judged.verdict,
        "grade": judged.grade,
        "scope": claim.scope,
        "policy": _point(claim.place),
        **({"correction": report.corrected[claim.id]} if claim.id in report.corrected else {}),
        "sentences": report.sentences.get(claim.id, []),
        "evidence": [_fact(f) for f in judged.evidence],
        "witness": [
            {"node": h.node, "kind": h.kind, "path": h.location.path, "line": h.location.line}
            for h in judged.witness
        ],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {**_point(fact.location), "fact": fact.text, "grade": fact.grade}


def _point(place: Location) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}


def _span(place: Location) -> dict[str, Any]:
    end_line, end_column = place.end_line or place.line, place.end_column or place.column
    return {**_point(place), "end_line": end_line, "end_column": end_column}
