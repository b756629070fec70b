"""Data goes to somebody outside whom the policy does not name, or to a region it does not name.

Why it matters: who else gets it is the question that readers ask next.

How to fix it: bind the external dataset or step to a recipient that the use names, with its
regions, or cut the flow.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .base import failing

SLUG = "undeclared-recipient"
SEVERITY: Severity = "error"
HINT = "name the recipient in the use and bind it, or cut the flow"


def check(project: Project) -> Iterator[Finding]:
    """The claims of kind `recipients-declared` that do not hold."""
    return failing(project, "recipients-declared", HINT)
