"""A field reaches the end of a use, and the policy does not name it.

Why it matters: readers are told exactly which data is used. A field that arrives unnamed makes
the list untrue, whether it is an identifier that was to be dropped or a column that somebody
added upstream.

How to fix it: drop the field before it arrives, bind it to a data category that the use names,
or, when it holds nothing about a person, list it in `bindings.not-personal`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .base import failing

SLUG = "undeclared-flow"
SEVERITY: Severity = "error"
HINT = "drop the field, name its data in the use, or list it in bindings.not-personal"


def check(project: Project) -> Iterator[Finding]:
    """The claims of kind `nothing-undeclared` that do not hold."""
    return failing(project, "nothing-undeclared", HINT)
