"""Whether to keep sensitive information out: who reads it, what learns from it, what stays."""

from __future__ import annotations

from ...project import Project
from ...proof.claims import Door
from .. import choices, protection
from ..facts import Facts
from ..model import Answer, Items, Sentence
from ..needs import missing
from ..terms import PEOPLE
from ..wording import series
from .how_to_switch_off import first_choices

ID = "sensitive-information"
GROUP = "how-long-and-my-rights"
ASKS = "Should I avoid entering sensitive information?"
PARAPHRASES = (
    "is it safe to enter passwords",
    "health data in chats",
    "can I paste confidential documents",
    "secrets and private details",
)
RELATED = ("anonymised", "people-read", "could-repeat")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    learned = [door for door in facts.doors if not door.closed and door.use_id in facts.trains]
    read = [door for door in facts.doors if not door.closed and _by_people(facts, door)]
    reasons = [*_why(facts, learned, "We use it for"), *_why(facts, read, "People read it for")]
    if not reasons:
        text = "In this policy no AI learns from what you enter, and no person reads it."
        claims = [c for u in facts.policy.uses for c in facts.about("nothing-undeclared", use=u)]
        said = [facts.say(text, "uses", lead="Not because of us.", claims=claims)]
    else:
        said = [facts.say("Leave out what nobody else is to know.", lead="Yes."), *reasons]
    lasting = [s for id_ in first_choices(facts)[:1] for s in choices.lasting(facts, id_)]
    return Answer(
        ASKS,
        (*said, *(lasting if learned else [])),
        exceptions=protection.gaps(facts, [*learned, *read]),
        details=_special(facts),
    )


def _by_people(facts: Facts, door: Door) -> bool:
    known = facts.policy.recipients
    people = any(known[r].kind in PEOPLE for r in door.use.recipients if r in known)
    return people or door.use.purpose == "human-review"


def _why(facts: Facts, doors: list[Door], start: str) -> list[Sentence]:
    """One reason for each use: what it does with what people enter."""
    uses = dict.fromkeys(door.use_id for door in doors)
    return [
        facts.say(
            f"{start} {facts.name('uses', use)}.",
            *("uses", use, "applies"),
            claims=[c for door in doors if door.use_id == use for c in facts.used(door)],
            link=f"uses/{use}",
        )
        for use in uses
    ]


def _special(facts: Facts) -> tuple[Items, ...]:
    """The data that the law protects as sensitive, by the policy's own word."""
    ids = [id_ for id_, data in facts.policy.data.items() if data.special]
    if not ids:
        return ()
    text = f"The law protects this as sensitive: {series(facts.data(ids))}."
    return (Items("Sensitive data here", (facts.say(text, "data", ids[0], "special"),)),)
