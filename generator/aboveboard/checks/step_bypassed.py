"""Data reaches the end of a use, a reviewer or a recipient without a protection that is published.

Why it matters: a copy made before the protection is still raw, a switched-off or sampled step
protects nobody, and another field's redaction changes nothing about this one.

How to fix it: put the step on every path and on the right field, for all records, or change what
the policy says.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .base import failing

SLUG = "step-bypassed"
SEVERITY: Severity = "error"
HINT = "put the step on every path and on this field, for all records"


def check(project: Project) -> Iterator[Finding]:
    """The claims of kind `deidentified-before` that do not hold."""
    return failing(project, "deidentified-before", HINT)
