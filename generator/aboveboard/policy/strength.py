"""How strong a step is: derived from its technique, parameters and who can relink."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from ..findings import Finding
from .choices import Step, Strength
from .model import Policy

LADDER: tuple[Strength, ...] = get_args(Strength)  # from the weakest to the strongest

_FIXED: dict[str, Strength] = {
    # What looks for things to remove misses some.
    "redaction": "reduced",
    "masking": "reduced",
    "face-blur": "reduced",
    "metadata-strip": "reduced",
    "voice-transform": "reduced",
    # What makes records less exact leaves records.
    "generalisation": "reduced",
    "rounding": "reduced",
    "location-coarsening": "reduced",
    "noise-addition": "reduced",
    "local-suppression": "reduced",
    "record-suppression": "reduced",
    # The same person has the same value each time.
    "keyed-hash": "pseudonymised",
    "random-id": "pseudonymised",
    "synthetic-data": "de-identified",
    # These protect in other ways: what they let through is as personal as before.
    "deduplication": "none",
    "memorisation-test": "none",
    "output-filter": "none",
    "sampling": "none",
    "encryption": "none",
    "discard-plaintext": "none",
}


def derived(step: Step) -> Strength:
    """The strongest word that a step has earned."""
    match step.technique:
        case "unlinking":
            return "unlinked" if step.relink else "pseudonymised"
        case "aggregation" | "k-anonymity":
            return "aggregated" if _smallest_group(step) >= 2 else "reduced"
        case "differential-privacy":
            if step.parameters.get("epsilon", 0) <= 0:
                return "reduced"
            return "anonymised" if step.tested and not step.relink else "aggregated"
        case technique:
            return _FIXED[technique]


def of(step: Step) -> Strength:
    """The word that pages use: an author can lower what is derived, never raise it."""
    earned = derived(step)
    return earned if step.strength is None else min(step.strength, earned, key=LADDER.index)


def findings(policy: Policy) -> Iterator[Finding]:
    """One finding per step whose author claims more than it has earned."""
    for id_, step in policy.steps.items():
        earned = derived(step)
        if step.strength and LADDER.index(step.strength) > LADDER.index(earned):
            yield Finding(
                "overstated-strength",
                f"'{step.strength}' is more than {step.technique} reaches"
                f"{' as described here' if _hint(step) else ''}; at most '{earned}'",
                policy.at("steps", id_, "strength"),
                hint=_hint(step) or f"write '{earned}', or leave 'strength' out",
            )


def _smallest_group(step: Step) -> float:
    return max(step.parameters.get("k", 0), step.parameters.get("min-people", 0))


def _hint(step: Step) -> str:
    """What the technique would need to earn more."""
    earned = derived(step)
    match step.technique:
        case "aggregation" | "k-anonymity" if earned == "reduced":
            return "'aggregated' needs 'k' or 'min-people' of 2 or more"
        case "differential-privacy" if earned == "reduced":
            return "'aggregated' needs an 'epsilon' above 0"
        case "differential-privacy" if earned == "aggregated":
            return "'anonymised' needs 'relink: nobody' and 'tested'"
        case "unlinking" if earned == "unlinked":
            return "'pseudonymised' needs 'relink: nobody'"
    return ""
