"""A record of signatures cannot be read, or was edited by hand.

Why it matters: nobody knows any more what was signed. The record counts as not there.

How to fix it: restore the file from git, or delete it and sign again. Only `aboveboard review sign`
writes records.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from ..review.signing import records, settled

SLUG = "damaged-record"
SEVERITY: Severity = "error"
HINT = records.HINT


def check(project: Project) -> Iterator[Finding]:
    """Each record that is not as it was written."""
    yield from settled.read(project)[1]
