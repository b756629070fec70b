"""Changes that weaken a promise of a kind that no rule of sign-off is about."""

from __future__ import annotations

from collections.abc import Sequence

from ..project import Project
from .change import Change
from .gates import APART

# What tells of changes, of bindings and of rules is no sentence that anybody could sign.
UNSIGNED = (*APART, "bindings/", "review/")


def asked(project: Project) -> tuple[str, ...]:
    """The kinds of statements that any rule of sign-off is about; none without rules."""
    rules = project.policy.review.sign_off if project.policy.review else []
    return tuple(dict.fromkeys(kind for rule in rules for kind in rule.statements))


def outside(kinds: Sequence[str], changes: Sequence[Change]) -> tuple[int, ...]:
    """The changes that weaken a promise and lie outside every rule, by their place in the list."""
    if not kinds or "all" in kinds:
        return ()
    return tuple(
        number
        for number, change in enumerate(changes)
        if change.effect == "weakens"
        and not change.key.startswith(UNSIGNED)
        and change.key.partition("/")[0] not in kinds
    )
