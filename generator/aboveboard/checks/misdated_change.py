"""A record says that a change holds from a day, and the policy says another day.

`check --base REV` finds it. A change holds from the day in the policy's `effective`, or from
`in-force` of its rows where that is later, but not before it is here: today, if the base lacks it.

Why it matters: people are told of a day. A change that holds before is a broken promise; one whose
day has passed while it is not in force makes the record false.

How to fix it: give the record, the policy's `effective` or the `in-force` of the rows the same
day. If the day has passed, set a new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..answers.wording import day
from ..findings import Finding, Severity
from ..policy.axes import IN_FORCE
from ..policy.review import ChangeRecord
from ..review import concerned, gates
from ..review.gates import CLAIMS, Need
from ..review.since import Since

SLUG = "misdated-change"
SEVERITY: Severity = "error"
HINT = "give the record and the policy the same day, which is today or later"


def check_since(since: Since) -> Iterator[Finding]:
    """Each record with another first day than the change that it covers."""
    for need in gates.needs(since):
        for id_, record in concerned.covering(since, need).items():
            if message := _wrong(since, need, record):
                place = since.project.policy.at("changes", id_, "effective")
                change = need.place._replace(message="this change")
                yield Finding(SLUG, f"'{id_}' {message}", place, SEVERITY, HINT, (change,))


def _wrong(since: Since, need: Need, record: ChangeRecord) -> str:
    said, today = record.effective, since.project.as_of
    if said < today:
        passed = f"says that it holds from {day(said)}; that day has passed, and {since.name}"
        return f"{passed} does not have it"
    first = max(today, _in_force(since, need))
    if first == said or need.key.startswith(CLAIMS):  # settings have no day: they run when deployed
        return ""
    return f"says {day(said)}, and by the policy it holds from {day(first)}"


def _in_force(since: Since, need: Need) -> date:
    """The first day on which the policy has the change in force."""
    header = since.project.policy.header
    first = header.effective if header else date.min
    starts = [concerned.span(dict(box)[IN_FORCE])[0] for box in need.cells if IN_FORCE in dict(box)]
    if not starts or len(starts) < len(need.cells):
        return first
    return max(first, min(start or date.min for start in starts))
