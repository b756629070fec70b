"""A link is sent on many times before it leads somewhere.

`aboveboard links` finds it: more than four times.

Why it matters: each step is one more that can break, and a slow phone waits for each.

How to fix it: write the last address.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..links.model import FEW_HOPS, Link, Trip
from .base import on_the_way

SLUG = "detoured-link"
SEVERITY: Severity = "warning"
HINT = "write the last address"


def check_link(link: Link, trip: Trip, site: str) -> Iterator[Finding]:
    """A link that is sent on more often than there is a reason for."""
    if trip.end == "reached" and trip.turns > FEW_HOPS:
        message = f"'{link.address}' is sent on {trip.turns} times{on_the_way(trip)}"
        yield Finding(SLUG, message, link.place, SEVERITY, HINT)
