"""The policy names data for a use, and no path leads from that data to its end.

Why it matters: a list that names more than is used hides what is used, and a binding that broke
unnoticed makes every other claim about that use empty.

How to fix it: take the data out of the use, or mend the binding or the path: a renamed file often
breaks a chain.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .base import failing

SLUG = "overstated-use"
SEVERITY: Severity = "error"
HINT = "take the data out of the use, or mend the path or the binding"


def check(project: Project) -> Iterator[Finding]:
    """The claims of kind `use-is-real` that do not hold."""
    return failing(project, "use-is-real", HINT)
