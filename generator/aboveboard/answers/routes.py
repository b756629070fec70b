"""Sentences about one route: what it takes, for whom, who can stop it, and how to avoid it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from ..policy.entities import Line
from ..proof.claims import Door
from .facts import Facts, Row
from .model import Items, Sentence
from .open_routes import No, OpenRoute, open_routes
from .wording import acts, last, series, some, upper


def reach(facts: Facts, door: Door, data: str) -> str:
    """How far back a route reaches for this data: "item", "conversation", a duration."""
    if not door.route:
        return door.use.reach or "item"
    event = facts.policy.events.get(door.use.also[door.route].when)
    found = [take.reach for take in (event.takes if event else ()) if data in take.data]
    return found[0] if found else "item"


def takes(facts: Facts, door: Door, data: Iterable[str] = (), most: int | None = None) -> str:
    """What a route takes, with how far it reaches: "your chats of the last 24 hours"."""
    wanted = list(data) or list(door.data)
    by_reach: dict[str, list[str]] = {}
    for item in wanted:
        by_reach.setdefault(reach(facts, door, item), []).append(facts.name("data", item))
    said = [
        (some(names, most) if most else series(names)) + reach_words(far)
        for far, names in by_reach.items()
    ]
    return series(said)


def reach_words(far: str) -> str:
    match far:
        case "item":
            return ""
        case "conversation" | "session":
            return f" from the whole {far}"
        case "everything":
            return ", all of it"
        case _:
            return f" of {last(far)}"


def reach_start(far: str) -> str:
    """Like "from the whole conversation, ", to start a sentence."""
    if far == "everything":
        return "from all that we hold, "
    words = reach_words(far)
    return f"{words.strip().replace('of ', 'from ', 1)}, " if words else ""


def when(facts: Facts, door: Door) -> str:
    """Like "when you rate an answer", or nothing for the ordinary route."""
    if not door.route:
        return ""
    return f"when {facts.name('events', door.use.also[door.route].when)}"


def unless(facts: Facts, line: Line) -> str:
    """What limits a line that is open: ", unless you switch it off"."""
    controls = facts.controls(line.control)
    match line.state:
        case "opt-out":
            return f", unless {acts(controls, allow=False)}"
        case "opt-in":
            return f", but only if {acts(controls, allow=True)}"
        case "ask":
            return f", but only if {acts(controls, allow=True)} each time"
    return ""


def takes_sentences(facts: Facts, door: Door, who: str = "", ends: str = "") -> list[Sentence]:
    """Like "When you rate an answer, we use data from it for training.", and which data that is."""
    at = ("uses", door.use_id, *door.path("applies"))
    claims, link = facts.used(door), f"uses/{door.use_id}"
    start = f"{upper(who)}: " if who and who != "everyone" else ""
    opened = when(facts, door)
    if not opened:
        text = f"we use {takes(facts, door, most=3)} for {door.use.name}{ends}."
        return [facts.say(start + (text if start else upper(text)), *at, claims=claims, link=link)]
    text = f"{opened}, we use data from it for {door.use.name}{ends}."
    said = facts.say(start + (text if start else upper(text)), *at, claims=claims, link=link)
    return [said, *taken_sentences(facts, door)]


def untaken(facts: Facts, door: Door) -> Sentence:
    """Like "We do not use your chats for training the assistant.", of a route that is closed."""
    text = f"We do not use {some(facts.data(door.data), joiner='or')} for {door.use.name}."
    return facts.say(text, "uses", door.use_id, *door.path("applies"))


def taken_sentences(facts: Facts, door: Door) -> list[Sentence]:
    """Which data a route of an event takes, one sentence for each reach."""
    by_reach: dict[str, list[str]] = {}
    for data in door.data:
        by_reach.setdefault(reach(facts, door, data), []).append(data)
    return [
        facts.say(
            upper(f"{reach_start(far)}we take {series(facts.data(data))}."),
            *("uses", door.use_id, *door.path("when")),
            claims=facts.used(door, data),
        )
        for far, data in by_reach.items()
    ]


def stops(facts: Facts, row: Row) -> Sentence | None:
    """Who can stop an open route, or that no switch does."""
    line, at = row.line, row.where
    controls = facts.controls(line.control)
    match line.state:
        case "always":
            return facts.say("No switch stops this.", *at)
        case "never":
            return None
        case "opt-out":
            text = f"It stops if {acts(controls, allow=False)}."
        case "opt-in":
            text = f"It starts only if {acts(controls, allow=True)}."
        case "ask":
            text = f"We ask each time. It happens only if {acts(controls, allow=True)}."
    link = f"controls/{line.control[0]}"
    return facts.say(text, *at, claims=facts.honoured(row.door, line.control), link=link)


def avoid(facts: Facts, door: Door, line: Line) -> Sentence | None:
    """How to keep out of a route that your own act opens and no control stops."""
    if not door.route or line.state != "always":
        return None
    event = facts.policy.events.get(door.use.also[door.route].when)
    if event is None or event.by != "you" or not event.name.startswith("you "):
        return None
    act = event.name.removeprefix("you ")
    return facts.say(f"To avoid this, do not {act}.", "uses", door.use_id, *door.path("when"))


def sets(facts: Facts, door: Door) -> list[Sentence]:
    """Which of the reader's choices the event of a route changes, or that it changes none."""
    id_ = door.use.also[door.route].when
    event = facts.policy.events.get(id_)
    if event is None or event.by != "you" or not facts.policy.controls:
        return []
    if not event.sets:
        return [facts.say("This changes none of your choices.", "events", id_)]
    return [
        facts.say(
            f"This also {'allows' if position == 'allowed' else 'refuses'} "
            f"{facts.name('controls', control)}.",
            *("events", id_, "sets", control),
            link=f"controls/{control}",
        )
        for control, position in event.sets.items()
    ]


def open_sentences(facts: Facts, route: OpenRoute, *, named: bool = False) -> list[Sentence]:
    """One open route, as one item of the list beside a "no"; `named` says for whom in any case."""
    door, line, who = route.door, route.line, route.who
    if named and not who:  # with a capital, since "everyone" alone goes without saying
        who = upper(next(r.who for r in facts.rows(door) if r.index == route.index))
    first, *more = takes_sentences(facts, door, who, unless(facts, line))
    at = facts.place("uses", door.use_id, *door.path("applies", route.index))
    claims = tuple(dict.fromkeys((*first.claims, *facts.honoured(door, line.control))))
    how = avoid(facts, door, line)
    rest = [*more, *([how] if how else [])]
    return [
        facts.true(replace(first, claims=claims, source=at)),
        *(replace(sentence, follows=True) for sentence in rest),
    ]


def beside(
    facts: Facts,
    noes: Sequence[No],
    title: str,
    told: Collection[str] = (),
    *,
    named: bool = False,
) -> Items | None:
    """The exceptions to a "no"; None if it has none. Routes whose keys are told are left out;
    `named` if each says for whom it is, as beside an answer that differs by the reader."""
    found = [r for r in open_routes(facts, noes) if r.exception and r.door.key not in told]
    said = [s for route in found for s in open_sentences(facts, route, named=named)]
    return Items(title, tuple(said)) if said else None


def goes_on(facts: Facts, noes: Sequence[No]) -> Items | None:
    """The uses for another purpose that go on after a "no"."""
    found = [route for route in open_routes(facts, noes) if not route.exception]
    said = [s for route in found for s in open_sentences(facts, route)]
    return Items("Uses that go on", tuple(said)) if said else None
