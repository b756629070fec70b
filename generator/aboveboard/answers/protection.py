"""Sentences about protections: how far they go, what they miss, and who can undo them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..policy import strength
from ..policy.choices import Relink, Step
from ..proof.claims import Door
from .facts import Facts
from .model import Block, Items, Sentence, Table
from .parts import (
    data_strength,
    limits_sentence,
    step_claims,
    step_sentence,
    steps_of,
)
from .routes import when
from .step_facts import step_facts
from .terms import STRENGTHS
from .wording import series, upper


def doors_of(facts: Facts) -> list[Door]:
    """The open routes of the uses that train; of all uses, if none trains."""
    opened = [door for door in facts.doors if not door.closed]
    return [door for door in opened if door.use_id in facts.training] or opened


def all_steps(facts: Facts, doors: Iterable[Door]) -> dict[str, Step]:
    """The steps of some routes, each once, in order."""
    return {id_: step for door in doors for id_, step in steps_of(facts, door)}


def removing(steps: dict[str, Step]) -> dict[str, Step]:
    """The steps that make data less personal, not those that protect in other ways."""
    return {id_: step for id_, step in steps.items() if strength.of(step) != "none"}


def lead(levels: Sequence[str]) -> str:
    """The answer word for the strengths reached."""
    found = set(levels)
    if found == {"anonymised"}:
        return "Yes."
    if len(found) == 1:
        return {
            "none": "No. We use it as it is.",
            "unlinked": "No. It is unlinked from your account.",
            "pseudonymised": "No. It is pseudonymised.",
            "reduced": "No. We reduce what points to you.",
            "de-identified": "No. It is de-identified.",
            "aggregated": "No. It is counted in groups.",
        }[levels[0]]
    return "Not all of it." if "anonymised" in found else "No."


def short(facts: Facts, doors: Sequence[Door]) -> list[Sentence]:
    """The answer word, then each step that makes data less personal."""
    levels = [data_strength(facts, door, data) for door in doors for data in door.data]
    steps = removing(all_steps(facts, doors))
    claims = [c for door in doors for s in steps for c in step_claims(facts, door, s)]
    at = ("steps", next(iter(steps))) if steps else ("uses", doors[0].use_id)
    first = facts.say("", *at, lead=lead(levels), claims=claims, link="anonymisation")
    if not steps:
        return [first]
    bare = [door for door in doors if not removing(all_steps(facts, [door]))]
    said = [_bare(facts, door) for door in bare]
    said += [step_sentence(facts, doors, id_) for id_ in steps]
    return [first, *merged(said)]


def merged(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Each text once, with the claims of all who say it."""
    found: dict[str, Sentence] = {}
    for said in sentences:
        known = found.get(said.whole)
        claims = tuple(dict.fromkeys((*(known.claims if known else ()), *said.claims)))
        found[said.whole] = replace(known or said, claims=claims)
    return list(found.values())


def _bare(facts: Facts, door: Door) -> Sentence:
    opened = when(facts, door)
    text = f"{opened + ', we' if opened else 'we'} change nothing before {door.use.name}."
    return facts.say(upper(text), "uses", door.use_id, *door.path())


def gaps(facts: Facts, doors: Iterable[Door]) -> Items | None:
    """What the steps do not catch, in their author's words."""
    steps = removing(all_steps(facts, doors))
    said = merged(limits_sentence(facts, id_) for id_ in steps)
    return Items("What this does not catch:", tuple(said)) if said else None


def details(facts: Facts, doors: Sequence[Door]) -> list[Block]:
    """How far it goes for each use, what each step does, and what the words mean."""
    blocks: list[Block] = [reach_table(facts, doors), step_table(facts, doors)]
    return [*blocks, meanings(facts, doors), *tests(facts, doors), *undo(facts, doors)]


def reach_table(facts: Facts, doors: Iterable[Door]) -> Table:
    """The strongest word for each use and its data: the weakest step that all of it passes."""
    rows = []
    for door in doors:
        opened = when(facts, door)
        name = upper(f"{door.use.name}, {opened}" if opened else door.use.name)
        for level, data in _levels(facts, door).items():
            applied = [
                id_ for id_, s in steps_of(facts, door) if not s.data or set(data) & set(s.data)
            ]
            claims = [c for s in applied for c in step_claims(facts, door, s)
                      if facts.proof.judged[c].claim.data in data]  # fmt: skip
            at = ("uses", door.use_id, *door.path())
            rows.append(
                (
                    facts.say(name, *at),
                    facts.say(upper(series(facts.data(data))), *at),
                    facts.say(STRENGTHS[level][0], *at, claims=claims),
                )
            )
    return Table("How far it goes", ("Use", "Data", "Result"), tuple(rows))


