"""A file below `policy_data/releases/` is no release, or none that this version can read.

It was cut short, a merge was left undone in it, git changed the ends of its lines, a later version
of Aboveboard wrote it, or somebody wrote it by hand.

Why it matters: a release is what people were told on a day. One that cannot be read is gone from
the change log, and nobody can tell whether the others are whole.

How to fix it: take the file back from version control. Only `aboveboard release` writes one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from ..review.releases import chain

SLUG = "unreadable-release"
SEVERITY: Severity = "error"
HINT = "take it back from version control; only `aboveboard release` writes releases"


def check(project: Project) -> Iterator[Finding]:
    return chain.told(project, chain.UNREADABLE, HINT)
