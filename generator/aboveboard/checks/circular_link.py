"""A link out, to a control or a right, leads back to this site.

`aboveboard links` finds it. It takes the address of the site from `site_url` in `mkdocs.yml`, or
from `--site`.

Why it matters: people who want to switch something off read how to, follow the link, and are where
they were. Real opt-out pages have done this for years.

How to fix it: link the place where the switch is.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..links.address import below, same
from ..links.model import Link, Trip
from .base import on_the_way

SLUG = "circular-link"
SEVERITY: Severity = "error"
HINT = "link the place where people can do it"


def check_link(link: Link, trip: Trip, site: str) -> Iterator[Finding]:
    """A link out that ends within this site; of any other link, at its first page."""
    if trip.end != "reached" or not site or not trip.last:
        return
    if same(trip.last, site) or (link.acts and below(trip.last, site)):
        message = f"'{link.address}' leads back to this site: {trip.last}{on_the_way(trip)}"
        yield Finding(SLUG, message, link.place, SEVERITY, HINT)
