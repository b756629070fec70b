"""A sentence of the site needs a signature, and nobody has given one.

Why it matters: the policy says who must have read such a sentence before people do.

How to fix it: `aboveboard review status` lists what is open; `aboveboard review sign` shows each
sentence with the settings under it, and writes the record. Which sentences need whose signature
stands in `review`, under `sign-off`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .signing import told

SLUG = "unsigned-statement"
SEVERITY: Severity = "error"
HINT = "read it and sign it with `aboveboard review sign`"


def check(project: Project) -> Iterator[Finding]:
    """Each statement that a role has never signed."""
    return told(project, "unsigned", SLUG, HINT)
