"""The page of one control: what it decides, how to use it, and what a refusal does."""

from __future__ import annotations

from dataclasses import replace

from ..project import Project
from . import choices, clicks, keeping, routes, summary
from .facts import Facts
from .model import Answer, Block, Items, Paragraph, Sentence, Table
from .open_routes import No, refusal
from .questions.other_purposes import use_line
from .wording import series, upper

EFFECTS = "What stops, and what goes on"


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
    short = [clicks.lead(facts, id_)] if choices.is_opt_out(facts, id_) else []
    defaults = choices.default_sentences(facts, id_)
    if not short and defaults and not defaults[0].correction:
        defaults[0] = replace(defaults[0], lead=defaults[0].text, text="")
    text = "No use in this policy depends on it."
    if keeping.of_control(facts, id_):
        text = "It decides how long we keep data."
    none = facts.say(text, "controls", id_)
    return [*short, *defaults] or [none]


def _blocks(facts: Facts, id_: str, closed: list[No]) -> list[Block]:
    blocks: list[Block] = [clicks.steps(facts, id_)]
    effects = choices.effects(facts, id_)
    if effects:
        rows = tuple((facts.say(time, "controls", id_), said) for time, said in effects)
        blocks.append(Table(EFFECTS, ("What", "After a refusal"), rows))
    again = choices.allowing_sentences(facts, id_)
    blocks += [Paragraph(tuple(again), "If you allow it again")] if again else []
    uses = dict.fromkeys(row.door.use_id for row in facts.deciding(id_))
    decides = tuple(use_line(facts, use) for use in uses)
    blocks += [Items("What it decides", decides)] if decides else []
    others = _others(facts, id_)
    blocks += [others] if others else []
    kept = _kept(facts, id_)
    blocks += [kept] if kept else []
    goes_on = routes.goes_on(facts, closed)
    blocks += [goes_on] if goes_on else []
    return [*blocks, Items("Good to know", tuple(choices.good_to_know(facts, id_)))]


def _others(facts: Facts, id_: str) -> Items | None:
    """The uses that train and are somebody's to decide, but by other controls."""
    mine = {row.door.use_id for row in facts.deciding(id_)}
    if not mine & facts.trains:
        return None
    said = []
    for use_id in facts.training:
        lines = [line for door in facts.of_use(use_id) for line in door.lines]
        controls = list(dict.fromkeys(c for line in lines for c in line.control))
        if use_id not in mine and controls:
            names = series(facts.name("controls", c) for c in controls)
            others = "another choice decides" if len(controls) == 1 else "other choices decide"
            text = f"{upper(facts.name('uses', use_id))}: {others} this, {names}."
            said.append(facts.say(text, "uses", use_id, "applies", link=f"controls/{controls[0]}"))
    return Items("What it does not decide", tuple(said)) if said else None


def _kept(facts: Facts, id_: str) -> Items | None:
    """How long data is kept with and without a refusal, and where a refusal changes nothing."""
    data = {d for row in facts.deciding(id_) for d in row.door.data}
    changed = keeping.of_control(facts, id_)
    said = [keeping.with_choice(facts, row_id) for row_id in changed]
    tables = {(facts.policy.retention[r].copy_, d) for r in changed
              for d in facts.policy.retention[r].data}  # fmt: skip
    same: dict[str, list[str]] = {}
    for row_id, row in facts.policy.retention.items():
        kept = [d for d in row.data if d in data and (row.copy_, d) not in tables]
        if kept and not row.when:
            same.setdefault(row_id, []).extend(kept)
    said += keeping.unchanged(facts, same, {copy for copy, _ in tables})
    once = {sentence.text: sentence for sentence in reversed(said)}
    return Items("How long we keep data", tuple(reversed(once.values()))) if said else None
