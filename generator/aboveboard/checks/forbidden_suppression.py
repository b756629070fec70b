"""A suppression is about a rule that cannot be suppressed.

Advice can be put aside. What readers would be told wrongly cannot: a claim that fails, two
sentences of which one is false, a word that says too much; nor what keeps records, releases,
corrections and suppressions themselves trustworthy.

Why it matters: a promise that is not kept would stay on the site, and the check would be green.

How to fix it: remove the suppression, and mend what the rule finds. Of a claim that fails a
correction says what is true in its place. A question that you do not answer is left out with a
reason, which the site prints.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from . import ALL, OF_CLAIMS
from .suppressing import RULES
from .told import rules

SLUG = "forbidden-suppression"
SEVERITY: Severity = "error"
HINT = "remove it, and mend what the rule finds"
_INSTEAD = {
    "unanswered-question": "leave the question out: questions: {ID: {left-out: REASON}}",
    "unconfirmed-proposal": "confirm it, and remove it from 'to-confirm'",
}


def check(project: Project) -> Iterator[Finding]:
    """Each suppression of a rule that is there and is not among those that can be suppressed."""
    known = {*ALL, *rules()}
    for id_, one in project.policy.suppressions.items():
        if one.rule in known and one.rule not in RULES:
            place = project.policy.at("suppressions", id_, "rule")
            message = f"'{one.rule}' cannot be suppressed"
            if one.rule in OF_CLAIMS:
                message += ": readers have to learn of a claim that fails"
                hint = f"{HINT}, or say in a correction what is true"
            else:
                hint = f"{HINT}; {_INSTEAD[one.rule]}" if one.rule in _INSTEAD else HINT
            yield Finding(SLUG, message, place, hint=hint)
