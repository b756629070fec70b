"""A correction names a claim that does not exist.

Why it matters: the false statement stays on the site, and the correction stands nowhere.

How to fix it: use the id of the claim as `check` prints it. A claim that follows no longer from
the policy needs no correction.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from ..values import nearest

SLUG = "unknown-claim"
SEVERITY: Severity = "error"
HINT = "use the id of the claim as `aboveboard check` prints it"


def check(project: Project) -> Iterator[Finding]:
    """Each claim that a correction names and nothing makes; without a proof nothing is told."""
    if not project.loaded:
        return
    known = project.proof.judged
    for id_, correction in project.policy.corrections.items():
        for index, claim in enumerate(correction.claims):
            if claim not in known:
                near = nearest(claim, known)
                message = f"'{claim}' is no claim of this policy"
                place = project.policy.at("corrections", id_, "claims", index)
                yield Finding(
                    SLUG, message, place, hint=f"did you mean '{near}'?" if near else HINT
                )
