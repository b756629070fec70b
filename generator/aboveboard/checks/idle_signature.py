"""A record signs a sentence that is not on the site, or as a role that nobody asks for.

Why it matters: somebody thinks that a signature is there, and it is under nothing. It is a note: a
sentence that was signed and is gone leaves its signature behind.

How to fix it: nothing needs to be done. A record of which no sentence is left can be deleted; a
role that is spelt wrong signs again.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Location, Severity
from ..project import Project
from ..review.signing.settled import settled
from ..values import nearest

SLUG = "idle-signature"
SEVERITY: Severity = "note"
HINT = "a record of which no sentence is left can be deleted"


def check(project: Project) -> Iterator[Finding]:
    """Each record with signatures under nothing, once."""
    if not project.loaded or settled(project):
        return
    from ..review.signing.status import idle, roles, status

    found, asked = status(project), roles(project)
    for record, gone in idle(project, found):
        place = Location(record.path, 1)
        if asked and record.role not in asked:
            near = nearest(record.role, asked)
            hint = f"did you mean '{near}'?" if near else HINT
            yield Finding(SLUG, f"nobody asks '{record.role}' to sign", place, SEVERITY, hint)
        if gone:
            more = f", and {len(gone) - 1} more" if gone[1:] else ""
            near = nearest(gone[0].what, found.statements)
            hint = f"did you mean '{near}'?" if near else HINT
            message = f"nothing on the site is called '{gone[0].what}'{more}"
            yield Finding(SLUG, message, gone[0].place or place, SEVERITY, hint)
