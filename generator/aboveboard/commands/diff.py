"""`diff`: what differs between two states of a project, and what it means for people."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..reporters.diff import REPORTERS
from ..review.difference import difference
from .common import CLEAN, COULD_NOT_RUN
from .states import state


def diff(
    folder: Path, as_of: date, base: str, head: str | None, form: str, *, colour: bool
) -> tuple[str, int]:
    """The report, and the exit status: 2 if a part of either state could not be read."""
    with state(folder, base, as_of) as (first, before), state(folder, head, as_of) as (last, after):
        found = difference(before, after, (first, last), answers=form == "html")
        return REPORTERS[form](found, colour), CLEAN if found.whole else COULD_NOT_RUN
