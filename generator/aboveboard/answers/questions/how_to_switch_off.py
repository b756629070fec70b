"""How to refuse, step by step."""

from __future__ import annotations

from dataclasses import replace

from ...project import Project
from .. import choices, clicks, routes, summary
from ..facts import Facts
from ..model import Answer, Block, Sentence
from ..needs import missing
from ..open_routes import refusal
from ..wording import upper

ID = "how-to-switch-off"
GROUP = "my-choices"
ASKS = "How do I turn it off, step by step?"
PARAPHRASES = (
    "opt out of training",
    "switch off training",
    "where is the setting",
    "how do I stop you using my data",
    "turn off model improvement",
)
RELATED = ("when-choice-takes-effect", "still-used-after-refusal", "what-i-lose")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    first = first_choices(facts)
    every = all_choices(facts)
    if not every:
        return _none(facts)
    short: list[Sentence] = []
    for id_ in first or every[:1]:
        short += how_sentences(facts, id_, many=len(first))
    closed = refusal(facts, first or every[:1])
    blocks: list[Block] = [
        clicks.steps(facts, id_, upper(facts.name("controls", id_))) for id_ in every
    ]
    goes_on = routes.goes_on(facts, closed)
    return Answer(
        ASKS,
        tuple(short),
        exceptions=routes.beside(facts, closed, summary.exceptions_title(facts, closed)),
        details=(*blocks, *([goes_on] if goes_on else [])),
    )


def all_choices(facts: Facts) -> list[str]:
    """The controls by which somebody refuses, those over training first."""
    first = first_choices(facts)
    rows = [r for d in facts.doors for r in facts.rows(d) if r.line.state == "opt-out"]
    return list(dict.fromkeys([*first, *(c for row in rows for c in row.line.control)]))


def first_choices(facts: Facts) -> list[str]:
    """The controls by which somebody refuses training."""
    doors = [door for door in facts.doors if door.use_id in facts.training]
    rows = [row for door in doors for row in facts.rows(door) if row.line.state == "opt-out"]
    return list(dict.fromkeys(c for row in rows for c in row.line.control))


def how_sentences(facts: Facts, control_id: str, *, many: int) -> list[Sentence]:
    """The clicks, and unless there are many: how soon it holds, and how far."""
    control = facts.policy.controls[control_id]
    lead = clicks.lead(facts, control_id)
    if many > 1:
        who = facts.who(control)
        text = f"For {control.name}{'' if who == 'everyone' else f' ({who})'}."
        lead = replace(lead, text=text)
    if many > 2:
        return [lead]
    delay = choices.delay_sentence(facts, control_id)
    return [lead, *([delay] if delay else []), choices.spread_sentence(facts, control_id)]


def _none(facts: Facts) -> Answer:
    rows = [row for door in facts.doors for row in facts.rows(door)]
    if lacking := missing(ID, facts.policy):
        return Answer(ASKS, (), missing=lacking)
    open_ = [row for row in rows if row.line.state == "always"]
    asked = [row for row in rows if row.line.state in ("opt-in", "ask")]
    if open_ and not asked:
        text = "No use in this policy has a switch."
        return Answer(ASKS, (facts.say(text, *open_[0].where, lead="You cannot."),))
    text = "Nothing that you decide starts before somebody allows it."
    at = (asked or rows)[0].where
    claims = [c for row in asked for c in facts.backing(row)]
    return Answer(ASKS, (facts.say(text, *at, lead="You need not.", claims=claims),))
