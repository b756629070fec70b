"""A release is gone: another one names its digest, and no file has it.

With `check --base REV` also: a release that REV has is not here. Nothing names the newest release,
so only this finds that it is gone.

Why it matters: each release says what was told until the next one. A gap hides what people were
told between.

How to fix it: take the file back from version control. A release is never deleted; if it was
wrong, the next one says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from ..review.releases import chain

SLUG = "missing-release"
SEVERITY: Severity = "error"
HINT = "take it back from version control; a release is never deleted"


def check(project: Project) -> Iterator[Finding]:
    return chain.told(project, chain.MISSING, HINT)
