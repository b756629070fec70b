"""Directions of what is said about change itself: records, corrections, and who signs.

None of it is a promise about data but the notice: a record and a correction tell of one.
"""

from __future__ import annotations

from ...answers.terms import TOLD
from .. import taken
from ..lists import several
from ..orders import label, later, period, prose
from .model import Direction, Walk

DIRECTIONS: dict[str, dict[str, Direction]] = {
    "ChangeRecord": {
        "what": Direction(label, "the list of what changes"),
        "scope": Direction(taken.people, "the people whom it is about"),
        "reason": Direction(prose, "the reason"),
        "announced": Direction(label, "the day on which it is announced"),
        "effective": Direction(later, "the day from which it holds"),
        "told_by": Direction(several("more", words=TOLD), "the ways in which we tell you of it"),
        "earlier_data": Direction(label, "the rule for data collected before"),
    },
    "Correction": {
        "claims": Direction(label, "the list of what it corrects"),
        "since": Direction(label, "the day since when"),
        "instead": Direction(prose, "what happens instead"),
        "owner": Direction(label, "its owner"),
        "expires": Direction(label, "the day on which it ends"),
    },
    "Review": {
        "notice": Direction(period("longer"), "the notice before a change"),
        "weakens": Direction(label, "the rule for changes that weaken"),
        "unclear": Direction(label, "the rule for changes that are unclear"),
        "gates": Direction(label, "the rules for some changes"),
        "sign_off": Direction(label, "the list of what is signed"),
    },
    "Gate": {
        name: Direction(Walk.ELSEWHERE) for name in ("changes", "notice", "weakens", "unclear")
    },
    "SignOff": {
        name: Direction(Walk.ELSEWHERE) for name in ("statements", "role", "lasts", "severity")
    },
}
