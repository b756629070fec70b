"""The common part of the rules about signatures that lack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..findings import Finding
from ..project import Project
from ..review.signing.settled import settled

if TYPE_CHECKING:
    from ..review.signing.status import Standing, State


def told(project: Project, state: State, slug: str, hint: str) -> Iterator[Finding]:
    """One finding per statement and role in this state, as severe as the policy has it."""
    if settled(project):
        return
    from ..review.signing.status import status

    for each in status(project).open:
        if each.state == state and each.wanted:
            statement = each.statement
            signed = each.signed.place if each.signed else None
            place = statement.source
            if place is None or place.path not in project.policy.inputs:  # of a whole kind
                place = project.policy.at("policy", "")
            related = (signed._replace(message="what was signed"),) if signed else ()
            yield Finding(slug, _message(each), place, each.wanted.severity, hint, related)


def _message(each: Standing) -> str:
    said = f"“{each.statement.text}” ({each.statement.id})"
    match each.state, each.record:
        case "changed", record if record:
            return f"changed since {each.role} signed it on {record.date}, {_parts(each)}: {said}"
        case "expired", record if record:
            return f"the signature of {each.role} ended with {each.until}: {said}"
    return f"{each.role} has not signed: {said}"


def _parts(each: Standing) -> str:
    words = {"claim": "its claim", "wording": "its wording", "evidence": "the evidence under it"}
    return " and ".join(words[part] for part in each.changed)
