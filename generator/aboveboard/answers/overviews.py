"""Pages about everything of a kind: protections, retention, recipients, safeguards."""

from __future__ import annotations

from ..policy.choices import Retention
from ..project import Project
from . import guards, keeping, protection
from . import recipients as gets
from .facts import Facts
from .model import Answer, Block, Items, Paragraph, Table
from .questions import after_deletion, how_long
from .wording import series, upper


def anonymisation(project: Project) -> Answer:
    """How far each use's protections go, what each step does, and what it misses."""
    facts = Facts.of(project)
    doors = [door for door in facts.doors if not door.closed and door.steps]
    if not doors:
        return Answer("Anonymisation", (), missing="`steps` of a use")
    trained = protection.doors_of(facts)
    return Answer(
        "How we make data less personal",
        tuple(protection.short(facts, trained)),
        exceptions=protection.gaps(facts, trained),
        details=tuple(protection.details(facts, doors)),
    )


def retention(project: Project) -> Answer:
    """How long each copy is kept, and what outlives a deletion."""
    facts = Facts.of(project)
    found = how_long.answer(project)
    if found.missing:
        return Answer("How long we keep data", (), missing=found.missing)
    by_copy: dict[str, list[tuple[str, Retention]]] = {}
    for id_, row in facts.policy.retention.items():
        by_copy.setdefault(row.copy_, []).append((id_, row))
    tables = [_copy_table(facts, copy, rows) for copy, rows in by_copy.items()]
    chosen = [s for id_ in facts.policy.retention if (s := keeping.options_sentence(facts, id_))]
    extra: list[Block] = [Paragraph(tuple(chosen), "What you can choose")] if chosen else []
    return Answer(
        "How long we keep data",
        found.short,
        exceptions=after_deletion.answer(project).exceptions,
        details=(*tables, *extra),
    )


def _copy_table(facts: Facts, copy: str, rows: list[tuple[str, Retention]]) -> Table:
    cells = tuple(
        (
            facts.say(_what(facts, id_), "retention", id_, "data"),
            facts.say(
                upper(keeping.keep_words(row, facts)),
                *("retention", id_),
                claims=keeping.claims(facts, id_),
            ),
            facts.say(keeping.deletion_words(facts, row), "retention", id_, beside=id_),
        )
        for id_, row in rows
    )
    return Table(_copy_title(facts, copy), ("What", "Kept for", "If you delete it"), cells)


def _copy_title(facts: Facts, copy_id: str) -> str:
    copy = facts.policy.copies.get(copy_id)
    if copy is None or not copy.regions:
        return upper(facts.name("copies", copy_id))
    return f"{upper(copy.name)} (in {gets.places(copy.regions)})"


def _what(facts: Facts, row_id: str) -> str:
    what = upper(series(facts.data(facts.policy.retention[row_id].data)))
    who = keeping.readers(facts, row_id)
    return what if who == "everyone" else f"{what}: {who}"


def recipients(project: Project) -> Answer:
    """Everyone else who gets data, people who read it included."""
    facts = Facts.of(project)
    if not facts.policy.recipients:
        return Answer("Who else gets data", (), missing="the recipients of data (`recipients`)")
    every = [c for d in facts.policy.data for c in facts.about("recipients-declared", data=d)]
    names = series(facts.name("recipients", id_) for id_ in facts.policy.recipients)
    text = "Nobody else gets your data."
    return Answer(
        "Who else gets data",
        (facts.say(text, "recipients", lead=f"{upper(names)}.", claims=every),),
        details=tuple(
            Paragraph(tuple(gets.about(facts, id_)), gets.title(facts, id_))
            for id_ in facts.policy.recipients
        ),
    )


def safeguards(project: Project) -> Answer:
    """What is done against harms that models learn, and what it cannot do."""
    facts = Facts.of(project)
    ids = list(facts.policy.safeguards)
    if not ids:
        return Answer("Safeguards", (), missing="`safeguards`")
    blocks: list[Block] = []
    for harm, title in guards.HARMS.items():
        mine = [id_ for id_ in ids if facts.policy.safeguards[id_].against == harm]
        for block in guards.blocks(facts, mine):
            assert isinstance(block, Items)
            blocks.append(
                Items(f"{title}: {block.title[:1].lower()}{block.title[1:]}", block.sentences)
            )
    names = series(facts.name("safeguards", id_) for id_ in ids)
    first = facts.say("These protect people from what a model learns.", lead=f"{upper(names)}.")
    return Answer(
        "Safeguards", (first,), exceptions=guards.cannot(facts, ids), details=tuple(blocks)
    )
