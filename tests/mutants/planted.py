"""Rows with planted values: who is behind each, and which identifiers are in it, can be seen wherever
it arrives."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any, Final, NamedTuple

from aboveboard.pipeline.ways import between
from aboveboard.project import Project
from aboveboard.proof.ends import Ends, Place, resolve

from .model import Row, Rows

MANY = 60
MISSING: Final = None
# How an identifier of each kind looks; {n} makes it the only one.
LOOKS: Final = {
    "email": "mail{n}@planted.example",
    "phone": "+1 202555{n:04d}",
    "ip-address": "10.20.{n_high}.{n_low}",
    "id-card": "11010119900101{n:04d}",
    "secret": "api_key = sk-planted{n:024d}",
    "token": "ghp_planted{n:029d}",
    "path": "/home/planted{n}/notes.txt",
    "url": "https://planted.example/{n}",
    "card": "4111 1111 1111 {n:04d}",
    "user-id": "user_id: planted{n}",
    "address": "{n} Planted Street, Townsville",
}
OPPOSITE: Final = {"off": "on", "no": "yes", "out": "in", "false": "true"}
_TOKEN = re.compile(r"<(\d+)>")
KEY: Final = re.compile(r"who\d{5}")  # the key of a person


class Token(NamedTuple):
    """One planted value: where it was put, whose row, and the identifiers in it."""

    place: Place
    people: tuple[str, ...]
    about: tuple[tuple[str, Any], ...]  # what is known of them: flags and axes
    identifiers: dict[str, str]


@dataclass
class Planted:
    """The rows of every source, and what stands behind each of their tokens."""

    rows: dict[str, Rows] = field(default_factory=dict)
    tokens: list[Token] = field(default_factory=list)
    settings: dict[str, dict[str, str]] = field(default_factory=dict)  # dataset -> field -> thing
    keys: dict[str, str] = field(default_factory=dict)  # dataset -> person key

    known: dict[int, tuple[Rows, dict[Place, list[tuple[Token, str, Row]]]]] = field(
        default_factory=dict
    )

    def seen(self, rows: Rows) -> dict[Place, list[tuple[Token, str, Row]]]:
        """By place, every token in some rows, the value that holds it, and its row."""
        if id(rows) not in self.known:
            found: dict[Place, list[tuple[Token, str, Row]]] = {}
            for row in rows:
                for value in row.values():
                    for token in self.found(value):
                        found.setdefault(token.place, []).append((token, value, row))
            self.known[id(rows)] = (rows, found)
        return self.known[id(rows)][1]

    def found(self, value: Any) -> list[Token]:
        """The tokens that a value is made of."""
        if not isinstance(value, str):
            return []
        return [self.tokens[number] for number in _numbers(value)]


@cache
def _numbers(value: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _TOKEN.findall(value))


class Person(NamedTuple):
    """Somebody, with what is known of them; those of one crowd write the same, `times` over."""

    name: str
    about: tuple[tuple[str, Any], ...]
    crowd: int | None = None
    times: int = 1


def plant(project: Project) -> Planted:
    """Rows for the sources that the bindings name, with all that flags and axes can say."""
    ends = resolve(project.policy, project.pipeline)
    planted = Planted(settings=_settings(ends), keys=dict(ends.person))
    things = _things(project, ends)
    crowded, least, asked = _crowded(project, ends)
    people = _everyone(things, least, asked)
    for dataset in sorted(_sources(ends)):
        fields = _content(planted, dataset, _fields(project, ends, dataset))
        rows = planted.rows[dataset] = []
        shared: dict[int, Row] = {}
        for number, person in enumerate(people):
            crowd = person.crowd if dataset in crowded else None
            if crowd is None or crowd not in shared:
                names = [p.name for p in people if p.crowd == crowd] if crowd is not None else []
                said = {
                    name: _token(planted, (dataset, name), tuple(names or [person.name]), person)
                    for name in fields
                }
                if crowd is not None:
                    shared[crowd] = said
            content = said if crowd is None else shared[crowd]
            times = person.times if crowd is not None else 1 if number else 2  # one row repeats
            rows += [content | _known(planted, dataset, person) for _ in range(times)]
    return planted


def _sources(ends: Ends) -> set[str]:
    """The datasets that hold bound data, or what is known of people."""
    bound = (*ends.sources.values(), *ends.flags.values(), *ends.axes.values())
    return {dataset for places in bound for dataset, _ in places}


def _everyone(things: dict[str, list[Any]], least: int, asked: set[str]) -> list[Person]:
    """One of each kind, and crowds if groups of at least so many are promised: large ones of
    whoever refuses what is asked there, small ones by what else is known of them."""
    names = sorted(things)
    people = [Person(f"who{n:05d}", about) for n, about in enumerate(_people(things, names, least))]
    if not least:
        return people
    crowds = [
        (about, size)
        for about in _nearly_plain(things, names)[:1]
        for size in ("big", "mid", "one")
    ]
    for number, about in enumerate(_nearly_plain(things, names)[1:]):
        (thing,) = (t for t, v in about if v != things[t][0])
        is_flag = thing.startswith("flag:")
        if is_flag and thing.removeprefix("flag:") not in asked:
            continue
        crowds.append((about, "big" if is_flag else ("mid", "one", "big")[number % 3]))
    sizes = {"big": (least + 5, 1), "mid": (least - 1, 2), "one": (1, 2 * least)}
    for number, (about, size) in enumerate(crowds):
        count, times = sizes[size]
        if size == "mid" and number > 2:  # with those who are there anyway it is just too small
            axis = next(t for t, v in about if v != things[t][0])
            count -= sum(
                dict(p.about)[axis] == dict(about)[axis] for p in people if p.crowd is None
            )
        people += [
            Person(f"who{number + 1:02d}{one:03d}", about, number, times)
            for one in range(max(count, 1))
        ]
    return people


def _people(
    things: dict[str, list[Any]], names: list[str], least: int
) -> list[tuple[tuple[str, Any], ...]]:
    """All that people can be in these things; of too many, some, and whoever is nearly plain. Where
    groups have to be large, too few to make one."""
    found = list(product(*(things[name] for name in names)))
    most = min(MANY, least // 2) if least else MANY
    if len(found) > most:
        plain = [things[name][0] for name in names]
        near = [p for p in found if sum(a != b for a, b in zip(p, plain, strict=True)) <= 2]
        found = list(dict.fromkeys([*near[:1], *random.Random(1).sample(found, most), *near]))
    return [tuple(zip(names, values, strict=True)) for values in found]


def _nearly_plain(
    things: dict[str, list[Any]], names: list[str]
) -> list[tuple[tuple[str, Any], ...]]:
    """The plainest people, and whoever differs from them in one thing."""
    plain = {name: things[name][0] for name in names}
    found = [plain, *({**plain, name: value} for name in names for value in things[name][1:])]
    return [tuple(one.items()) for one in found]


def _settings(ends: Ends) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for control, places in ends.flags.items():
        for dataset, name in places:
            found.setdefault(dataset, {})[name] = f"flag:{control}"
    for axis, places in ends.axes.items():
        for dataset, name in places:
            found.setdefault(dataset, {})[name] = f"axis:{axis}"
    return found


def _things(project: Project, ends: Ends) -> dict[str, list[Any]]:
    """By flag and axis, the values that people have of it: the plainest first, and none at all."""
    bindings = project.policy.bindings
    assert bindings is not None
    found: dict[str, list[Any]] = {}
    for control, flag in bindings.flags.items():
        refused = flag.refused[0]
        allowed = (
            (not refused) if isinstance(refused, bool) else OPPOSITE.get(str(refused), "allowed")
        )
        found[f"flag:{control}"] = [allowed, refused, MISSING]
    for key in ends.axes:
        axis, _, name = key.partition(":")
        meant = bindings.axes[axis][name]
        raws = [raw for raws in meant.values() for raw in raws]
        found[f"axis:{key}"] = [*("other" if raw == "*" else raw for raw in raws), "odd", MISSING]
    return found


def _crowded(project: Project, ends: Ends) -> tuple[set[str], int, set[str]]:
    """The datasets of which only groups may be seen, of how many people at least, and the controls
    that are asked about it."""
    found: set[str] = set()
    asked: set[str] = set()
    most = 0
    for use_id, use in project.policy.uses.items():
        least = [project.policy.steps[step].parameters.get("k") for step in use.steps]
        k = max((int(n) for n in least if n), default=0)
        feeding = between(project.pipeline, None, ends.sinks.get(use_id, ())).datasets if k else {}
        places = {place for data in use.data for place in ends.sources.get(data, ())}
        found |= {dataset for dataset, _ in places if dataset in feeding}
        asked |= {control for line in use.applies if k for control in line.control}
        most = max(most, k)
    return found, most, asked


def _fields(project: Project, ends: Ends, dataset: str) -> list[str]:
    listed = project.pipeline.datasets[dataset].fields
    known = (
        ["mood"] if listed is None else list(listed)
    )  # where nobody lists them there may be more
    return sorted({*known, *ends.known().get(dataset, ())})


def _content(planted: Planted, dataset: str, fields: list[str]) -> list[str]:
    own = planted.settings.get(dataset, {})
    return [f for f in fields if f not in own and f != planted.keys.get(dataset)]


def _known(planted: Planted, dataset: str, person: Person) -> Row:
    """What a dataset says of somebody beside what they write."""
    known = dict(person.about)
    row = {name: known[thing] for name, thing in planted.settings.get(dataset, {}).items()}
    if key := planted.keys.get(dataset):
        row[key] = person.name
    return row


def _token(planted: Planted, place: Place, people: tuple[str, ...], person: Person) -> str:
    """A value: its number, and one identifier of every kind."""
    number = len(planted.tokens)
    high, low = divmod(number, 250)
    made = {
        kind: look.format(n=number % 10_000, n_high=high % 250, n_low=low)
        for kind, look in LOOKS.items()
    }
    planted.tokens.append(Token(place, people, person.about, made))
    return f"<{number}> says " + " ; ".join(made.values()) + " ."
