"""The page of rights: what people can ask for, how, and what the policy does not say."""

from __future__ import annotations

from ..project import Project
from ..values import listed
from . import rights
from .facts import Facts
from .model import Answer, Block, ClickList, Clicks, Items, Sentence, Table
from .terms import RIGHTS
from .wording import lower, number, path, series, upper, within

# Rights of the GDPR that a page about rights is silent of by name only.
KNOWN = ("access", "correct", "erase", "restrict", "port", "object", "withdraw", "complain")
CONSENT = ("consent", "explicit-consent")


def rights_answer(project: Project) -> Answer:
    """What people can ask for by the policy, and what it leaves open."""
    facts = Facts.of(project)
    kinds = tuple(RIGHTS)
    ids = rights.of_kinds(facts, kinds)
    if not ids:
        return Answer("Your rights", (), missing="`rights`")
    blocks: list[Block] = [table(facts, ids), *objecting(facts)]
    blocks += [*taking_back(facts), *silent(facts), steps(facts, ids)]
    return Answer(
        "Your rights",
        (_first(facts, ids), _ask(facts)),
        exceptions=rights.limits(facts, ids, named=True),
        details=tuple(blocks),
    )


def _first(facts: Facts, ids: list[str]) -> Sentence:
    """Everything that people can ask for, in a list."""
    kinds = list(dict.fromkeys(facts.policy.rights[id_].right for id_ in ids))
    named = series((lower(RIGHTS[kind]) for kind in kinds), "or")
    many = f"{upper(number(len(kinds)))} {'right' if len(kinds) == 1 else 'rights'}."
    return facts.say(f"You can {named}.", "rights", ids[0], lead=many)


def _ask(facts: Facts) -> Sentence:
    """Where to ask about a right."""
    contacts = dict.fromkeys(controller.contact for controller in facts.header.controllers)
    which = ", whoever is responsible where you live" if len(contacts) > 1 else ""
    text = f"For questions, write to {listed(contacts, 'or')}{which}."
    return facts.say(text, "policy", "", "controllers")


def table(facts: Facts, ids: list[str]) -> Table:
    """Each right with who has it, how, and by when we answer."""
    rows = []
    for id_ in ids:
        right = facts.policy.rights[id_]
        name = f"{RIGHTS[right.right]}{rights.holder(facts, right)}"
        answered = upper(within(right.answer_within)) if right.answer_within else "Not said"
        rows.append(
            (
                facts.say(name, "rights", id_),
                facts.say(f"{path(right.how[0].do)}.", "rights", id_, "how"),
                facts.say(answered, "rights", id_, "answer-within"),
            )
        )
    return Table("What you can ask for", ("Right", "How", "We answer"), tuple(rows))


def steps(facts: Facts, ids: list[str]) -> ClickList:
    """The ways of every right, step by step."""
    ways = []
    for id_ in ids:
        right = facts.policy.rights[id_]
        for how in right.how:
            who = facts.who(how)
            where = f"{RIGHTS[right.right]}{rights.holder(facts, right)}"
            where = where if who == "everyone" else f"{where}, {who}"
            ways.append(Clicks(where, tuple(how.do), how.url))
    return ClickList("Step by step", tuple(ways))


def objecting(facts: Facts) -> list[Block]:
    """The right to object by itself, with the uses that rest on interests."""
    ids = rights.of_kinds(facts, ("object",))
    if not ids:
        return []
    said = [rights.sentence_of(facts, id_) for id_ in ids]
    said += [
        facts.say(
            f"{upper(use.name)}: this rests on legitimate interests.",
            *("uses", use_id, "basis", index),
            link=f"uses/{use_id}",
        )
        for use_id, use in facts.policy.uses.items()
        if use_id in facts.opened
        for index, basis in enumerate(use.basis)
        if basis.basis == "legitimate-interests"
    ]
    once = {sentence.whole: sentence for sentence in said}
    return [Items("Your right to object", tuple(once.values()))]


def taking_back(facts: Facts) -> list[Block]:
    """The choices by which consent is taken back."""
    said = []
    for use_id, use in facts.policy.uses.items():
        if use_id not in facts.opened or not any(b.basis in CONSENT for b in use.basis):
            continue
        for control in dict.fromkeys(c for line in use.applies for c in line.control):
            text = f"{upper(use.name)}: refuse {facts.name('controls', control)}."
            said.append(facts.say(text, "controls", control, link=f"controls/{control}"))
    return [Items("How you take back consent", tuple(said))] if said else []


def silent(facts: Facts) -> list[Block]:
    """The rights that the policy does not speak of: unanswered, and said to be."""
    told = {right.right for right in facts.policy.rights.values()}
    if taking_back(facts) or not _consent(facts):
        told.add("withdraw")
    said = tuple(
        facts.say(f"{RIGHTS[kind]}: our policy does not say how.")
        for kind in KNOWN
        if kind not in told
    )
    return [Items("What our policy does not say", said)] if said else []


def _consent(facts: Facts) -> bool:
    return any(b.basis in CONSENT for use in facts.policy.uses.values() for b in use.basis)
