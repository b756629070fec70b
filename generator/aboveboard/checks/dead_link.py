"""A link of the policy leads nowhere, whoever follows it.

`aboveboard links` finds it: the host says that the page is gone, the way goes in a circle, the
certificate is not valid, no host has the name, or an address of mail or a number is none.

Why it matters: people are told that they can decide, and the place to decide is not there.

How to fix it: write the address where the page is now. The finding tells each answer on the way.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..links.model import Link, Trip
from .base import on_the_way

SLUG = "dead-link"
SEVERITY: Severity = "error"
HINT = "write the address where the page is now"


def check_link(link: Link, trip: Trip, site: str) -> Iterator[Finding]:
    """A link that is known to lead nowhere."""
    if trip.end == "dead":
        message = f"'{link.address}' leads nowhere: {trip.why}{on_the_way(trip)}"
        yield Finding(SLUG, message, link.place, SEVERITY, HINT)
