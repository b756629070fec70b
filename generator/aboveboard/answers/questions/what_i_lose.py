"""What a refusal costs."""

from __future__ import annotations

from ...project import Project
from .. import choices
from ..facts import Facts
from ..model import Answer, Items
from ..needs import missing
from ..wording import upper
from .how_to_switch_off import all_choices

ID = "what-i-lose"
GROUP = "my-choices"
ASKS = "What do I lose if I turn it off?"
PARAPHRASES = (
    "does opting out change the service",
    "do I lose my history",
    "is there a price for opting out",
    "do features stop when I opt out",
)
RELATED = ("how-to-switch-off", "on-by-default")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    named = all_choices(facts)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    losses = {id_: choices.loss_sentences(facts, id_) for id_ in named}
    costly = [id_ for id_, said in losses.items() if said]
    at = ("controls", named[0], "costs")
    if not costly:
        text = "That holds for each of your choices."
        return Answer(ASKS, (facts.say(text, *at, lead="Nothing."),))
    free = [facts.name("controls", id_) for id_ in named if id_ not in costly]
    lead = "It depends on what you turn off." if free else "This is what you lose."
    items = tuple(
        facts.say(
            f"{upper(facts.name('controls', id_))}: {sentence.text[:1].lower()}{sentence.text[1:]}",
            *("controls", id_, "costs"),
            link=f"controls/{id_}",
        )
        for id_ in costly
        for sentence in losses[id_]
    )
    free_items = tuple(
        facts.say(f"{upper(facts.name('controls', id_))}: you lose nothing.", "controls", id_)
        for id_ in named
        if id_ not in costly
    )
    details = (Items("Each choice", (*items, *free_items)),) if free else ()
    return Answer(ASKS, (facts.say("", *at, lead=lead), *items), details=details)
