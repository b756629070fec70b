"""Two releases follow the same one.

That happens when two branches each made a release, and were merged.

Why it matters: people were told one thing, and then another. The change log needs to know which
came after which, and one of the two does not say what changed since the other.

How to fix it: keep the one that was published first and delete the other file. The policy has both
changes after the merge, so `aboveboard release` makes one release of what is left to say. Make
releases on one branch only, after merging.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from ..review.releases import chain

SLUG = "forked-release"
SEVERITY: Severity = "error"
HINT = "keep the one that was published, delete the other file, and release again"


def check(project: Project) -> Iterator[Finding]:
    return chain.told(project, chain.FORKED, HINT)
