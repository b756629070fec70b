"""Whether data is anonymised before use, and how: never more than the steps reach."""

from __future__ import annotations

from ...project import Project
from .. import protection
from ..facts import Facts
from ..model import Answer
from ..needs import missing

ID = "anonymised"
GROUP = "anonymous-and-who-sees-it"
ASKS = "Is my data anonymised before use, and how?"
PARAPHRASES = (
    "are my chats anonymous",
    "do you remove my name before training",
    "de-identification",
    "pseudonymised",
    "is personal information removed",
)
RELATED = ("linked-back", "people-read", "used-for-training")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    doors = protection.doors_of(facts)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    return Answer(
        ASKS,
        tuple(protection.short(facts, doors)),
        exceptions=protection.gaps(facts, doors),
        details=tuple(protection.details(facts, doors)),
    )
