"""A sentence says proved, verified, certified or guaranteed.

Why it matters: what the site shows is that words and settings agree. Nobody has looked at stored
data, and no authority has put its seal on it.

How to fix it: say what was done: "compared with the settings", "tested on 2,000 chats", "read by
an auditor in May". A negation ("we cannot guarantee") is no claim.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .reading.passages import passages

SLUG = "overstated-proof"
SEVERITY: Severity = "error"
HINT = "say what was done, such as 'compared with the settings'"


def check(project: Project) -> Iterator[Finding]:
    """Each such word in YAML and in pages."""
    for passage in passages(project):
        for hit in passage.claims("proof"):
            message = f"'{passage.quote(hit)}' promises more than a comparison of settings can"
            yield Finding(SLUG, message, passage.at(hit.start, hit.end), hint=HINT)
