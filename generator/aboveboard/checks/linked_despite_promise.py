"""A copy is said not to be tied to the account, and its rows still have their person key.

Why it matters: whoever reads "your account is not on this copy" believes that nobody can look it
up by name. A row with the key of its person is tied to the account, whatever the copy is called.

How to fix it: drop the key on the way into the copy, or take `linked: false` away.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project

SLUG = "linked-despite-promise"
SEVERITY: Severity = "error"
HINT = "drop the person key on the way into it, or take 'linked: false' away"


def check(project: Project) -> Iterator[Finding]:
    """Each copy with `linked: false` of which a bound dataset has its person key."""
    policy = project.policy
    for id_, copy in policy.copies.items():
        if not copy.linked and (node := project.proof.tied.get(id_)):
            place = project.pipeline.datasets[node].fact.location
            yield Finding(
                SLUG,
                f"'{id_}' is said not to be tied to the account, yet rows of '{node}' have their "
                "person key",
                policy.at("copies", id_, "linked"),
                SEVERITY,
                HINT,
                (place._replace(message="its rows have their person key"),),
            )
