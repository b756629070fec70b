"""The state that a project is compared with has errors, so a part of it could not be read.

`check --base REV` finds it. What could be read is compared all the same.

Why it matters: a promise that cannot be read there can be weakened here, and nobody sees it.

How to fix it: compare with an earlier state that can be read, such as the last release.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import READABLE
from ..review.since import Since

SLUG = "unread-base"
SEVERITY: Severity = "error"
HINT = "compare with an earlier state that can be read, such as the last release"


def check_since(since: Since) -> Iterator[Finding]:
    """One finding if the base could not be read whole."""
    faults = [f for f in since.base.findings if f.severity == "error" and f.rule not in READABLE]
    if faults:
        count = "1 error" if len(faults) == 1 else f"{len(faults)} errors"
        message = f"{since.name} has {count}, so this compares what could be read of it"
        place = since.project.policy.at("policy", "")
        first = faults[0]
        there = since.there(first.location, first.message) if first.location else None
        yield Finding(SLUG, message, place, hint=HINT, related=(there,) if there else ())
