"""The report as SARIF 2.1.0, for code scanning and for viewers in editors.

A claim that cannot be decided is of kind `open`, all else of kind `fail`. Claims that hold are no
results: GitHub shows each result as an alert, whatever its kind is. Paths begin at the root of the
repository, and nothing tells where that lies.
"""

from __future__ import annotations

import json
from typing import Any

from ... import __version__
from ...findings import fingerprints
from ..model import Report
from . import places, results, rules

Json = dict[str, Any]
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def render(report: Report) -> str:
    """One log with one run; the same input gives the same bytes."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return json.dumps(log, indent=1) + "\n"  # ASCII, so that nothing in it can be mistaken


def _run(report: Report) -> Json:
    slugs = list(dict.fromkeys(finding.rule for finding in report.findings))
    index = {slug: n for n, slug in enumerate(sorted(slugs))}
    where = places.Places(report)
    prints = fingerprints(report.findings)
    told = zip(report.findings, prints, strict=True)
    return {
        "tool": {
            "driver": {
                "name": "Aboveboard",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [rules.rule(slug) for slug in index],
            }
        },
        "invocations": [{"executionSuccessful": True, "exitCode": int(report.count("error") > 0)}],
        "originalUriBaseIds": where.bases(),
        **where.provenance(),
        "artifacts": where.artifacts(),
        "columnKind": "unicodeCodePoints",
        "results": [results.result(report, where, f, index[f.rule], p) for f, p in told],
        "properties": {
            "asOf": report.as_of.isoformat(),
            "claims": report.proof.tally(),
            **report.aside(),
        },
    }
