"""Sentences about safeguards: what they do against a harm, and what they cannot do."""

from __future__ import annotations

from .facts import Facts
from .model import Block, Items, Sentence
from .wording import day, sentence, series, upper

HARMS = {
    "bias": "Against learned bias",
    "memorisation": "Against repeating what people wrote",
    "misuse": "Against misuse",
    "error": "Against errors",
}


def names(facts: Facts, ids: list[str]) -> list[Sentence]:
    """What there is against a harm, in one sentence."""
    said = series(facts.name("safeguards", id_) for id_ in ids)
    return [facts.say(f"Against it we have {said}.", "safeguards", ids[0], link="safeguards")]


def cannot(facts: Facts, ids: list[str]) -> Items | None:
    said = tuple(
        facts.say(sentence(text), "safeguards", id_, "cannot", index)
        for id_ in ids
        for index, text in enumerate(facts.policy.safeguards[id_].cannot)
    )
    return Items("What this cannot do:", said) if said else None


def blocks(facts: Facts, ids: list[str]) -> list[Block]:
    """What each safeguard does, for which uses, when it was last tested."""
    found: list[Block] = []
    for id_ in ids:
        guard = facts.policy.safeguards[id_]
        at = ("safeguards", id_)
        said = [
            facts.say(sentence(text), *at, "does", index) for index, text in enumerate(guard.does)
        ]
        if guard.tested:
            said.append(facts.say(sentence(guard.tested), *at, "tested"))
        if guard.last_tested:
            text = f"The last test was on {day(guard.last_tested)}."
            said.append(facts.say(text, *at, "last-tested"))
        if guard.uses:
            text = f"It covers {series(facts.name('uses', use) for use in guard.uses)}."
            said.append(facts.say(text, *at, "uses"))
        found.append(Items(upper(guard.name), tuple(said)))
    return found
