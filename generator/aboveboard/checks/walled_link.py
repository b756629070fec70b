"""A link leads to a sign-in, and the policy does not say that it needs an account.

`aboveboard links` finds it: the host answers 401, or sends people on to a page to sign in.

Why it matters: who has no account, or has closed it, cannot get there. A right that is for
everybody, and a choice that needs nothing, have to work for them too.

How to fix it: link a page that everybody can use. If an account is needed, say so: `needs:
an-account` in the control, `who: users` in the right.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..links.model import Link, Trip
from .base import on_the_way

SLUG = "walled-link"
SEVERITY: Severity = "error"
HINT = "link an open page, or say that an account is needed"


def check_link(link: Link, trip: Trip, site: str) -> Iterator[Finding]:
    """A sign-in in the way of people who were promised none."""
    if trip.end == "walled" and link.open:
        message = f"'{link.address}' needs a sign-in: {trip.why}, and {link.open}{on_the_way(trip)}"
        yield Finding(SLUG, message, link.place, SEVERITY, HINT)
