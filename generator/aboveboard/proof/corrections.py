"""Which failing claims a correction stands in for: what it says is true in place of the promise."""

from __future__ import annotations

from datetime import date

from ..policy.model import Policy
from .model import FAILING, Proof


def corrected(policy: Policy, proof: Proof, on: date) -> dict[str, str]:
    """The id of the correction by the id of the claim.

    A correction of one claim stands in for those that share its fault. It holds from its first day
    to its last; one of a claim that does not fail stands in for nothing.
    """
    named = {
        claim: id_
        for id_, correction in reversed(policy.corrections.items())
        if correction.since <= on <= correction.expires
        for claim in correction.claims
    }
    found = {}
    for id_, judged in proof.judged.items() if named else ():
        known = named.get(id_) or named.get(proof.root(judged).claim.id)
        if known and judged.verdict in FAILING:
            found[id_] = known
    return found
