"""Data that the policy says is never used reaches the end of a use.

Why it matters: "Never" is the strongest word on the page. One path, however indirect, makes it
false.

How to fix it: cut the path: drop the field, or do not read the dataset.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .base import failing

SLUG = "forbidden-flow"
SEVERITY: Severity = "error"
HINT = "drop the field on this path, or stop reading its dataset"


def check(project: Project) -> Iterator[Finding]:
    """The claims of kind `never-used` that do not hold."""
    return failing(project, "never-used", HINT)
