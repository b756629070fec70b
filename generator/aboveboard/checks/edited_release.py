"""A release was changed after it was made.

Its digest does not fit what it holds; or it fits, and the next release names another digest. With
`check --base REV` also: the release is not as REV has it.

Why it matters: a release says what people were told on a day. Whoever changes one tells another
past, and people who relied on it have lost their proof.

How to fix it: take the file back from version control, and put what shall be said into the policy
and a release of its own. The digest of the newest release is on the site and in its feed, so a
chain that was rewritten from end to end shows there.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from ..review.releases import chain

SLUG = "edited-release"
SEVERITY: Severity = "error"
HINT = "take it back as it was made; what shall be said now is a release of its own"


def check(project: Project) -> Iterator[Finding]:
    return chain.told(project, chain.EDITED, HINT)
