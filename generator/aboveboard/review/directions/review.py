"""Directions of what is said about change itself: records, corrections, and who signs.

None of it is a promise about data but the notice: a record and a correction tell of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...answers.terms import TOLD
from ...policy.base import Strict
from ...policy.schema import fields_of
from .. import taken
from ..lists import several
from ..orders import Delta, Pair, label, ladder, later, period, prose, text
from .model import Direction, Walk

_NEEDED = ladder("required", "advised", "none")


def _rules(before: Sequence[Strict], after: Sequence[Strict], _: Pair) -> Iterator[Delta]:
    """Rules about rules: a person reads them."""
    yield Delta("unclear", "; ".join(map(_rule, before)), "; ".join(map(_rule, after)))


def _rule(rule: Strict) -> str:
    """Like "statements: uses, role: legal"."""
    values = ((f.key, getattr(rule, f.name)) for f in fields_of(type(rule).__name__))
    return ", ".join(f"{key}: {text(value)}" for key, value in values if value)


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
        "weakens": Direction(_NEEDED, "the rule for changes that weaken"),
        "unclear": Direction(_NEEDED, "the rule for changes that are unclear"),
        "gates": Direction(_rules, "the list of rules for some changes"),
        "sign_off": Direction(_rules, "the list of what is signed"),
        "to_confirm": Direction(label, "the list of what is to be confirmed"),
    },
    "Gate": {
        name: Direction(Walk.ELSEWHERE) for name in ("changes", "notice", "weakens", "unclear")
    },
    "SignOff": {
        name: Direction(Walk.ELSEWHERE) for name in ("statements", "role", "lasts", "severity")
    },
}
