"""Sentences about rights: what people can ask for, how, and what limits it."""

from __future__ import annotations

from collections.abc import Iterable

from ..policy.choices import Right
from .facts import Facts
from .model import Block, ClickList, Clicks, Items, Sentence
from .terms import RIGHTS
from .wording import lower, path, series, upper, within
from .wording import sentence as as_sentence

_WHO = {
    "users": "It is for people who use the service.",
    "non-users": "It is for people who do not use the service.",
}

_OTHERS = "if you do not use the service"


def of_kinds(facts: Facts, kinds: tuple[str, ...]) -> list[str]:
    """The rights of these kinds, in the order of the kinds."""
    found = [
        (kinds.index(r.right), id_) for id_, r in facts.policy.rights.items() if r.right in kinds
    ]
    return [id_ for _, id_ in sorted(found, key=lambda pair: pair[0])]


def sentence_of(facts: Facts, right_id: str) -> Sentence:
    """Like "Get a copy of your data. Open Settings. We answer within 30 days."."""
    right = facts.policy.rights[right_id]
    who = _who(facts, right)
    start = "" if who == "everyone" else f"{upper(who)}: "
    does = path(right.how[0].do)
    text = f"{start}{lower(does) if start else does}."
    if right.answer_within:
        text += f" We answer {within(right.answer_within)}."
    return facts.say(text, "rights", right_id, "how", lead=f"{RIGHTS[right.right]}.")


def _who(facts: Facts, right: Right) -> str:
    return _OTHERS if right.who == "non-users" else facts.who(right)


def holder(facts: Facts, right: Right) -> str:
    """Like " (if you do not use the service)"; "" for everyone."""
    who = _who(facts, right)
    return "" if who == "everyone" else f" ({who})"


def limits(facts: Facts, ids: list[str], *, named: bool = False) -> Items | None:
    """What these rights cannot reach, and by what they can be refused; `named` says of which."""
    said: list[Sentence] = []
    for id_ in ids:
        right = facts.policy.rights[id_]
        if right.except_:
            out = series(_beyond(facts, target) for target in right.except_)
            start = f"{RIGHTS[right.right]}: this"
            said.append(facts.say(f"{start} does not reach {out}.", "rights", id_, "except"))
        said += [
            facts.say(
                f"{RIGHTS[right.right]}: {lower(as_sentence(limit))}"
                if named
                else as_sentence(limit),
                *("rights", id_, "limits", index),
            )
            for index, limit in enumerate(map(as_sentence, right.limits))
        ]
        if right.weighed:
            start = f"{RIGHTS[right.right]}: we" if named else "We"
            text = f"{start} can refuse it after we weigh {series(right.weighed)}."
            said.append(facts.say(text, "rights", id_, "weighed"))
    return Items("What this does not reach:", once(said)) if said else None


def once(said: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Each wording once: two rights of one kind share what they cannot reach."""
    first: dict[str, Sentence] = {}
    for sentence in said:
        first.setdefault(sentence.text, sentence)
    return tuple(first.values())


def _beyond(facts: Facts, target: str) -> str:
    """A model or a copy that a right cannot reach."""
    if target in facts.policy.models:
        return f"what {facts.name('models', target)} learned"
    return facts.name("copies", target)


def blocks(facts: Facts, ids: list[str]) -> list[Block]:
    """The ways of each right, and who has it."""
    found: list[Block] = []
    for id_ in ids:
        right = facts.policy.rights[id_]
        ways = []
        for how in right.how:
            who = facts.who(how)
            who = facts.who(right) if who == "everyone" else who
            where = "Everywhere" if who == "everyone" else upper(who)
            ways.append(Clicks(where, tuple(how.do), how.url))
        found.append(ClickList(RIGHTS[right.right], tuple(ways)))
        if right.who in _WHO:
            said = facts.say(_WHO[right.who], "rights", id_, "who")
            found.append(Items(f"Who can do this: {RIGHTS[right.right].lower()}", (said,)))
    return found
