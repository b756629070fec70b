"""The three answers on the first screen, each in one to three short sentences."""

from __future__ import annotations

from dataclasses import replace

from ..project import Project
from ..values import listed
from . import choices, clicks, parts, protection, routes, summary
from .facts import Facts
from .model import Answer, Sentence
from .open_routes import open_routes, refusal
from .questions import how_to_switch_off, used_for_training
from .wording import some, upper

USED = "What is used?"
ANONYMISED = "Is it anonymised?"
SWITCH = "How do I switch it off?"


def leads(project: Project) -> tuple[Answer, ...]:
    """What is used, whether it is anonymised, and how to switch it off."""
    facts = Facts.of(project)
    return (_used(facts), _anonymised(facts), _switch(facts))


def _used(facts: Facts) -> Answer:
    if not facts.training:
        return Answer(USED, (), missing="a use with the purpose 'train-model'")
    found = summary.summary(facts, [facts.ordinary(u) for u in facts.training])
    opened = [row for group in found.groups for row in group.rows if row.line.state != "never"]
    if not opened:
        claims = [c for group in found.groups for row in group.rows for c in facts.backing(row)]
        at = found.groups[0].rows[0].where
        first = facts.say("We do not train AI with your data.", *at, lead="Nothing.", claims=claims)
        short = [first]
    else:
        row = opened[0]
        text = f"We use this for {row.door.use.name}{routes.unless(facts, row.line)}."
        lead = f"{upper(some(facts.data(row.door.data), 2))}."
        link = _answer_page(facts, row.door.use_id)
        claims = facts.backing(row)
        short = [facts.say(text, *row.where, lead=lead, claims=claims, link=link)]
    short += _also(facts, found)
    never = [
        s for u in facts.training if (s := parts.never_sentence(facts, u, facts.policy.uses[u]))
    ]
    short += never[:1]
    applies = found.groups[0].who if found.differs else "everyone"
    return Answer(USED, tuple(short[:3]), applies=applies)


def _answer_page(facts: Facts, use_id: str) -> str:
    """Where the whole answer stands; the page of the use, if a team has moved the question."""
    entry = facts.policy.questions.get(used_for_training.ID)
    if entry and (entry.left_out or entry.group):
        return f"uses/{use_id}"
    return f"questions/{used_for_training.GROUP}"


def _also(facts: Facts, found: summary.Summary) -> list[Sentence]:
    """The routes that stay open, in one sentence."""
    opened = [r for r in open_routes(facts, summary.noes(facts, found)) if r.exception]
    events = list(dict.fromkeys(routes.when(facts, r.door) for r in opened if r.door.route))
    if not events:
        return []
    text = f"A refusal does not stop training {listed(events, 'or')}."
    claims = [c for r in opened if r.door.route for c in facts.used(r.door)]
    at = ("uses", opened[0].door.use_id, *opened[0].door.path("applies"))
    return [facts.say(text, *at, claims=claims)]


def _anonymised(facts: Facts) -> Answer:
    doors = protection.doors_of(facts)
    if not doors:
        return Answer(ANONYMISED, (), missing="a use with data")
    first, *steps = protection.short(facts, doors)
    gaps = protection.gaps(facts, doors)
    limits = list(gaps.sentences[:1]) if gaps else []
    said = [replace(first, text=steps[0].text) if steps and not first.text else first]
    if steps and not first.text:
        said = [replace(steps[0], lead=first.lead)]
    return Answer(ANONYMISED, (*said, *steps[1:2], *limits))


def _switch(facts: Facts) -> Answer:
    named = how_to_switch_off.first_choices(facts) or how_to_switch_off.all_choices(facts)
    if not named:
        full = how_to_switch_off.answer(facts.project)
        return Answer(SWITCH, full.short, missing=full.missing)
    first = clicks.lead(facts, named[0])
    control = facts.policy.controls[named[0]]
    effects = [s for _, s in choices.effects(facts, named[0])]
    delay = choices.delay_sentence(facts, named[0])
    opened = [r for r in open_routes(facts, refusal(facts, named[:1])) if r.exception]
    events = list(dict.fromkeys(routes.when(facts, r.door) for r in opened if r.door.route))
    short = [first, *([delay] if delay else effects[:1])]
    if effects and control.effect and control.effect.refusing.trained == "continues":
        short.append(effects[3])
    elif events:
        text = f"We still use data {listed(events, 'or')}."
        short.append(facts.say(text, "controls", named[0]))
    return Answer(SWITCH, tuple(short), applies=facts.who(control))
