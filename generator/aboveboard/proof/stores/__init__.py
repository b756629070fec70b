"""Claims about all that data reaches: undeclared fields, stores and their lifetimes, recipients,
and data that must not meet again."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Judged
from .apart import apart
from .recipients import recipients
from .retention import copies, retention
from .spread import Found, Spread
from .undeclared import undeclared

__all__ = ["Found", "Spread", "judged"]


def judged(found: Found) -> Iterator[Judged]:
    """The verdicts of all claims about where data ends up."""
    yield from undeclared(found)
    yield from recipients(found)
    yield from retention(found)
    yield from copies(found)
    yield from apart(found)
