"""The page of one control: what it decides, how to use it, and what a refusal does."""

from __future__ import annotations

from dataclasses import replace

from ..project import Project
from . import choices, keeping, routes, summary
from .facts import Facts
from .model import Answer, Block, Items, Paragraph, Sentence, Table
from .open_routes import No, refusal
from .questions.other_purposes import use_line
from .wording import upper


def control_answer(project: Project, id_: str) -> Answer:
    """What a control decides, how to use it, and what a refusal does."""
    facts = Facts.of(project)
    control = facts.policy.controls[id_]
    closed = refusal(facts, [id_])
    return Answer(
        upper(control.name),
        tuple(_short(facts, id_)),
        exceptions=routes.beside(facts, closed, summary.exceptions_title(facts, closed)),
        details=tuple(_blocks(facts, id_, closed)),
        applies=facts.who(control),
    )


def _short(facts: Facts, id_: str) -> list[Sentence]:
    """The clicks if one refuses by it, and what holds until then."""
    short = [choices.clicks_lead(facts, id_)] if choices.is_opt_out(facts, id_) else []
    defaults = choices.default_sentences(facts, id_)
    if not short and defaults:
        defaults[0] = replace(defaults[0], lead=defaults[0].text, text="")
    text = "No use in this policy depends on it."
    if any(id_ in s.choice for row in facts.policy.retention.values() for s in row.scope):
        text = "It decides how long we keep data."
    none = facts.say(text, "controls", id_)
    return [*short, *defaults] or [none]


def _blocks(facts: Facts, id_: str, closed: list[No]) -> list[Block]:
    blocks: list[Block] = [choices.clicks(facts, id_)]
    effects = choices.effects(facts, id_)
    if effects:
        rows = tuple((facts.say(time, "controls", id_), said) for time, said in effects)
        blocks.append(Table("What stops, and what goes on", ("What", "After a refusal"), rows))
    again = choices.allowing_sentences(facts, id_)
    blocks += [Paragraph(tuple(again), "If you allow it again")] if again else []
    uses = dict.fromkeys(row.door.use_id for row in facts.deciding(id_))
    decides = tuple(use_line(facts, use) for use in uses)
    blocks += [Items("What it decides", decides)] if decides else []
    kept = tuple(
        keeping.kept_sentence(facts, row_id)
        for row_id, row in facts.policy.retention.items()
        if any(id_ in scope.choice for scope in row.scope)
    )
    blocks += [Items("How long we keep data, by this choice", kept)] if kept else []
    goes_on = routes.goes_on(facts, closed)
    blocks += [goes_on] if goes_on else []
    return [*blocks, Items("Good to know", tuple(choices.good_to_know(facts, id_)))]
