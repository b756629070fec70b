"""The facts of one step: what it looks for, its numbers, who does it, its test and its failure."""

from __future__ import annotations

from collections.abc import Sequence

from ..policy import strength
from ..proof.claims import Door
from .facts import Facts
from .model import Sentence
from .wording import rate, series

_COVERED = {
    "still-covered": "This policy still covers what comes out.",
    "leaves-policy": "After this step, this policy no longer covers the data. "
    "We can use what comes out for anything.",
}
_FAILS = {
    "drop": "If this fails, we leave the data out.",
    "stop": "If this fails, the whole run stops.",
    "pass": "If this fails, the data goes on without it.",
}
_PARAMETERS = {
    "k": "A group has {} people or more.",
    "min-people": "A group has {} people or more.",
    "area-km2": "An area is {} square kilometres or more.",
    "epsilon": "Its privacy budget, epsilon, is {} or less.",
    "delta": "Its delta is {} or less.",
    "recall": "It finds {} of what it looks for.",
    "min-length": "It looks at texts of {} characters or more.",
}
_DOERS = {"rules": "Fixed rules do this.", "model": "A model does this.",
          "people": "People do this."}  # fmt: skip


def step_facts(facts: Facts, doors: Sequence[Door], step_id: str) -> list[Sentence]:
    """What a step looks for, its numbers, its test and its failure, one sentence each."""
    step = facts.policy.steps[step_id]
    at = ("steps", step_id)
    said = []
    if step.entities:
        found = series(entity.replace("-", " ") for entity in step.entities)
        mine = parameter_claims(facts, doors, step_id, "entities")
        said.append(facts.say(f"It looks for: {found}.", *at, "entities", claims=mine))
    said += parameter_sentences(facts, doors, step_id)
    if step.done_by:
        said.append(facts.say(_DOERS[step.done_by], *at, "done-by"))
    if step.detector:
        said.append(facts.say(f"It runs with {step.detector}.", *at, "detector"))
    closed = [
        c
        for door in doors
        if step_id in door.steps
        for c in facts.about("fails-closed", use=door.use_id, route=door.route, subject=step_id)
    ]
    said.append(facts.say(_FAILS[step.on_failure], *at, "on-failure", claims=closed))
    if step.tested:
        said.append(facts.say(f"Test: {step.tested}", *at, "tested"))
    if step.afterwards == "leaves-policy" or strength.of(step) != "none":
        said.append(facts.say(_COVERED[step.afterwards], *at, "afterwards"))
    return [*said, facts.say(f"Limit: {step.limits}", *at, "limits")]


def parameter_sentences(facts: Facts, doors: Sequence[Door], step_id: str) -> list[Sentence]:
    """The numbers of a step."""
    return [
        facts.say(
            parameter(name, value, facts.policy.steps[step_id].per),
            *("steps", step_id, "parameters", name),
            claims=parameter_claims(facts, doors, step_id, name),
        )
        for name, value in facts.policy.steps[step_id].parameters.items()
    ]


def parameter_claims(facts: Facts, doors: Sequence[Door], step_id: str, name: str) -> list[str]:
    """What backs that a step runs with this number, or looks for these things."""
    return [
        c
        for door in doors
        if step_id in door.steps
        for c in facts.about("parameter-kept", use=door.use_id, route=door.route, subject=step_id)
        if f"/{step_id}/{name}@" in c
    ]


def parameter(name: str, value: float, per: str = "all") -> str:
    """A number of a step with its unit."""
    if name == "sample-rate":
        whose = "" if per == "all" else f" of each {per}"
        return f"It takes {rate(value, 'record ')}{whose}."
    shown = rate(value) if name == "recall" else f"{value:,.10g}"
    return _PARAMETERS[name].format(shown)
