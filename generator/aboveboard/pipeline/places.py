"""What lies in a store that deletes by itself, such as a bucket, is kept no longer than there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..findings import Finding
from ..values import listed
from .graph import GRADES, Dataset, Lifetime, Pipeline, Setting, Step
from .part import Place

_SPELLINGS = {"s3a": "s3", "s3n": "s3"}  # of one scheme


def settle(pipeline: Pipeline, places: Iterable[Place]) -> None:
    """Gives every dataset the lifetime and region of the place that it lies in: of the one with
    the longest path. A place that copies what it is given makes further datasets."""
    by_name: dict[str, Place] = {}
    for place in places:
        for name in place.names:
            by_name.setdefault(name, place)
    if not by_name:
        return
    names = _names(pipeline)
    used = {id_ for step in pipeline.steps.values() for id_ in (*step.inputs, *step.outputs)}
    waiting = list(pipeline.datasets)
    while waiting:
        id_ = waiting.pop(0)
        for place, rest in _around(names.get(id_, [id_]), by_name):
            dataset = pipeline.datasets[id_]
            pipeline.findings += _elsewhere(dataset, place)
            pipeline.datasets[id_] = _kept(dataset, place, rest)
            if id_ in used or dataset.fact is not place.fact:  # else nobody writes to it
                waiting += _copied(pipeline, id_, place, rest)


def _names(pipeline: Pipeline) -> dict[str, list[str]]:
    found = defaultdict(list)
    for id_ in pipeline.datasets:
        found[id_].append(id_)
    for name, id_ in pipeline.aliases.items():
        found[id_].append(name)
    return found


def _around(names: list[str], by_name: dict[str, Place]) -> Iterator[tuple[Place, str]]:
    """The place of the longest path that one of a dataset's names begins with."""
    found: list[tuple[int, str, str]] = []
    for name in names:
        scheme, colon, path = name.partition("://")
        spelled = f"{_SPELLINGS.get(scheme, scheme)}{colon}{path}"
        found += [(len(start), start, rest) for start, rest in _starts(spelled, by_name)]
    if found:
        _, start, rest = max(found)
        yield by_name[start], rest


def _starts(name: str, by_name: dict[str, Place]) -> Iterator[tuple[str, str]]:
    if name in by_name:
        yield name, ""
    for at in range(len(name) - 1, 0, -1):
        if name[at] in "/.":
            place = by_name.get(name[:at])
            if place and place.sep == name[at]:
                yield name[:at], name[at + 1 :]


def _elsewhere(dataset: Dataset, place: Place) -> Iterator[Finding]:
    """A region that is said of a dataset, and is not where its store is."""
    here, there = dataset.regions, place.regions
    if here is not None and there is not None and set(here) != set(there):
        at = place.fact.location
        message = f"'{dataset.id}' is said to be in {listed(here)}; its store is in {listed(there)}"
        yield Finding("given-twice", message, dataset.fact.location, related=(at,))


def _kept(dataset: Dataset, place: Place, rest: str) -> Dataset:
    """Both delete, so that for each row the sooner one counts."""
    if dataset.regions is None and place.regions is not None:
        dataset = replace(dataset, regions=place.regions, located=place.fact)
    if place.keeps is None:
        return dataset
    ours = place.keeps(rest)
    told = dataset.lifetimes
    if all(life.where is not None for life in told):
        told = (*told, Lifetime(ours))
    lives = tuple(life._replace(keep=_sooner(life.keep, ours)) for life in told)
    return replace(dataset, lifetimes=lives)


def _sooner(one: Setting, other: Setting) -> Setting:
    """The lifetime that ends first; of two that end together the one that is better known.

    One that cannot be read or has no end makes none longer.
    """
    first, second = Lifetime(one).duration, Lifetime(other).duration
    if first is None and second is None:
        return other if one.known and not other.known else one
    if first is None or second is None:
        return one if second is None else other
    if first.longest == second.longest:
        return min(one, other, key=lambda s: GRADES.index(s.fact.grade))
    return one if first.longest < second.longest else other


def _copied(pipeline: Pipeline, id_: str, place: Place, rest: str) -> Iterator[str]:
    """The ids of the datasets that a store's own copying makes."""
    for to, fact in place.copied:
        target = f"{to}/{rest}" if rest else to
        name = pipeline.resolve(target) or target
        step = Step(f"{id_} -> {name}", "copy", fact, (id_,), (name,))
        if step.id in pipeline.steps or name == id_:
            continue
        pipeline.steps[step.id] = step
        if name not in pipeline.datasets:
            pipeline.datasets[name] = Dataset(name, fact, "store")
            yield name
