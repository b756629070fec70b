"""What a rule says of itself: what it finds, why that matters, how to fix it."""

from __future__ import annotations

import inspect
from typing import NamedTuple

from ..findings import Severity
from . import ALL
from .faults import FAULTS, WARNINGS

_WHY, _FIX = "Why it matters: ", "How to fix it: "


class Told(NamedTuple):
    """A rule in words, each a text of one or more paragraphs in Markdown.

    `text` is the whole of it; `finds`, `why` and `fix` are its parts, without their openings.
    """

    slug: str
    severity: Severity
    text: str

    @property
    def finds(self) -> str:
        return self.text.partition(f"\n\n{_WHY}")[0]

    @property
    def short(self) -> str:
        """What it finds, in one paragraph."""
        return self.finds.partition("\n\n")[0]

    @property
    def why(self) -> str:
        return self.text.partition(_WHY)[2].partition(f"\n\n{_FIX}")[0]

    @property
    def fix(self) -> str:
        return self.text.partition(_FIX)[2]


def rules() -> list[str]:
    """Every rule: those that judge, and those that fire while files are read."""
    return [*ALL, *FAULTS]


def told(slug: str) -> Told:
    """What a rule says of itself; KeyError if there is none of this name."""
    if slug in FAULTS:
        severity: Severity = "warning" if slug in WARNINGS else "error"
        return Told(slug, severity, FAULTS[slug].strip())
    check = ALL[slug]
    return Told(slug, check.SEVERITY, inspect.cleandoc(check.__doc__ or "").strip())
