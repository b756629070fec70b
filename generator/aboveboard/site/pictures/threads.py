"""The way of data from people to the models: a line for each kind, a square at each protection.

It shows what the answers say, with the verdict of what was compared: no file, no name of a place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from ...answers.facts import Facts
from ...answers.model import Sentence
from ...answers.open_routes import derived_from
from ...answers.parts import limits_sentence, never_claims, step_claims
from ...answers.routes import when
from ...answers.wording import series, some, upper
from ...proof.claims import Door
from ...proof.model import Verdict
from ..book import Book
from ..text import count, number
from .keeping import ARROW, LETTERS, STOP
from .svg import LINE, At, Svg, wrapped

NEVER, WHO, CHOICE = "never", "who", "choice"
FIRST, LAST = 15, 82  # percent of the width, between the words at the ends
MOST: Final = 10  # protections that a phone has room for
SQUARE: Final = "M-5 -5H5V5H-5Z"
NUMBER: Final = "M-9 -9H9V9H-9Z"


class Gate(NamedTuple):
    """A protection: its name, what to know of it, where that is told, and its weakest verdict."""

    id: str
    name: str
    note: str
    link: str
    verdict: Verdict


class Thread(NamedTuple):
    """Kinds of data on one way, the protections on it, and whether they arrive at a model."""

    name: str
    data: tuple[str, ...]
    passes: tuple[tuple[str, Verdict], ...]
    arrives: bool


class Row(NamedTuple):
    """A thread in the table: its name, and what becomes of it at each protection."""

    name: Sentence
    cells: tuple[tuple[str, Sentence], ...]


class Threads(NamedTuple):
    """The picture, what it shows in a sentence, its protections, and the same as a table."""

    finding: str
    picture: Markup
    gates: tuple[Gate, ...]
    head: tuple[str, ...]
    rows: tuple[Row, ...]


def threads(book: Book) -> Threads:
    """The ways to the models of a book; empty where none is trained with data of people, or a
    correction stands where a protection would."""
    facts = Facts.of(book.project)
    doors = [d for u in facts.training for d in facts.of_use(u) if not d.closed]
    found = [*_never(facts, doors), *(t for door in doors for t in _of_door(facts, door))]
    gates = _gates(facts, doors, found)
    if not doors or not gates or len(gates) > MOST or _corrected(facts):
        return Threads("", Markup(), (), (), ())
    head = (*(gate.name for gate in gates), "In the end")
    rows = tuple(_row(gates, thread) for thread in found)
    return Threads(_finding(found), _draw(gates, found), gates, head, rows)


def _corrected(facts: Facts) -> bool:
    """Whether something that the picture would show is not kept at present."""
    return any(facts.proof.judged[id_].claim.use in facts.trains for id_ in facts.project.corrected)


def _never(facts: Facts, doors: Sequence[Door]) -> list[Thread]:
    """What never trains; nothing from which data that trains is derived."""
    taken = {data for door in doors for data in door.data}
    found = dict.fromkeys(
        data
        for use in facts.training
        for exclusion in facts.policy.uses[use].never
        if not exclusion.unless
        for data in exclusion.data
        if not derived_from(facts.policy, [data]) & taken
    )
    if not found:
        return []
    claims = [c for use in facts.training for c in never_claims(facts, use, found)]
    passes = ((NEVER, facts.proof.verdict(claims)),)
    return [Thread(upper(some(facts.data(found))), tuple(found), passes, arrives=False)]


def _of_door(facts: Facts, door: Door) -> Iterator[Thread]:
    """The data of one route, together where the same protections act on it."""
    alike: dict[tuple[tuple[str, Verdict], ...], list[str]] = {}
    for data in door.data:
        alike.setdefault(tuple(_passes(facts, door, data)), []).append(data)
    event = when(facts, door)
    for passes, found in alike.items():
        name = upper(some(facts.data(found), 2))
        yield Thread(f"{name}, {event}" if event else name, tuple(found), passes, arrives=True)


def _passes(facts: Facts, door: Door, data: str) -> Iterator[tuple[str, Verdict]]:
    """The protections that act on one kind of data of a route."""
    about, verdict = facts.about, facts.proof.verdict
    left_out = [
        c
        for c in about("scope-excluded", use=door.use_id, data=data, route=door.route)
        if facts.proof.judged[c].claim.subject.startswith("never-")
    ]
    mine = [c for c in left_out if facts.proof.judged[c].claim.data == data]
    if mine:
        yield WHO, verdict(mine)
    controls = [c for line in door.lines for c in line.control]
    if honoured := facts.honoured(door, controls, [data]):
        yield CHOICE, verdict(honoured)
    for id_ in door.steps:
        acting = [c for c in step_claims(facts, door, id_) if _about(facts, c, data)]
        if acting:
            yield id_, verdict(acting)


def _about(facts: Facts, claim: str, data: str) -> bool:
    return facts.proof.judged[claim].claim.data in ("", data)


def _gates(facts: Facts, doors: Sequence[Door], found: Sequence[Thread]) -> tuple[Gate, ...]:
    """The protections on any way, in the order in which they act."""
    met: dict[str, list[Verdict]] = {}
    for thread in found:
        for id_, verdict in thread.passes:
            met.setdefault(id_, []).append(verdict)
    steps = dict.fromkeys(id_ for door in doors for id_ in door.steps)
    about: dict[str, Callable[[], tuple[str, str, str]]] = {
        NEVER: lambda: ("Never taken", f"{found[0].name}.", "data"),
        WHO: lambda: ("People left out", f"{_left_out(facts, doors)}.", "rules"),
        CHOICE: lambda: _choice(facts, doors),
        **{id_: lambda id_=id_: _step(facts, id_) for id_ in steps},  # type: ignore[misc]
    }
    return tuple(
        Gate(id_, *about[id_](), min(met[id_], key=_weight)) for id_ in about if id_ in met
    )


def _weight(verdict: Verdict) -> int:
    return ("violated", "unknown", "vacuous", "declared", "proved").index(verdict)


def _left_out(facts: Facts, doors: Sequence[Door]) -> str:
    """Whose data every route leaves out, or that it differs."""
    rows = (row for door in doors for row in facts.rows(door) if row.line.state == "never")
    named = list(dict.fromkeys(upper(row.who) for row in rows))
    return named[0] if len(named) == 1 else "Whom we leave out differs by the way that data takes"


def _choice(facts: Facts, doors: Sequence[Door]) -> tuple[str, str, str]:
    named = list(dict.fromkeys(c for door in doors for line in door.lines for c in line.control))
    names = series(facts.name("controls", id_) for id_ in named)
    return "Your choice", f"{upper(names)}.", f"controls/{named[0]}"


def _step(facts: Facts, id_: str) -> tuple[str, str, str]:
    return upper(facts.name("steps", id_)), limits_sentence(facts, id_).text, "anonymisation"


def _finding(found: Sequence[Thread]) -> str:
    """How many kinds of data set out, and how many arrive."""
    out = {data for thread in found for data in thread.data}
    there = {data for thread in found if thread.arrives for data in thread.data}
    kinds = f"{upper(number(len(out)))} {'kind' if len(out) == 1 else 'kinds'} of data"
    if out == there:
        return f"{kinds} {'sets' if len(out) == 1 else 'set'} out for our models. All reach one."
    reach = "reaches" if len(there) == 1 else "reach"
    return f"{kinds} set out for our models. {upper(number(len(there)))} {reach} one."


def _row(gates: Sequence[Gate], thread: Thread) -> Row:
    passed = dict(thread.passes)
    last = "Passes" if thread.arrives else "Stops here"
    cells = [Sentence(last if gate.id in passed else "–") for gate in gates]
    end = Sentence("Reaches a model" if thread.arrives else "Never arrives")
    return Row(Sentence(thread.name), tuple(("", cell) for cell in (*cells, end)))


def _draw(gates: Sequence[Gate], found: Sequence[Thread]) -> Markup:
    svg = Svg("threads", "From you to the models", height=26)
    step = (LAST - FIRST) / max(1, len(gates) - 1)
    place = {gate.id: FIRST + step * n for n, gate in enumerate(gates)}
    for thread in found:
        _thread(svg, thread, place)
    _top(svg, list(place.values()))
    return svg.done(" ".join(_told(gates, thread) for thread in found))


def _top(svg: Svg, places: Sequence[float]) -> None:
    """The two ends and the numbers of the protections, each with a hairline behind all lines."""
    lines, bottom = svg.parts, svg.height
    svg.parts = []
    svg.text(At(0, 0, 14), "You", "b")
    svg.text(At(100, 0, 14), "Model", "b", "end")
    for n, at in enumerate(places, 1):
        svg.line(At(at, 0, 18), At(at, 0, bottom), "hair")
        svg.shape(At(at, 0, 10), NUMBER, "fill")
        svg.text(At(at, 0, 14), f"{n}", "b on", "middle")
    svg.parts += lines
    svg.height = bottom


def _thread(svg: Svg, thread: Thread, place: dict[str, float]) -> None:
    """The name above, its line below: as far as the data gets."""
    top, lines = svg.height + 14, wrapped(thread.name, LETTERS)
    for n, line in enumerate(lines):
        svg.text(At(0, 0, top + n * LINE), line, "halo")
    y = top + len(lines) * LINE - 4
    if thread.arrives:
        svg.line(At(0, 0, y), At(100, 0, y), "way")
        svg.shape(At(100, 0, y), ARROW, "way")
        for id_, verdict in thread.passes:
            svg.shape(At(place[id_], 0, y), SQUARE, f"gate {verdict}")
    else:
        (id_, verdict), *_ = thread.passes
        svg.line(At(0, 0, y), At(place[id_], 0, y), f"bar {verdict}")
        svg.shape(At(place[id_], 0, y), STOP, f"bar {verdict} end")
    svg.height = y + 12


def _told(gates: Sequence[Gate], thread: Thread) -> str:
    """A thread in words, for whoever cannot see it."""
    passed = [gate.name for gate in gates if gate.id in dict(thread.passes)]
    if not thread.arrives:
        return f"{thread.name}: stops at “{passed[0]}”."
    if not passed:
        return f"{thread.name}: reaches a model and passes no protection."
    through = f"{count(len(passed), 'protection')} ({'; '.join(passed)})"
    return f"{thread.name}: passes {through} and reaches a model."
