"""What a pipeline's graph suggests a policy to say: nothing in it is known to be true."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...pipeline.graph import Dataset, Pipeline, Step
from ...pipeline.predicate import All, Is, Not, Predicate, Unreadable
from ...values import listed
from .guards import parted, protections
from .reading import Reading
from .shapes import Category, Ids, Kept, Proposal, Protection, Recipient, Switch, Use, label

MOST = 40  # datasets of one kind that are proposed; a team goes on from there
PERSON = re.compile(
    r"(?:.*[._])?(?:user|account|customer|person|member|enduser|subject|device)[._]?id\Z"
    r"|uuid\Z|uid\Z",
    re.IGNORECASE,
)
REFUSAL = re.compile(
    r"opt[_.-]?(?:ed[_.-]?)?out|refus|object(?:ed|ion)|do[_.-]?not|exclude|declin|withdr",
    re.IGNORECASE,
)
CONSENT = re.compile(r"opt[_.-]?(?:ed[_.-]?)?in|consent|allow|agree|permi|accept", re.IGNORECASE)
PURPOSES = {
    "data-juicer": "train-model",
    "dolma": "train-model",
    "opentelemetry-collector": "improve-service",
}
# A field that each row of a tool has, whatever else it has.
USUAL = {"data-juicer": "text", "dolma": "text", "opentelemetry-collector": "name"}
# Where a step that looks for people's data by a rule may find some, though no file names a field.
LIKELY = ("attributes.url.full", "body", "resource.host.name")


def propose(pipeline: Pipeline) -> Proposal:
    """What the graph suggests; empty where there are no datasets."""
    reading = Reading(pipeline)
    switches = {s.field: s for s in _switches(reading)}
    chosen = {place for switch in switches.values() for place in switch.places}
    data, person, settings = _categories(reading, chosen)
    steps = protections(reading, data)
    data, steps = parted(reading, data, steps)
    ends = reading.ends()
    uses = tuple(_uses(reading, ends[:MOST], data, switches, steps))
    named = {use.switches[0] for use in uses if use.switches}
    left = [f"{len(ends) - MOST} ends"] if len(ends) > MOST else []
    left += [f"{len(reading.sources()) - MOST} sources"] if len(reading.sources()) > MOST else []
    return Proposal(
        tuple(data),
        uses,
        tuple(s for s in switches.values() if s.id in named),
        tuple(s for s in steps if any(s.id in use.steps for use in uses)),
        tuple(_copies(reading, data)),
        tuple(_recipients(reading)),
        person,
        settings,
        f"{listed(left)} are left out" if left else "",
    )


# -- choices -------------------------------------------------------------------------------------


def _switches(reading: Reading) -> Iterator[Switch]:
    """Fields of filters whose names sound like a choice, each once."""
    ids, seen = Ids(), set()
    for step in reading.pipeline.steps.values():
        for name, kept in _asked(step.where) if step.op == "filter" else ():
            refusal = bool(REFUSAL.search(name))
            if name in seen or not (refusal or CONSENT.search(name)):
                continue
            seen.add(name)
            place = str(step.fact.location) if isinstance(step.where, Unreadable) else ""
            if places := _places(reading, step, name):
                yield Switch(ids.new(name), name, places, not kept, refusal, place)


def _places(reading: Reading, step: Step, name: str) -> tuple[str, ...]:
    """Where a field of a filter comes from: a source that lists it, else one that lists nothing."""
    came = [s for s in reading.sources() if step.id in reading.after(s.id)]
    listing = [s for s in came if name in (s.fields or ())]
    return tuple(f"{s.id}.{name}" for s in listing or [s for s in came if s.fields is None])


def _asked(where: Predicate | None) -> Iterator[tuple[str, bool]]:
    """The fields that must be true, or false, for a row to be kept; of a filter that could not be
    read, as their names say."""
    if isinstance(where, All):
        for part in where.parts:
            yield from _asked(part)
    elif isinstance(where, Not) and isinstance(where.part, Is):
        yield from ((name, not kept) for name, kept in _asked(where.part))
    elif isinstance(where, Is) and len(where.values) == 1:
        value = next(iter(where.values))
        if value is True or value is False:
            yield where.field.rpartition(":")[2], value  # a joined table's name stands before
    elif isinstance(where, Unreadable):
        names = sorted(name.rpartition(":")[2] for name in where.fields)
        yield from ((name, not REFUSAL.search(name)) for name in names)


# -- data ----------------------------------------------------------------------------------------


def _categories(
    reading: Reading, chosen: set[str]
) -> tuple[list[Category], dict[str, str], tuple[str, ...]]:
    """One kind of data for each name of a source; the field that says whose a row is; settings."""
    ids, person, settings = Ids(), dict[str, str](), list[str]()
    groups: dict[str, list[Dataset]] = {}
    for source in reading.sources()[:MOST]:
        groups.setdefault(label(source.id), []).append(source)
    found = []
    for words, sources in groups.items():
        places, guessed = list[tuple[str, str]](), False
        for source in sources:
            names = list(source.fields or ())
            if source.fields is None:
                names, guessed = _named(reading, source), True
                names += [p[len(source.id) + 1 :] for p in chosen if p.startswith(f"{source.id}.")]
            key = source.person or next((n for n in names if PERSON.fullmatch(n)), None)
            if key and not source.person:
                person[source.id] = key
            for name in names:
                place = f"{source.id}.{name}"
                if place in chosen or _is_setting(source, name):
                    settings.append(place)
                else:
                    places.append((source.id, name))
        if places:
            datasets = tuple(s.id for s in sources)
            fields = tuple(dict.fromkeys(name for _, name in places))
            new = Category(ids.new(words), words, fields, tuple(places), datasets, guessed)
            found.append(new)
    return found, person, tuple(dict.fromkeys(settings))


def _is_setting(source: Dataset, name: str) -> bool:
    fact = (source.fields or {}).get(name)
    return fact is not None and fact.text.endswith((": setting", ": technical"))


def _named(reading: Reading, source: Dataset) -> list[str]:
    """Fields that steps after a source speak of, where nothing lists its own."""
    found: dict[str, None] = {}
    made: set[str] = set()
    after = reading.after(source.id)
    for step in (s for s in reading.pipeline.steps.values() if s.id in after):
        names = [*step.fields, *step.group_by, *step.join_on]
        for head, origins in (step.writes or {}).items():
            names += origins
            if head not in origins:
                made.add(head)
        found.update(dict.fromkeys(n for n in names if n and n not in made))
    usual = USUAL.get(reading.format_of(source))
    if reading.format_of(source) == "opentelemetry-collector" and source.id.endswith("/logs"):
        usual = "body"
    for step in (s for s in reading.pipeline.steps.values() if s.id in after and s.chooses):
        rule = step.chooses
        if step.op == "redact" and rule and not any(map(rule, (*found, usual or ""))):
            found.update(dict.fromkeys([name for name in LIKELY if rule(name)][:1]))
    named = list(found)[:MOST]
    return [*named, usual] if usual and usual not in found else named or ["text"]


# -- uses and places -----------------------------------------------------------------------------


def _uses(
    reading: Reading,
    ends: list[Dataset],
    data: list[Category],
    switches: dict[str, Switch],
    steps: list[Protection],
) -> Iterator[Use]:
    ids = Ids()
    reached = {c.id: reading.after(*c.datasets) for c in data}
    for end in ends:
        comes = tuple(c.id for c in data if end.id in reached[c.id] and end.id not in c.datasets)
        if not comes:
            continue
        before = reading.before(end.id)
        asked = [
            switches[name].id
            for s in reading.pipeline.steps.values()
            if s.id in before and s.op == "filter"
            for name, _ in _asked(s.where)
            if name in switches
        ]
        unread = [
            str(s.fact.location)
            for s in reading.pipeline.steps.values()
            if s.id in before and isinstance(s.where, Unreadable) and not s.where.fields
        ]
        purpose = PURPOSES.get(reading.format_of(end), "analytics")
        purpose = "train-model" if end.role == "training-set" else purpose
        protect = tuple(p.id for p in steps if p.step in before)
        words = label(end.id)
        yield Use(
            *(ids.new(words), words, end.id, end.role, purpose),
            *(comes, tuple(asked[:1]), protect, tuple(dict.fromkeys(unread))),
        )


def _copies(reading: Reading, data: list[Category]) -> Iterator[Kept]:
    """Every place where data lies, by name and time; those beside the way are one."""
    ids, groups = Ids(), dict[tuple[str, bool, str | None], list[Dataset]]()
    for dataset in reading.pipeline.datasets.values():
        perhaps = dataset.fact.grade == "unknown" and reading.is_left(dataset)
        if dataset.role != "external" and not perhaps:  # which of them there are, a version tells
            words = "work files" if reading.is_left(dataset) else label(dataset.id)
            made = dataset.id in reading.written
            if len(groups) >= MOST and (words, made, _keep(dataset)) not in groups:
                words, made = "other places", True
            groups.setdefault((words, made, _keep(dataset)), []).append(dataset)
    reached = {c.id: reading.after(*c.datasets) for c in data}
    came = {words for words, made, _ in groups if not made}
    both = {words for words, made, _ in groups if made and words in came}
    for (words, _, keep), lying in groups.items():
        names = tuple(d.id for d in lying)
        holds = tuple(id_ for id_, after in reached.items() if after.intersection(names))
        if holds:  # what comes in and what is made of it can have one name: the folder tells them
            said = label(names[0], longer=True) if words in both else words
            yield Kept(ids.new(said), said, names, holds, keep)


def _keep(dataset: Dataset) -> str | None:
    """How long a store keeps all its rows, if its file says so."""
    lives = dataset.lifetimes
    if len(lives) != 1 or lives[0].where is not None or lives[0].duration is None:
        return None
    return lives[0].duration.text if any(lives[0].duration.parts) else "not-kept"


def _recipients(reading: Reading) -> Iterator[Recipient]:
    ids = Ids()
    nodes: Iterable[Dataset | Step] = (
        *(d for d in reading.pipeline.datasets.values() if d.role == "external"),
        *(s for s in reading.pipeline.steps.values() if s.external),
    )
    groups: dict[str, list[str]] = {}
    for node in nodes:
        groups.setdefault(label(node.id), []).append(node.id)
    for words, names in list(groups.items())[:MOST]:
        yield Recipient(ids.new(words), words, tuple(names))
