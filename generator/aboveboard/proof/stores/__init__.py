"""Claims about all that data reaches: undeclared fields, stores and their lifetimes, recipients,
and data that must not meet again."""

from __future__ import annotations

from collections.abc import Iterator

from ...policy.model import Policy
from ..ends import Ends
from ..flow import Flow
from ..model import Judged
from .apart import apart
from .recipients import recipients
from .retention import copies, retention
from .spread import Found, Spread
from .undeclared import undeclared


def judged(policy: Policy, ends: Ends, flow: Flow) -> Iterator[Judged]:
    """The verdicts of all claims about where data ends up."""
    found = Found(policy, ends, flow, Spread(ends, flow))
    yield from undeclared(found)
    yield from recipients(found)
    yield from retention(found)
    yield from copies(found)
    yield from apart(found)
