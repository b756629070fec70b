"""A pipeline's graph, asked where its data comes from, where it ends, and what lies beside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from ...pipeline.graph import Dataset, Pipeline, Step
from ...proof.works import dropped

# What a tool leaves beside its result, as its reader names it.
LEFT = re.compile(r".+/(cache|checkpoint|insight|log|stats|trace|work-input|work-output)\Z")


class Reading:
    """One pipeline, asked from all sides."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self._after: dict[tuple[str, ...], set[str]] = {}

    @cached_property
    def next(self) -> dict[str, list[str]]:
        """The nodes that rows of a node come to in one step."""
        found: dict[str, list[str]] = {}
        for step in self.pipeline.steps.values():
            for name in step.inputs:
                found.setdefault(name, []).append(step.id)
            found.setdefault(step.id, []).extend(step.outputs)
        return found

    @cached_property
    def written(self) -> set[str]:
        return {name for step in self.pipeline.steps.values() for name in step.outputs}

    @cached_property
    def last(self) -> dict[str, list[str]]:
        """The nodes that rows of a node come from in one step."""
        found: dict[str, list[str]] = {}
        for name, following in self.next.items():
            for other in following:
                found.setdefault(other, []).append(name)
        return found

    def after(self, *names: str) -> set[str]:
        """All nodes that rows of these can come to, these included."""
        if names not in self._after:
            self._after[names] = _closure(self.next, names)
        return self._after[names]

    def before(self, name: str) -> set[str]:
        """All nodes that rows of this one can come from, this one included."""
        return _closure(self.last, (name,))

    def origins(self, step: Step, names: Iterable[str]) -> set[tuple[str, str]]:
        """The fields of sources that some fields of a step's input are made of."""
        left = [(before, name) for before in step.inputs for name in names]
        seen, found = set(left), set[tuple[str, str]]()
        while left:
            node, name = left.pop()
            made = self.pipeline.steps.get(node)
            if made is None and node not in self.written:
                found.add((node, name))
                continue
            before = made.inputs if made else self.last.get(node, ())
            of = (made.writes or {}).get(name, (name,)) if made else (name,)
            fresh = {(other, old) for other in before for old in of} - seen
            seen |= fresh
            left += fresh
        return found

    def stopped(self, dataset: str, name: str) -> frozenset[str]:
        """The ends that a field of a source would come to if no step dropped it."""
        return frozenset(self._aims & (self.after(dataset) - self.arrives(dataset, name)))

    def arrives(self, dataset: str, name: str) -> set[str]:
        """The nodes that a field of a source can come to, for all that steps drop."""
        after = self.after(dataset)
        drops = {s.id for s in self._dropping if s.id in after and _drops(s, name)}
        if not drops:
            return after
        free = {node: [n for n in self.next.get(node, ()) if n not in drops] for node in after}
        return _closure(free, (dataset,))

    @cached_property
    def _dropping(self) -> list[Step]:
        steps = self.pipeline.steps.values()
        return [s for s in steps if s.op == "drop-field" and s.runs is None and s.partial is None]

    @cached_property
    def _aims(self) -> set[str]:
        return {end.id for end in self.ends()}

    def sources(self) -> list[Dataset]:
        return [d for d in self.pipeline.datasets.values() if d.role == "source" or self._starts(d)]

    def _starts(self, dataset: Dataset) -> bool:
        """Whether nothing writes a dataset. A store that nothing reads is no more than a place."""
        place = self.format_of(dataset) == "terraform" and not self.next.get(dataset.id)
        return not (place or dataset.id in self.written or self.is_left(dataset))

    def is_left(self, dataset: Dataset) -> bool:
        """Whether it stands beside the way of the data."""
        return dataset.role in ("log", "dead-letter") or bool(LEFT.match(dataset.id))

    def ends(self) -> list[Dataset]:
        """Where something is made of data: nothing reads on, or its role says so."""
        found = []
        for dataset in self.pipeline.datasets.values():
            aim = dataset.role in ("training-set", "external", "index")
            stops = not self.next.get(dataset.id) and dataset.role != "dead-letter"
            if dataset.id not in self.written or LEFT.match(dataset.id):
                continue
            if (aim or stops) and dataset.fact.grade != "unknown":
                found.append(dataset)
        return found

    def format_of(self, dataset: Dataset) -> str:
        return self.pipeline.formats.get(dataset.fact.location.path, "")


def _drops(step: Step, name: str) -> bool:
    return dropped(step, name) or bool(step.chooses and step.chooses(name))


def _closure(edges: dict[str, list[str]], names: Iterable[str]) -> set[str]:
    seen = set(names)
    left = list(seen)
    while left:
        fresh = [n for n in edges.get(left.pop(), ()) if n not in seen]
        seen.update(fresh)
        left += fresh
    return seen
