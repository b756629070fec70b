"""Nobody can tell where a link of the policy leads.

`aboveboard links` finds it: no answer in time, no network, a host that refuses programs, a fault of
the host that stays, a page that says in its title that it is not there.

Why it matters: what could not be looked at is not known to work. It is no pass.

How to fix it: run it again with a network, or open the address yourself. If it works for people and
never for programs, link a page that all can read.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..links.model import Link, Trip
from .base import on_the_way

SLUG = "unreached-link"
SEVERITY: Severity = "error"
HINT = "try again, or open it yourself"


def check_link(link: Link, trip: Trip, site: str) -> Iterator[Finding]:
    """A link of which nobody can tell where it leads, or whether all can go there."""
    said = f"nobody can tell whether '{link.address}' "
    if trip.end == "unknown":
        message = f"{said}leads to what it names: {trip.why}{on_the_way(trip)}"
        yield Finding(SLUG, message, link.place, SEVERITY, HINT)
    elif trip.end == "reached" and trip.password and link.open:
        message = (
            f"{said}can be used without signing in: the page asks for a password, and {link.open}"
        )
        yield Finding(SLUG, message, link.place, SEVERITY, HINT)
