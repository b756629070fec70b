"""Blocks that several answers share: lists of data, of protections, of people who get data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..policy import strength
from ..policy.choices import Step, Strength
from ..policy.entities import Exclusion, Use
from ..proof.claims import Door
from .facts import Facts
from .model import Items, Sentence
from .routes import takes
from .wording import sentence, some, upper

STAGES = {
    "before-storage": "before we store it",
    "before-review": "before people read it",
    "before-sharing": "before we share it",
    "before-publication": "before we publish it",
}


def stage(facts: Facts, step: Step, doors: Iterable[Door]) -> str:
    """By when a step has run; `before-training` is said for what the routes are for."""
    if step.stage in STAGES:
        return STAGES[step.stage]
    wanted = list(doors)
    if all(door.use_id in facts.training for door in wanted):
        return "before training"
    if all(door.use.purpose == "human-review" for door in wanted):
        return STAGES["before-review"]
    return "before we use it"


def data_items(facts: Facts, door: Door, title: str) -> Items:
    """Each kind of data that a route takes."""
    base = ("uses", door.use_id, *door.path("data"))
    return Items(
        title,
        tuple(
            facts.say(
                upper(takes(facts, door, [data])),
                *base,
                claims=facts.used(door, [data]),
                link=f"data/{data}",
            )
            for data in door.data
        ),
    )


def never_claims(facts: Facts, use_id: str, data: Iterable[str]) -> list[str]:
    """What backs that a use keeps data out by every route."""
    return [
        c
        for item in data
        for c in facts.about("never-used", use=use_id, data=item, subject="never")
    ]


def never_items(facts: Facts, use_id: str, use: Use, title: str) -> Items | None:
    """Each kind of data under `never`, with what makes it other data."""
    said = [
        facts.say(
            f"{upper(facts.name('data', data))}{becomes(facts, exclusion)}",
            "uses",
            use_id,
            "never",
            index,
            claims=never_claims(facts, use_id, [data]),
            link=f"data/{data}",
        )
        for index, exclusion in enumerate(use.never)
        for data in exclusion.data
    ]
    return Items(title, tuple(said)) if said else None


def becomes(facts: Facts, exclusion: Exclusion) -> str:
    """When excluded data becomes other data."""
    if not exclusion.unless:
        return ""
    event = facts.name("events", exclusion.unless)
    if not exclusion.becomes:
        return f", unless {event}"
    return f", unless {event}. Then it counts as {facts.name('data', exclusion.becomes)}"


def never_sentence(facts: Facts, use_id: str, use: Use) -> Sentence | None:
    """Like "We never use files that you upload for training the models."."""
    data = [d for exclusion in use.never for d in exclusion.data]
    if not data:
        return None
    return facts.say(
        f"We never use {some(facts.data(data), joiner='or')} for this.",
        "uses",
        use_id,
        "never",
        claims=never_claims(facts, use_id, data),
    )


# -- protections -----------------------------------------------------------------------------


def steps_of(facts: Facts, door: Door) -> list[tuple[str, Step]]:
    return [(id_, facts.policy.steps[id_]) for id_ in door.steps if id_ in facts.policy.steps]


def step_claims(facts: Facts, door: Door, step_id: str) -> list[str]:
    """What backs that a step acts before data of a route is used, with its numbers."""
    return facts.about(
        "deidentified-before", "parameter-kept", use=door.use_id, route=door.route, subject=step_id
    )


def step_sentence(facts: Facts, doors: Iterable[Door], step_id: str) -> Sentence:
    """Like "We replace e-mail addresses before training."."""
    step, wanted = facts.policy.steps[step_id], list(doors)
    passed = [door for door in wanted if step_id in door.steps]
    claims = [
        c
        for door in passed
        for c in facts.about(
            "deidentified-before", use=door.use_id, route=door.route, subject=step_id
        )
    ]
    text = f"We {step.name} {step_stage(facts, wanted, step_id)}."
    return facts.say(text, "steps", step_id, "name", claims=claims, link="anonymisation")


def step_stage(facts: Facts, doors: Iterable[Door], step_id: str) -> str:
    """By when a step has run on the routes that pass it."""
    passed = [door for door in doors if step_id in door.steps]
    return stage(facts, facts.policy.steps[step_id], passed)


def limits_sentence(facts: Facts, step_id: str) -> Sentence:
    """What a step does not catch, in the author's words."""
    return facts.say(sentence(facts.policy.steps[step_id].limits), "steps", step_id, "limits")


def data_strength(facts: Facts, door: Door, data: str) -> Strength:
    """The strongest word for one kind of data on one route."""
    steps = (s for _, s in steps_of(facts, door) if not s.data or data in s.data)
    return max((strength.of(s) for s in steps), key=strength.LADDER.index, default="none")


def unless_sentence(facts: Facts, exclusion: Exclusion) -> str:
    """Like "When you copy it into a chat, raw content counts as your chats."."""
    data = some(facts.data(exclusion.data))
    event = facts.name("events", exclusion.unless or "")
    if not exclusion.becomes:
        return f"When {event}, this stops: we then use {data}."
    return f"When {event}, we treat {data} as {facts.name('data', exclusion.becomes)}."


def follow(said: Sentence) -> Sentence:
    """The sentence as the continuation of a list's item."""
    return replace(said, follows=True)
