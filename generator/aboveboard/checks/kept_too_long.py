"""A store keeps data longer than published, or nobody says how long.

Why it matters: side outputs, caches, logs and checkpoints keep data too, and are the ones that
are forgotten.

How to fix it: shorten the lifetime of the store, switch the side output off, or publish the
longer time; bind every store to a copy.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .base import failing

SLUG = "kept-too-long"
SEVERITY: Severity = "error"
HINT = "shorten the store's lifetime, switch the side output off, or publish what is true"


def check(project: Project) -> Iterator[Finding]:
    """The claims of kind `retention-kept` that do not hold."""
    return failing(project, "retention-kept", HINT)