def _levels(facts: Facts, door: Door) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for data in door.data:
        found.setdefault(data_strength(facts, door, data), []).append(data)
    return found


def step_table(facts: Facts, doors: Sequence[Door]) -> Table:
    """Each step, what it reaches, and who can undo it."""
    rows = []
    for id_, step in all_steps(facts, doors).items():
        undo_words = "Nobody" if not step.relink else upper(series(r.by for r in step.relink))
        level = strength.of(step)
        result = STRENGTHS[level][0] if level != "none" else "Protects in another way"
        rows.append(
            (
                facts.say(upper(step.name), "steps", id_, "name"),
                facts.say(result, "steps", id_, "technique", beside=id_),
                facts.say(undo_words, "steps", id_, "relink", beside=id_),
            )
        )
    return Table("What each step does", ("Step", "Result", "Who can undo it"), tuple(rows))


def meanings(facts: Facts, doors: Iterable[Door]) -> Items:
    """What the words for strengths mean; "anonymised" is told apart always."""
    used = {data_strength(facts, door, data) for door in doors for data in door.data}
    used |= {strength.of(step) for step in removing(all_steps(facts, doors)).values()}
    words = [level for level in strength.LADDER if level in used]
    said = [facts.say(f"{STRENGTHS[w][0]}: {STRENGTHS[w][1]}") for w in words]
    if "anonymised" not in used:
        said.append(
            facts.say(
                "Anonymised: nobody can tell who it came from. We do not reach that, so we do "
                "not use the word."
            )
        )
    return Items("What the words mean", tuple(said))


def tests(facts: Facts, doors: Sequence[Door]) -> list[Block]:
    """How steps were tested, what they look for, and what happens when they fail."""
    blocks: list[Block] = []
    for id_, step in all_steps(facts, doors).items():
        said = step_facts(facts, doors, id_)
        blocks += [Items(upper(step.name), tuple(said))] if said else []
    return blocks


_PROMISES = {
    "never": "We never try to find out who it came from.",
    "if-law-permits": "We never try to find out who it came from, unless the law permits it.",
}


def relinkers(facts: Facts, steps: dict[str, Step]) -> list[Sentence]:
    """Who can tie data to a person again, and for what."""
    return [
        facts.say(
            f"We {step.name}. {upper(relink.by)} can undo this, for {_reason(facts, relink)}.",
            *("steps", id_, "relink", index),
            beside=id_,
        )
        for id_, step in steps.items()
        for index, relink in enumerate(step.relink)
    ]


def _reason(facts: Facts, relink: Relink) -> str:
    """The uses for which somebody can tie data to a person again, or the author's words."""
    return series([*(facts.name("uses", use) for use in relink.for_), *filter(None, [relink.why])])


def undo(facts: Facts, doors: Iterable[Door]) -> list[Block]:
    """The steps that nobody can undo, and data that is never joined with other data."""
    doors = list(doors)
    steps = removing(all_steps(facts, doors))
    said = [
        facts.say(f"We {step.name}. Nobody can undo this.", "steps", id_, "relink", beside=id_)
        for id_, step in steps.items()
        if not step.relink
    ]
    blocks: list[Block] = [Items("What nobody can undo", tuple(merged(said)))] if said else []
    kept = [
        facts.say(
            f"After we {step.name}, we keep it that way. {_PROMISES[step.re_identify]}",
            *("steps", id_, "re-identify"),
        )
        for id_, step in steps.items()
        if step.re_identify
    ]
    blocks += [Items("What we promise", tuple(merged(kept)))] if kept else []
    apart = [
        facts.say(
            f"After we {step.name}, we never join it again with "
            f"{series(facts.data(step.never_joined_with))}.",
            *("steps", id_, "never-joined-with"),
            claims=[
                c for d in doors for c in facts.about("never-joined", use=d.use_id, subject=id_)
            ],
        )
        for id_, step in steps.items()
        if step.never_joined_with
    ]
    return [*blocks, *([Items("What we keep apart", tuple(apart))] if apart else [])]
