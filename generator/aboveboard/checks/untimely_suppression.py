"""A suppression has run out, or ends more than a year ahead.

Why it matters: what is put aside is to be looked at again. When its day is over the finding is
back, and nobody decides once for all time.

How to fix it: mend what the rule finds and remove the suppression. If it is to stay as it is, its
owner looks at it again and gives it a new last day, a year ahead at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..findings import Finding, Severity
from ..project import Project

SLUG = "untimely-suppression"
SEVERITY: Severity = "error"
HINT = "mend what it is about and remove it, or have its owner give it another last day"


def check(project: Project) -> Iterator[Finding]:
    """Each suppression whose last day is over, or too far away."""
    today, last = project.as_of, _in_a_year(project.as_of)
    for id_, one in project.policy.suppressions.items():
        place = project.policy.at("suppressions", id_, "expires")
        if one.expires < today:
            ended = one.expires.isoformat()
            message = f"this suppression ended with {ended}; its owner is {one.owner}"
            yield Finding(SLUG, message, place, hint=HINT)
        elif one.expires > last:
            message = f"this suppression ends later than {last.isoformat()}, in a year"
            yield Finding(SLUG, message, place, hint=HINT)


def _in_a_year(today: date) -> date:
    """The same day of the next year, for 29 February the day before."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)
