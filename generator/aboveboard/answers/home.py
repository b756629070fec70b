"""The three answers on the first screen, each in one to three short sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..project import Project
from ..proof.claims import Door
from ..values import listed
from . import choices, clicks, parts, protection, routes, summary
from .facts import Facts, Row
from .model import Answer, Sentence
from .open_routes import No, open_routes, refusal
from .questions import how_to_switch_off, used_for_training
from .wording import some, upper

USED = "What is used?"
ANONYMISED = "Is it anonymised?"
SWITCH = "How do I switch it off?"


def leads(project: Project) -> tuple[Answer, ...]:
    """What is used, whether it is anonymised, and how to switch it off."""
    facts = Facts.of(project)
    return facts.kept(("leads",), lambda: (_used(facts), _anonymised(facts), _switch(facts)))


def _used(facts: Facts) -> Answer:
    if not facts.training:
        return Answer(USED, (), missing="a use with the purpose 'train-model'")
    found = summary.summary(facts, [facts.ordinary(u) for u in facts.training])
    events, claims = _events(facts, summary.noes(facts, found))
    group = next((g for g in found.groups if g.state != "never"), None)
    if group:
        short = [_open(facts, group.rows)]
        if events:
            text = f"We still train {_when(events)}."
            at = ("uses", group.rows[0].door.use_id)
            short.append(facts.say(text, *at, claims=claims))
    else:
        short = [_closed(facts, found, events, claims)]
    never = [said for u in facts.training if (said := _never(facts, u))]
    applies = (group or found.groups[0]).who if found.differs else "everyone"
    return Answer(USED, (*short, *never[:1]), applies=applies)


def _open(facts: Facts, rows: Sequence[Row]) -> Sentence:
    """What trains, and who can stop it."""
    row, data = rows[0], dict.fromkeys(d for row in rows for d in row.door.data)
    return facts.say(
        f"This trains our models{routes.unless(facts, row.line)}.",
        *row.where,
        lead=f"{upper(some(facts.data(data), 2))}.",
        claims=[c for row in rows for c in facts.backing(row)],
        link=_answer_page(facts, row.door.use_id),
    )


def _closed(
    facts: Facts, found: summary.Summary, events: Sequence[str], claims: Iterable[str]
) -> Sentence:
    """That nothing trains, or only what comes with an event."""
    rows = [row for group in found.groups for row in group.rows]
    kept_out = [c for row in rows for c in facts.backing(row)]
    lead = f"Nothing, except {_when(events)}." if events else "Nothing."
    text = "We do not train AI with other data." if events else "We do not train AI with your data."
    return facts.say(text, *rows[0].where, lead=lead, claims=[*kept_out, *claims])


def _never(facts: Facts, use_id: str) -> Sentence | None:
    """What never trains, whatever happens: by no use that trains."""
    use, doors = facts.policy.uses[use_id], (d for u in facts.training for d in facts.of_use(u))
    taken = {data for door in doors if not door.closed for data in door.data}
    found = [d for exclusion in use.never if not exclusion.unless for d in exclusion.data]
    data = [item for item in found if item not in taken]
    if not data:
        return None
    claims = parts.never_claims(facts, use_id, data)
    text = f"Never for this: {some(facts.data(data), 2)}."
    link = f"uses/{use_id}" if len(data) > 2 else ""  # to all of a list that is cut short
    return facts.say(text, "uses", use_id, "never", claims=claims, link=link)


def _answer_page(facts: Facts, use_id: str) -> str:
    """Where the whole answer stands; the page of the use, if a team has moved the question."""
    entry = facts.policy.questions.get(used_for_training.ID)
    if entry and (entry.left_out or entry.group):
        return f"uses/{use_id}"
    return f"questions/{used_for_training.GROUP}"


def _events(facts: Facts, noes: Iterable[No]) -> tuple[list[str], list[str]]:
    """What opens the exceptions to these, as "you rate an answer", and what backs that."""
    opened = [r for r in open_routes(facts, noes) if r.exception and r.door.route]
    claims = [c for r in opened for c in facts.used(r.door)]
    names = (routes.when(facts, r.door).removeprefix("when ") for r in opened)
    return list(dict.fromkeys(names)), claims


def _when(events: Sequence[str]) -> str:
    return f"when {listed(events, 'or')}"


def _anonymised(facts: Facts) -> Answer:
    doors = protection.doors_of(facts)
    if not doors:
        return Answer(ANONYMISED, (), missing="a use with data")
    first, *steps = protection.short(facts, doors)
    gaps = protection.gaps(facts, doors)
    limits = list(gaps.sentences[:1]) if gaps else []
    told = _joined(facts, doors) or steps[:2]
    if told and not first.text:
        first, told = replace(told[0], lead=first.lead), told[1:]
    return Answer(ANONYMISED, (first, *told, *limits))


def _joined(facts: Facts, doors: Sequence[Door]) -> list[Sentence]:
    """The first two steps in one sentence, the longer list last; none where that is not all true,
    or a route passes none of the steps."""
    bare = any(not protection.removing(protection.all_steps(facts, [door])) for door in doors)
    ids = list(protection.removing(protection.all_steps(facts, doors)))[:2]
    said = [parts.step_sentence(facts, doors, id_) for id_ in ids]
    ends = {parts.step_stage(facts, doors, id_) for id_ in ids}
    if bare or len(ids) < 2 or len(ends) > 1 or any(one.correction for one in said):
        return []
    names = sorted((facts.policy.steps[id_].name for id_ in ids), key=lambda name: "," in name)
    text = f"We {', and '.join(names)} {ends.pop()}."
    claims = dict.fromkeys(c for one in said for c in one.claims)
    return [facts.say(text, "steps", ids[0], "name", claims=claims, link="anonymisation")]


def _switch(facts: Facts) -> Answer:
    named = how_to_switch_off.first_choices(facts) or how_to_switch_off.all_choices(facts)
    if not named:
        full = how_to_switch_off.answer(facts.project)
        return Answer(SWITCH, full.short, missing=full.missing)
    first = clicks.lead(facts, named[0])
    control = facts.policy.controls[named[0]]
    effects = [s for _, s in choices.effects(facts, named[0])]
    delay = choices.delay_sentence(facts, named[0])
    events, _ = _events(facts, refusal(facts, named[:1]))
    short = [first, *([delay] if delay else effects[:1])]
    if effects and control.effect and control.effect.refusing.trained == "continues":
        short.append(effects[3])
    elif events:
        text = f"We still use data {_when(events)}."
        short.append(facts.say(text, "controls", named[0]))
    return Answer(SWITCH, tuple(short), applies=facts.who(control))
