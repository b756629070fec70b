"""A record tells people of a change too shortly before it holds.

`check --base REV` finds it. The notice is counted from `announced`, or from the day of the check.

Why it matters: a promise of 30 days is what lets people object, or take their data out, in time.

How to fix it: let the change hold later. The longest of these counts: `notice` in `review`, that
of its `gates`, and `tell-before-change` of the use, before the change and after it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..answers.wording import day
from ..findings import Finding, Severity
from ..review import concerned, gates
from ..review.since import Since

SLUG = "short-notice"
SEVERITY: Severity = "error"
HINT = "let the change hold later"


def check_since(since: Since) -> Iterator[Finding]:
    """Each record whose first day comes too early for a change that it covers."""
    policy = since.project.policy
    for need in gates.needs(since):
        for id_, record in concerned.covering(since, need).items():
            told = record.announced or since.project.as_of
            first = need.earliest(told)
            if record.effective >= first:
                continue
            message = (
                f"'{id_}' gives {(record.effective - told).days} days of notice, and "
                f"{need.notice.words()} are due by {need.why}: {day(first)} is the first day"
            )
            place = policy.at("changes", id_, "effective")
            change = need.place._replace(message="this change")
            yield Finding(SLUG, message, place, SEVERITY, HINT, (change,))
