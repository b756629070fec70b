"""The signature under a sentence has run out.

Why it matters: what was right a year ago is to be looked at again: that is why it was given an end.

How to fix it: read the sentence again and sign it with `aboveboard review sign`. A signature ends
with its own last day, or with `lasts` of the policy, whichever comes first.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .signing import told

SLUG = "expired-signature"
SEVERITY: Severity = "error"
HINT = "read it again and sign it with `aboveboard review sign`"


def check(project: Project) -> Iterator[Finding]:
    """Each statement of which the latest signature has run out."""
    return told(project, "expired", SLUG, HINT)
