"""Whether a model can repeat what a reader wrote, and what is done against it."""

from __future__ import annotations

from ...project import Project
from .. import guards, parts, summary
from ..facts import Facts
from ..model import Answer, Items, Sentence
from ..needs import AGAINST_REPEATING, missing, open_training

ID = "could-repeat"
GROUP = "anonymous-and-who-sees-it"
ASKS = "Can the model repeat what I wrote?"
PARAPHRASES = (
    "memorisation",
    "will my text show up in answers to others",
    "can the AI leak my chats",
    "does it copy training data word for word",
)
RELATED = ("anonymised", "take-out-of-model", "sensitive-information")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    doors = open_training(facts.policy)
    guarding = [i for i, s in facts.policy.safeguards.items() if s.against == "memorisation"]
    steps = {
        id_: step
        for door in doors
        for id_, step in parts.steps_of(facts, door)
        if step.technique in AGAINST_REPEATING
    }
    said = guards.names(facts, guarding) if guarding else []
    said += [parts.step_sentence(facts, doors, id_) for id_ in steps]
    limits = [parts.limits_sentence(facts, id_) for id_ in steps]
    cannot = guards.cannot(facts, guarding)
    limits += cannot.sentences if cannot else ()
    return Answer(
        ASKS,
        (_first(facts), *said),
        exceptions=Items("What this cannot do:", tuple(limits)) if limits else None,
        details=tuple(guards.blocks(facts, guarding)),
    )


def _first(facts: Facts) -> Sentence:
    doors = open_training(facts.policy)
    if not doors and facts.training:
        found = summary.summary(facts, [facts.ordinary(use) for use in facts.training])
        claims = [c for group in found.groups for row in group.rows for c in facts.backing(row)]
        text = "We do not train models with your data."
        return facts.say(text, *found.groups[0].rows[0].where, lead="No.", claims=claims)
    text = "A model can repeat a text that it learned from."
    at = ("uses", doors[0].use_id, "models") if doors else ("safeguards",)
    return facts.say(text, *at, lead="Yes.", claims=[c for d in doors for c in facts.used(d)])
