"""The page of one use: what it takes, by which ways in, for whom, and who can stop it."""

from __future__ import annotations

from dataclasses import replace

from ..project import Project
from ..proof.claims import Door
from . import parts, recipients, routes, summary
from .facts import Facts, Row
from .model import Answer, Block, Items, Paragraph, Sentence
from .questions.legal_basis import basis_words
from .terms import FAMILIES, PURPOSES
from .wording import lower, number, period, series, upper


def use_answer(project: Project, id_: str) -> Answer:
    """What a use takes, by which ways in, for whom, and who can stop it."""
    facts = Facts.of(project)
    use, door = facts.policy.uses[id_], facts.ordinary(id_)
    found = summary.summary(facts, [door])
    rows = facts.rows(door)
    every = facts.of_use(id_) if id_ not in facts.opened else [door]
    claims = [c for d in every for row in facts.rows(d) for c in facts.backing(row)]
    lead, link = summary.lead(facts, found), summary.page(found)
    short = [facts.say("", *rows[0].where, lead=lead, claims=claims, link=link)]
    if found.differs:
        short += summary.group_sentences(facts, found)
    if not door.closed:
        short += routes.takes_sentences(facts, door)
    elif id_ not in facts.opened:
        untaken = replace(routes.untaken(facts, door), claims=tuple(dict.fromkeys(claims)))
        short.append(facts.true(untaken))
    return Answer(
        upper(use.name),
        tuple(short),
        exceptions=summary.exceptions(facts, found),
        details=tuple(_use_blocks(facts, id_)),
        applies=_applies(found),
    )


def _applies(found: summary.Summary) -> str:
    """Those for whom it is not off for good; groups that leave nobody out are everyone."""
    opened = [group.who for group in found.groups if group.state != "never"]
    whole = len(opened) in (0, len(found.groups))
    return "everyone" if whole else "; or ".join(opened)


def _use_blocks(facts: Facts, id_: str) -> list[Block]:
    use, door = facts.policy.uses[id_], facts.ordinary(id_)
    blocks: list[Block] = []
    table = summary.state_table(facts, door, "Who it applies to")
    blocks += [table] if table else []
    if not door.closed:
        blocks.append(parts.data_items(facts, door, "What we use"))
    blocks += [way for d in facts.of_use(id_) if d.route for way in _way_in(facts, d)]
    never = parts.never_items(facts, id_, use, "What we never use for this")
    blocks += [never] if never else []
    opened = [d for d in facts.of_use(id_) if not d.closed]
    steps = [
        sentence
        for step_id in dict.fromkeys(s for d in opened for s, _ in parts.steps_of(facts, d))
        for sentence in (
            parts.step_sentence(facts, opened, step_id),
            parts.follow(parts.limits_sentence(facts, step_id)),
        )
    ]
    blocks += [Items("What we do to it first", tuple(steps))] if steps else []
    named = [r for r in use.recipients if r in facts.policy.recipients] if opened else []
    shown = [recipients.shows(facts, id_, r) for r in named]
    blocks += [Items("Who else gets it", tuple(shown))] if shown else []
    return [*blocks, Items("Good to know", tuple(_use_facts(facts, id_)))]


def _way_in(facts: Facts, door: Door) -> list[Block]:
    """A route that an event opens: what it takes, who can stop it, why."""
    said = []
    for row in facts.rows(door):
        if row.line.state == "never":
            continue
        who = row.who if len(facts.rows(door)) > 1 else ""
        said += routes.takes_sentences(facts, door, who)
        said += [s for s in (routes.stops(facts, row), routes.avoid(facts, door, row.line)) if s]
    said += routes.sets(facts, door) if said else []
    why = door.use.also[door.route].why
    if why:
        said.append(facts.say(why, "uses", door.use_id, *door.path("why")))
    return [Paragraph(tuple(said), f"Another way in: {routes.when(facts, door)}")] if said else []


def _use_facts(facts: Facts, id_: str) -> list[Sentence]:
    use = facts.policy.uses[id_]
    at = ("uses", id_)
    said = [facts.say(f"Purpose: {lower(PURPOSES[use.purpose])}.", *at, "purpose")]
    if use.models:
        verb = "trains" if id_ in facts.training and id_ in facts.opened else "is about"
        text = f"It {verb} {facts.named('models', use.models)}."
        said.append(facts.say(text, *at, "models"))
        said += [
            facts.say(f"{upper(model.name)}: {FAMILIES[model.family]}.", "models", m, "family")
            for m, model in facts.policy.models.items()
            if m in use.models
        ]
    said += [way for row in facts.rows(facts.ordinary(id_)) if (way := _ways(facts, row))]
    for index, basis in enumerate(use.basis):
        who = facts.who(basis)
        start = "Legal basis" if who == "everyone" else f"Legal basis, {who}"
        text = f"{start}: {basis_words(basis)}."
        said.append(facts.say(text, *at, "basis", index))
    if use.tell_before_change:
        text = f"We tell you {period(use.tell_before_change)} before this changes."
        said.append(facts.say(text, *at, "tell-before-change"))
    only = facts.about("nothing-undeclared", use=id_)
    if only and id_ in facts.opened:
        said.append(facts.say("We use no other data for this.", *at, "data", claims=only))
    return said


def _ways(facts: Facts, row: Row) -> Sentence | None:
    """Like "There are two ways to refuse: A and B. One of them is enough."."""
    controls = row.line.control
    if len(controls) < 2:
        return None
    act = "refuse" if row.line.state == "opt-out" else "allow it"
    who = "" if row.who == "everyone" else f"{upper(row.who)}: "
    text = f"there are {number(len(controls))} ways to {act}: "
    text += f"{series(facts.name('controls', c) for c in controls)}. One of them is enough."
    claims = facts.honoured(row.door, controls)
    return facts.say(who + (text if who else upper(text)), *row.where, "control", claims=claims)
