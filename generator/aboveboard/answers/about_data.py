"""The page of one kind of data: what it is used for, where it never goes, how long it is kept."""

from __future__ import annotations

from ..project import Project
from ..proof.claims import Door
from . import keeping, parts, routes, summary
from .facts import Facts
from .model import Answer, Block, Items, Sentence
from .wording import number, series, upper


def data_answer(project: Project, id_: str) -> Answer:
    """What one kind of data is used for, where it never goes, and how long it is kept."""
    facts = Facts.of(project)
    data = facts.policy.data[id_]
    doors = [door for door in facts.doors if id_ in door.data and not door.closed]
    count = len(dict.fromkeys(door.use_id for door in doors))
    claims = [c for door in doors for c in facts.used(door, [id_])]
    rows = keeping.rows_of(facts, [id_])
    if count:
        used = "one thing" if count == 1 else f"{number(count)} things"
        short = [facts.say("", "data", id_, lead=f"Used for {used}.", claims=claims)]
    else:
        short = _unused(facts, id_, [row_id for row_id, row in rows if keeping.stays(row)])
    short += [_door_line(facts, door, id_) for door in doors]
    blocks: list[Block] = [
        block
        for title, which in (("This counts too", "includes"), ("This does not count", "excludes"))
        if (block := _texts(facts, id_, which, title))
    ]
    blocks += [_never(facts, id_)] if _never(facts, id_).sentences else []
    blocks += [keeping.table(facts, rows, "How long we keep it")] if rows else []
    blocks += [_about_data(facts, id_)]
    return Answer(upper(data.name), tuple(short), details=tuple(blocks))


def _unused(facts: Facts, id_: str, kept: list[str]) -> list[Sentence]:
    """What no use takes; that it is kept all the same is said beside it."""
    nowhere = "data", id_
    if not kept:
        return [facts.say("", *nowhere, lead="Not used.")]
    claims = [c for row_id in kept for c in keeping.claims(facts, row_id, [id_])]
    text = "No use on this site takes it."
    where = series(dict.fromkeys(facts.name("copies", keeping.copy_of(facts, r)) for r in kept))
    return [
        facts.say(text, *nowhere, lead="Kept, and not used."),
        facts.say(f"It is kept in {where}.", *nowhere, claims=claims, link="retention"),
    ]


def _door_line(facts: Facts, door: Door, data: str) -> Sentence:
    found = summary.summary(facts, [door])
    opened = routes.when(facts, door)
    name = f"{door.use.name}, {opened}" if opened else door.use.name
    word = summary.lead(facts, found)
    claims = [
        *facts.used(door, [data]),
        *(c for r in facts.rows(door) for c in facts.honoured(r.door, r.line.control, [data])),
    ]
    text = f"{upper(name)}: {word[:1].lower()}{word[1:]}"
    return facts.say(
        text, "uses", door.use_id, *door.path("data"), claims=claims, link=f"uses/{door.use_id}"
    )


def _texts(facts: Facts, id_: str, which: str, title: str) -> Items | None:
    texts = getattr(facts.policy.data[id_], which)
    said = tuple(facts.say(upper(t), "data", id_, which, n) for n, t in enumerate(texts))
    return Items(title, said) if said else None


def _never(facts: Facts, id_: str) -> Items:
    said = [
        facts.say(
            f"{upper(use.name)}{parts.becomes(facts, exclusion)}",
            *("uses", use_id, "never", index),
            claims=parts.never_claims(facts, use_id, [id_]),
            link=f"uses/{use_id}",
        )
        for use_id, use in facts.policy.uses.items()
        for index, exclusion in enumerate(use.never)
        if id_ in exclusion.data
    ]
    return Items("Never used for", (*said, *_closed(facts, id_)))


def _closed(facts: Facts, id_: str) -> list[Sentence]:
    """The uses that are for nobody, by any route, and would take this data."""
    return [
        facts.say(
            upper(use.name),
            *("uses", use_id, "applies"),
            claims=facts.about("never-used", use=use_id, data=id_),
            link=f"uses/{use_id}",
        )
        for use_id, use in facts.policy.uses.items()
        if id_ in use.data and all(door.closed for door in facts.of_use(use_id))
    ]


_ORIGINS = {
    "provided": "You give it to us.",
    "observed": "We see it when you use the service.",
    "derived": "We work it out from other data.",
    "generated": "The service makes it.",
    "public": "It is public.",
    "licensed": "We license it.",
    "third-party": "It comes from others.",
}
_VISIBLE = {
    "you": "In the product, no other user sees it.",
    "group": "In the product, your group sees it.",
    "organisation": "In the product, your organisation sees it.",
    "public": "In the product, everyone sees it.",
}


def _about_data(facts: Facts, id_: str) -> Items:
    data = facts.policy.data[id_]
    at = ("data", id_)
    said = [facts.say(_ORIGINS[data.origin], *at, "origin")]
    if data.examples:
        text = f"Examples: {series(data.examples)}."
        said.append(facts.say(text, *at, "examples"))
    if data.from_:
        said.append(facts.say(f"It is made from {series(facts.data(data.from_))}.", *at, "from"))
    if data.unlike:
        text = f"It is not the same as {series(facts.data(data.unlike))}."
        said.append(facts.say(text, *at, "unlike"))
    said.append(facts.say(_VISIBLE[data.visible_to], *at, "visible-to"))
    if data.special:
        said.append(facts.say("The law protects it as sensitive data.", *at, "special"))
    others = facts.about("recipients-declared", data=id_)
    if others:
        text = "Only the recipients on our list get it."
        said.append(facts.say(text, *at, claims=others, link="recipients"))
    return Items("Good to know", tuple(said))
