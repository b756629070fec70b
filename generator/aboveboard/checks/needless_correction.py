"""A correction is about a claim that holds, or about one that another correction names already.

Why it matters: the site prints nothing of it, and who reads the policy thinks that something is
broken.

How to fix it: remove it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from ..proof.model import FAILING

SLUG = "needless-correction"
SEVERITY: Severity = "warning"
HINT = "remove it"


def check(project: Project) -> Iterator[Finding]:
    """Each claim in a correction that does not fail, or stands in another one."""
    policy, judged = project.policy, project.proof.judged
    first: dict[str, str] = {}
    for id_, correction in policy.corrections.items():
        for index, claim in enumerate(correction.claims):
            place = policy.at("corrections", id_, "claims", index)
            if claim in first:
                message = f"'{claim}' is corrected by '{first[claim]}' already"
                yield Finding(SLUG, message, place, SEVERITY, HINT)
            elif claim in judged and judged[claim].verdict not in FAILING:
                message = f"'{claim}' does not fail: it is {judged[claim].verdict}"
                yield Finding(SLUG, message, place, SEVERITY, HINT)
            first.setdefault(claim, id_)
