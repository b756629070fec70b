"""A release is not where it says it belongs.

Its file has the name of another version, its number is not the one after the release that it
follows, or its date is before that release's.

Why it matters: the order of releases says what people were told when. The change log, the feed and
the banner of each past version follow it.

How to fix it: give the files back their names. If a release was written by hand, take it away and
make it with `aboveboard release`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from ..review.releases import chain

SLUG = "reordered-release"
SEVERITY: Severity = "error"
HINT = "give the file its name back, or take the release back from version control"


def check(project: Project) -> Iterator[Finding]:
    return chain.told(project, chain.REORDERED, HINT)
