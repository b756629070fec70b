"""Whether data can be taken out of a model that exists."""

from __future__ import annotations

from dataclasses import replace

from ...project import Project
from .. import choices, summary
from ..facts import Facts
from ..model import Answer, Items, Sentence
from ..needs import missing
from ..rights import once
from ..wording import sentence

ID = "take-out-of-model"
GROUP = "how-long-and-my-rights"
ASKS = "Can you take my data out of a trained model?"
PARAPHRASES = (
    "unlearning",
    "remove my data from the AI",
    "can the model forget me",
    "does deleting remove it from the model",
)
RELATED = ("after-deletion", "when-choice-takes-effect", "my-rights")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    if facts.training and all(d.closed for u in facts.training for d in facts.of_use(u)):
        found = summary.summary(facts, [facts.ordinary(u) for u in facts.training])
        claims = [c for g in found.groups for row in g.rows for c in facts.backing(row)]
        text = "We do not train models with your data."
        return Answer(ASKS, (facts.say(text, lead="There is nothing to take out.", claims=claims),))
    controls = {
        c: control.effect.refusing.trained
        for u in facts.training
        for d in facts.of_use(u)
        for line in d.lines
        for c in line.control
        if (control := facts.policy.controls.get(c)) and control.effect
    }
    removed = [c for c, trained in controls.items() if trained == "removed"]
    lead = "No." if not removed else "Yes." if len(removed) == len(controls) else "In part."
    said = dict.fromkeys(s for c in (removed[:1] or list(controls)[:1]) for s in _trained(facts, c))
    first, *rest = said
    start = replace(first, lead=lead, claims=(), link=f"controls/{next(iter(controls))}")
    return Answer(
        ASKS,
        (start, *rest),
        exceptions=_limits(facts),
    )


def _trained(facts: Facts, control_id: str) -> list[Sentence]:
    said = [s for _, s in choices.effects(facts, control_id)]
    effect = facts.policy.controls[control_id].effect
    if effect is None:
        return []
    later = "A refusal keeps your data out of later training."
    at = ("controls", control_id, "effect", "refusing", "future")
    stops = facts.say(later, *at, claims=said[0].claims, link=f"controls/{control_id}")
    return [said[3], said[2], *([stops] if effect.refusing.stored != "continues" else [])]


def _limits(facts: Facts) -> Items | None:
    said = once(
        facts.say(sentence(limit), "rights", id_, "limits", index)
        for id_, right in facts.policy.rights.items()
        if right.right == "erase"
        for index, limit in enumerate(right.limits)
    )
    return Items("Your right to erase has limits:", said) if said else None
