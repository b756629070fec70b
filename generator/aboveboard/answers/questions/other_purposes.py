"""What data is used for besides answering the reader."""

from __future__ import annotations

from ...project import Project
from .. import summary
from ..facts import Facts
from ..model import Answer, Items, Sentence
from ..needs import missing
from ..terms import PURPOSES
from ..wording import lower, number, series, upper

ID = "other-purposes"
GROUP = "for-what"
ASKS = "What is my data used for besides answering me?"
PARAPHRASES = (
    "what do you do with my data",
    "why do you collect my data",
    "all purposes of processing",
    "is my data used for statistics or research",
)
RELATED = ("used-for-training", "ads-or-sold", "legal-basis")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    others = [
        id_
        for id_, use in facts.policy.uses.items()
        if use.purpose != "provide-service" and any(not d.closed for d in facts.of_use(id_))
    ]
    if not others:
        claims = [c for u in facts.policy.uses for c in facts.about("nothing-undeclared", use=u)]
        text = "We use your data to run the service only."
        return Answer(ASKS, (facts.say(text, lead="Nothing.", claims=claims),))
    purposes = dict.fromkeys(lower(PURPOSES[facts.policy.uses[u].purpose]) for u in others)
    lead = f"{upper(series(purposes))}."
    claims = [c for u in others for d in facts.of_use(u) if not d.closed for c in facts.used(d)]
    count = (
        "There is one such use."
        if len(others) == 1
        else f"There are {number(len(others))} such uses."
    )
    first = facts.say(count, lead=lead, claims=claims)
    every = Items("Each use, and who can stop it", tuple(use_line(facts, u) for u in others))
    service = [u for u in facts.policy.uses if u not in others]
    running = [u for u in service if facts.policy.uses[u].purpose == "provide-service"]
    details = [every]
    if running:
        lines = tuple(use_line(facts, u) for u in running)
        details.append(Items("To run the service itself", lines))
    return Answer(ASKS, (first,), details=tuple(details))


def use_line(facts: Facts, use_id: str) -> Sentence:
    """A use with its answer word: "Answering you: yes, and no switch stops it."."""
    found = summary.summary(facts, [facts.ordinary(use_id)])
    rows = [row for group in found.groups for row in group.rows]
    text = f"{upper(facts.name('uses', use_id))}: {lower(summary.lead(facts, found))}"
    claims = [c for row in rows for c in facts.backing(row)]
    return facts.say(text, *rows[0].where, claims=claims, link=f"uses/{use_id}")
