"""Claims about all that data reaches: undeclared fields, stores and their lifetimes, recipients,
and data that must not meet again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...policy.choices import Retention
from ...policy.model import Policy
from ..ends import Ends
from ..flow import Flow
from ..model import Judged
from .apart import apart
from .recipients import recipients
from .retention import copies, retention
from .spread import Found, Spread
from .undeclared import undeclared

__all__ = ["Found", "Spread", "found", "judged"]


def found(
    policy: Policy, ends: Ends, flow: Flow, split: list[Flow], raw: Spread, on: date | None
) -> Found:
    """What these claims are judged by; `raw` is how far data spreads if it never changes."""
    rows: dict[str, list[Retention]] = {}
    for row in policy.retention.values():
        rows.setdefault(row.copy_, []).append(row)
    derived = {name: data.from_ for name, data in policy.data.items() if data.from_}
    spread = Spread(ends, flow.pipeline, split, derived) if derived else raw
    return Found(policy, ends, flow, split, spread, on, rows)


def judged(found: Found) -> Iterator[Judged]:
    """The verdicts of all claims about where data ends up."""
    yield from undeclared(found)
    yield from recipients(found)
    yield from retention(found)
    yield from copies(found)
    yield from apart(found)
