"""Data that is promised to stay apart is joined again.

Why it matters: unlinking is undone by one join.

How to fix it: remove the join, or do not promise it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .base import failing

SLUG = "joined-again"
SEVERITY: Severity = "error"
HINT = "remove the join, or do not promise it"


def check(project: Project) -> Iterator[Finding]:
    """The claims of kind `never-joined` that do not hold."""
    return failing(project, "never-joined", HINT)
