"""Whether some kinds of data go into training: a line each, and what stays open beside a "no"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..proof.claims import Door
from . import parts, routes, summary
from .facts import Facts
from .model import Answer, Block, Items, Sentence
from .open_routes import No, refusal, standing
from .questions.never_used import nothing_else, ways_in
from .wording import lower, upper


def trained_with(facts: Facts, asks: str, ids: Sequence[str]) -> Answer:
    """For each of these kinds of data: whether it trains AI, for whom, and who can stop it."""
    said = [line(facts, data) for data in ids]
    words = dict.fromkeys(word(facts, data) for data in ids)
    lead = upper(next(iter(words))) if len(words) == 1 else "It depends on the data."
    claims = [c for sentence in said for c in sentence.claims]
    what = "This is about training AI."
    first = facts.say(what, "data", ids[0], "name", lead=lead, claims=claims)
    return Answer(
        asks,
        (first, *said),
        exceptions=beside(facts, ids),
        details=(*tables(facts, ids), *going_on(facts, ids)),
    )


def word(facts: Facts, data: str) -> str:
    """The answer for one kind of data: "no.", "yes, unless you switch it off."."""
    opened = _open(facts, data)
    ordinary = [door for door in opened if not door.route]
    if ordinary:
        return lower(summary.lead(facts, summary.summary(facts, ordinary)))
    events = dict.fromkeys(routes.when(facts, door) for door in opened)
    if not events:
        return "no."
    return f"no, except {next(iter(events))}." if len(events) == 1 else "no, with exceptions."


def line(facts: Facts, data: str) -> Sentence:
    """Like "Files that you upload: no."."""
    opened = _open(facts, data)
    claims = [c for door in opened for c in facts.used(door, [data])]
    claims += [
        c
        for door in opened
        for row in facts.rows(door)
        for c in facts.honoured(door, row.line.control, [data])
    ]
    if not opened:
        claims = [c for use in facts.training for c in _kept_out(facts, use, data)]
    text = f"{upper(facts.name('data', data))}: {word(facts, data)}"
    return facts.say(text, "data", data, "name", claims=claims, link=f"data/{data}")


def beside(facts: Facts, ids: Iterable[str]) -> Items | None:
    """The routes that stay open beside each "no" about this data."""
    wanted = list(ids)
    out = [data for data in wanted if not _open(facts, data)]
    uses = [use for use in facts.training if any(not d.closed for d in facts.of_use(use))]
    found = ways_in(facts, uses, out) if out else None
    noes: list[No] = []
    told = set()
    for door in (d for data in wanted for d in _open(facts, data) if not d.route):
        told.add(door.key)
        taken = tuple(data for data in door.data if data in wanted)
        noes += [No(door, taken, no.line) for no in standing(door)]
        controls = dict.fromkeys(c for ln in door.lines for c in ln.control)
        noes += [no for no in refusal(facts, controls, taken) if no.door.key == door.key]
    opened = routes.beside(facts, list({no.key: no for no in noes}.values()), "", told)
    said = [*(found.sentences if found else ()), *(opened.sentences if opened else ())]
    return Items("These ways stay open:", tuple(dict.fromkeys(said))) if said else None


def tables(facts: Facts, ids: Iterable[str]) -> list[Block]:
    """Who gets which answer, for each use that takes any of this data."""
    doors = {door.key: door for data in ids for door in _open(facts, data)}
    found = (summary.state_table(facts, door, _caption(facts, door)) for door in doors.values())
    return [table for table in found if table]


def _caption(facts: Facts, door: Door) -> str:
    opened = routes.when(facts, door)
    return f"For whom: {door.use.name}{', ' if opened else ''}{opened}"


def going_on(facts: Facts, ids: Iterable[str]) -> list[Block]:
    """The uses for other purposes that take data which trains nothing."""
    out = tuple(data for data in ids if not _open(facts, data))
    noes = [No(facts.ordinary(use), out) for use in facts.training if out]
    found = routes.goes_on(facts, noes) if noes else None
    return [found] if found else []


def _open(facts: Facts, data: str) -> list[Door]:
    return [
        door
        for use in facts.training
        for door in facts.of_use(use)
        if data in door.data and not door.closed
    ]


def _kept_out(facts: Facts, use: str, data: str) -> list[str]:
    """What backs that a use does not take this data: it is named, or nothing else is taken."""
    return parts.never_claims(facts, use, [data]) or nothing_else(facts, [use])
