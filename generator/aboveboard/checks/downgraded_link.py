"""A link leads over, or to, an address without encryption.

`aboveboard links` finds it. A link that begins with `http:` and is sent on to `https:` at once is
not told.

Why it matters: what people do there about their data can be read, and changed, by whoever is on
the way.

How to fix it: link the address with `https:`, or have the host send nobody on to one without.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..links.model import Link, Trip
from .base import on_the_way

SLUG = "downgraded-link"
SEVERITY: Severity = "error"
HINT = "link an address with https"


def check_link(link: Link, trip: Trip, site: str) -> Iterator[Finding]:
    """A link on whose way an answer is not encrypted."""
    if trip.end in ("reached", "walled") and trip.downgraded:
        message = (
            f"'{link.address}' is not encrypted all the way: {trip.downgraded}{on_the_way(trip)}"
        )
        yield Finding(SLUG, message, link.place, SEVERITY, HINT)
