"""A sentence is not what somebody signed: it says something else, or rests on something else.

Why it matters: a signature holds for exactly what was read. A setting that changes under a sentence
changes what the sentence is worth, though no word of it moved.

How to fix it: `aboveboard review status` says what changed: the claim, the wording or the evidence.
Read it again and sign it with `aboveboard review sign`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .signing import told

SLUG = "reopened-statement"
SEVERITY: Severity = "error"
HINT = "read what changed and sign it again with `aboveboard review sign`"


def check(project: Project) -> Iterator[Finding]:
    """Each statement that changed since a role signed it."""
    return told(project, "changed", SLUG, HINT)
