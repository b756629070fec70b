"""Whether data can be tied to its reader again, by whom and why."""

from __future__ import annotations

from ...project import Project
from .. import protection
from ..facts import Facts
from ..model import Answer, Block, Items, Sentence
from ..needs import missing
from ..wording import number, series, upper

ID = "linked-back"
GROUP = "anonymous-and-who-sees-it"
ASKS = "Can it be linked back to me, by whom and why?"
PARAPHRASES = (
    "can you find out who I am",
    "re-identification",
    "is my account still on it",
    "who can see that it was me",
)
RELATED = ("anonymised", "people-read", "how-long")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    steps = {
        s: facts.policy.steps[s] for d in facts.doors for s in d.steps if s in facts.policy.steps
    }
    copies = {c for row in facts.policy.retention.values() for c in [row.copy_]}
    linked = [id_ for id_ in facts.policy.copies if id_ in copies and _linked(facts, id_)]
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    able = protection.relinkers(facts, steps)
    who = list(dict.fromkeys(r.by for step in steps.values() for r in step.relink))
    if linked:
        lead = f"Yes, in {_count(len(linked))}."
    else:
        lead = f"Yes, by {series(who)}." if who else "Nobody holds a way back."
    short: list[Sentence] = [facts.say(_places(facts, linked), "copies", lead=lead)]
    if not linked:
        short = [facts.say("", "steps", lead=lead)]
    return Answer(
        ASKS,
        (*short, *able),
        exceptions=protection.gaps(facts, facts.doors),
        details=tuple(_details(facts, linked)),
    )


def _linked(facts: Facts, id_: str) -> bool:
    """Whether rows are tied to an account: by the policy's word or, where that is silent, by what
    the pipeline shows of a bound copy."""
    copy = facts.policy.copies[id_]
    told = "linked" in getattr(copy, "__pydantic_fields_set__", ())
    silent = not told and id_ in facts.proof.bound and id_ not in facts.proof.tied
    return copy.linked and not silent


def _count(count: int) -> str:
    return "one place" if count == 1 else f"{number(count)} places"


def _places(facts: Facts, linked: list[str]) -> str:
    return f"Your account stays on your data in {series(facts.name('copies', c) for c in linked)}."


def _details(facts: Facts, linked: list[str]) -> list[Block]:
    apart = [id_ for id_, copy in facts.policy.copies.items() if not copy.linked]
    blocks: list[Block] = []
    for title, ids in (("Your account is on these copies", linked), ("It is not on these", apart)):
        said = tuple(
            facts.say(upper(facts.name("copies", id_)), "copies", id_, "linked") for id_ in ids
        )
        blocks += [Items(title, said)] if said else []
    return [*blocks, *protection.undo(facts, facts.doors)]
