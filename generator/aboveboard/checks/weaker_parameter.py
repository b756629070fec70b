"""A protection runs with weaker settings than those published.

Why it matters: a number on the page (at least 50 people, these five kinds of details) is what
makes a protection more than a word.

How to fix it: restore the setting, or publish the weaker one: readers will see that it changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .base import failing

SLUG = "weaker-parameter"
SEVERITY: Severity = "error"
HINT = "restore the setting, or publish the weaker one"


def check(project: Project) -> Iterator[Finding]:
    """The claims of kind `parameter-kept` that do not hold."""
    return failing(project, "parameter-kept", HINT)
