"""When a refusal takes effect, and what it does to the past."""

from __future__ import annotations

from ...policy.choices import Control
from ...project import Project
from .. import choices
from ..facts import Facts
from ..model import Answer, Block, Paragraph, Sentence
from ..needs import missing
from ..wording import upper, within
from .how_to_switch_off import all_choices, first_choices

ID = "when-choice-takes-effect"
GROUP = "my-choices"
ASKS = "When does my choice take effect, and does it cover the past?"
PARAPHRASES = (
    "does opting out delete what you already have",
    "is it retroactive",
    "how long until it stops",
    "what happens to old chats when I opt out",
)
RELATED = ("how-to-switch-off", "take-out-of-model", "still-used-after-refusal")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    named = [c for c in all_choices(facts) if facts.policy.controls[c].effect]
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    first = (first_choices(facts) or named)[0]
    if first not in named:
        first = named[0]
    blocks: list[Block] = []
    for id_ in named:
        said = [s for _, s in choices.effects(facts, id_)] if id_ != first else []
        delay = choices.delay_sentence(facts, id_)
        said = [*([delay] if delay and id_ != first else []), *said]
        said += choices.allowing_sentences(facts, id_)
        if said:
            blocks.append(Paragraph(tuple(said), upper(facts.name("controls", id_))))
    return Answer(ASKS, tuple(_short(facts, first)), details=tuple(blocks))


def _covers(control: Control) -> str:
    assert control.effect, "asked only of controls with an effect"
    if control.effect.refusing.stored == "continues":
        return "It covers new data only."
    return "It covers new data and data that we hold."


def _short(facts: Facts, control_id: str) -> list[Sentence]:
    control = facts.policy.controls[control_id]
    at = ("controls", control_id, "takes-effect")
    text = f"This is for {control.name}."
    if control.takes_effect:
        said = [facts.say(text, *at, lead=f"{upper(within(control.takes_effect))}.")]
    else:
        said = [facts.say(text, *at, lead=_covers(control))]
        said.append(facts.say("This policy does not say how long it takes.", *at))
    return [*said, *(sentence for _, sentence in choices.effects(facts, control_id))]
