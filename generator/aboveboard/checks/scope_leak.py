"""Records of a plan, region or age that the policy leaves out reach the end of a use.

Why it matters: people choose a plan, and parents an account, because of this sentence.

How to fix it: filter on the field that is bound to the axis, before the data arrives, on every
path; say what a missing value does.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .base import failing

SLUG = "scope-leak"
SEVERITY: Severity = "error"
HINT = "filter on the bound field on every path, and say what a missing value does"


def check(project: Project) -> Iterator[Finding]:
    """The claims of kind `scope-excluded` that do not hold."""
    return failing(project, "scope-excluded", HINT)
