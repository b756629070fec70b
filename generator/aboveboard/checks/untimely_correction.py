"""A correction has run out, or begins later than today.

Why it matters: a correction is for a short time. When it has run out the site must not go on with
it, and without it a promise that is not kept would be back.

How to fix it: mend the pipeline and remove the correction, or change the policy to what is true.
If neither is done yet, its owner gives it a new last day.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project

SLUG = "untimely-correction"
SEVERITY: Severity = "error"
HINT = "mend what it is about and remove it, or have its owner give it other days"


def check(project: Project) -> Iterator[Finding]:
    """Each correction that does not hold today."""
    today = project.as_of
    for id_, correction in project.policy.corrections.items():
        if correction.expires < today:
            ended = correction.expires.isoformat()
            message = f"this correction ended with {ended}; its owner is {correction.owner}"
            place = project.policy.at("corrections", id_, "expires")
            yield Finding(SLUG, message, place, hint=HINT)
        elif correction.since > today:
            message = f"this correction begins with {correction.since.isoformat()}, after today"
            place = project.policy.at("corrections", id_, "since")
            yield Finding(SLUG, message, place, hint=HINT)
