"""A change weakens a promise, and no rule of sign-off is about sentences of its kind.

`check --base REV` finds it if the policy has rules in `review.sign-off` at all.

Why it matters: nothing is open after such a change. Who waits for `review status` never learns that
a promise got weaker.

How to fix it: add the kind to `review.sign-off`; or read the change, and sign it with
`aboveboard review sign --changed-since REV`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..review.outside import asked, outside
from ..review.since import Since

SLUG = "outside-sign-off"
SEVERITY: Severity = "warning"
HINT = "add its kind to 'review.sign-off', or sign what changed"


def check_since(since: Since) -> Iterator[Finding]:
    """Each change that weakens a promise, while nobody has to sign it."""
    kinds = asked(since.project)
    for number in outside(kinds, since.changes):
        change = since.changes[number]
        kind = change.key.partition("/")[0]
        message = f"this weakens a promise, and needs no signature here: {change.sentence}"
        place = change.place if change.after else None
        at = place or since.project.policy.at("review", "")
        hint = f"{HINT}: the rules ask for {', '.join(kinds)}; this is of {kind}"
        yield Finding(SLUG, message, at, SEVERITY, hint)
