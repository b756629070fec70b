"""A use rests on legitimate interests, and some of its readers have no way to object.

Why it matters: whoever rests on legitimate interests has to hear objections (GDPR Article 21), and
a reader looks for the place where.

How to fix it: write a right `object` that these readers have, or put a control on the line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..findings import Finding, Severity
from ..project import Project
from .sense import Part, controls_of, left_out, openings, read_whole

SLUG = "interests-without-objection"
SEVERITY: Severity = "warning"
HINT = "write a right 'object' for them, or name a control on the line"


def check(project: Project) -> Iterator[Finding]:
    """Each basis of legitimate interests with a line that some readers cannot object to."""
    if not read_whole(project, "controls", "rights"):
        return
    rights: list[Sequence[Part]] = [
        [right.scope]
        for right in project.policy.rights.values()
        if right.right == "object" and right.who != "non-users"
    ]
    for opening in openings(project):
        for index, basis in enumerate(opening.door.use.basis):
            if basis.basis != "legitimate-interests":
                continue
            ways = [*rights, *((control.scope,) for control in controls_of(project, opening))]
            who = left_out(project, [opening.readers, basis.scope], ways)
            if who:
                yield Finding(
                    SLUG,
                    f"{opening.does} rests on legitimate interests: no way to object for {who}",
                    project.policy.at("uses", opening.door.use_id, "basis", index, "basis"),
                    SEVERITY,
                    HINT,
                    (opening.at(project, "state", message="no control stops it for them"),),
                )
