"""A record that a protective step fails on passes unprotected.

Why it matters: detectors fail on odd records, and odd records are the ones that identify people.

How to fix it: let the step stop the run or drop the record.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .base import failing

SLUG = "fails-open"
SEVERITY: Severity = "error"
HINT = "let the step stop the run or drop the record"


def check(project: Project) -> Iterator[Finding]:
    """The claims of kind `fails-closed` that do not hold."""
    return failing(project, "fails-closed", HINT)
