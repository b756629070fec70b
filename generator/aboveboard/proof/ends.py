"""The two ends of every claim: what the bindings' names mean in the pipeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ..findings import Finding
from ..pipeline.graph import Pipeline
from ..policy.bindings import Bindings
from ..policy.model import Policy
from ..values import did_you_mean, nearest
from .alike import like
from .lineage import PERSON, flag_name

Place = tuple[str, str]  # dataset, field
GONE = "put the step back, or bind the one that now does this; else the promise goes, too"


def mark_name(event: str) -> str:
    """What an event's mark is tracked as: as with an axis, a person's rows differ in it."""
    return f"axis:/{event}"


@dataclass(slots=True, eq=False, repr=False)
class Ends:
    """Resolved bindings. `absent` are names that mean nothing, by binding kind and key."""

    sources: dict[str, list[Place]] = field(default_factory=dict)
    technical: set[Place] = field(default_factory=set)
    sinks: dict[str, list[str]] = field(default_factory=dict)
    stages: dict[str, list[str]] = field(default_factory=dict)
    copies: dict[str, list[str]] = field(default_factory=dict)
    recipients: dict[str, list[str]] = field(default_factory=dict)
    steps: dict[str, list[str]] = field(default_factory=dict)
    person: dict[str, str] = field(default_factory=dict)
    flags: dict[str, list[Place]] = field(default_factory=dict)
    read: dict[str, str | None] = field(default_factory=dict)  # control -> when its flag is read
    axes: dict[str, list[Place]] = field(default_factory=dict)  # "axis:field" -> places
    marks: dict[str, list[Place]] = field(default_factory=dict)  # event -> what marks its rows
    branches: dict[str, list[str]] = field(default_factory=dict)  # event -> what holds its rows
    findings: list[Finding] = field(default_factory=list)

    def known(self) -> dict[str, set[str]]:
        """Fields that the bindings name, by dataset."""
        found: dict[str, set[str]] = defaultdict(set)
        for places in (
            *self.sources.values(),
            *self.flags.values(),
            *self.axes.values(),
            *self.marks.values(),
        ):
            for dataset, name in places:
                found[dataset].add(name)
        for dataset, name in (*self.technical, *self.person.items()):
            found[dataset].add(name)
        return found

    def tracked(self) -> dict[str, dict[str, set[str]]]:
        """By dataset, which bound thing each field is."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for dataset, name in self.person.items():
            found[dataset][PERSON].add(name)
        for control, places in self.flags.items():
            for dataset, name in places:
                found[dataset][flag_name(control, self.read.get(control))].add(name)
        for axis, places in self.axes.items():
            for dataset, name in places:
                found[dataset][f"axis:{axis}"].add(name)
        for event, places in self.marks.items():
            for dataset, name in places:
                found[dataset][mark_name(event)].add(name)
        return found


def resolve(policy: Policy, pipeline: Pipeline) -> Ends:
    """What the bindings mean; a name that means nothing is a finding at its line."""
    bindings = policy.bindings or Bindings()
    resolver = _Resolver(policy, pipeline)
    ends = Ends()
    ends.sources = {k: resolver.places(v, "sources", k) for k, v in bindings.sources.items()}
    ends.technical = set(resolver.places(bindings.not_personal, "not-personal"))
    for kind in ("sinks", "stages", "copies", "recipients", "steps"):
        written: dict[str, list[str]] = getattr(bindings, kind)
        setattr(ends, kind, {k: resolver.nodes(v, kind, k) for k, v in written.items()})
    for dataset in pipeline.datasets.values():
        if dataset.person:
            ends.person[dataset.id] = dataset.person
    for name, person in bindings.person.items():
        for node in resolver.nodes([name], "person", keyed=True):
            ends.person[node] = person
    for control, flag in bindings.flags.items():
        ends.read[control] = flag.read
        ends.flags[control] = resolver.places(flag.field, "flags", control, "field", loose=True)
    for axis, by_field in bindings.axes.items():
        for name in by_field:
            ends.axes[f"{axis}:{name}"] = resolver.places(
                [name], "axes", axis, loose=True, keyed=True
            )
    for event, mark in bindings.events.items():
        named = [mark.field] if mark.field else []
        ends.marks[event] = resolver.places(named, "events", event, "field", loose=True)
        ends.branches[event] = resolver.nodes(mark.dataset, "events", event, "dataset")
    ends.findings = resolver.findings
    return ends


class _Resolver:
    def __init__(self, policy: Policy, pipeline: Pipeline) -> None:
        self.policy, self.pipeline = policy, pipeline
        self.findings: list[Finding] = []

    def _lost(
        self, name: str, what: str, path: tuple[str | int, ...], keyed: bool, beside: set[str]
    ) -> None:
        """What stands beside it in the same list is not what was meant."""
        where = (*path, name) if keyed else path
        place = self.policy.at("bindings", "", *where, key=keyed)
        known = {*self.pipeline.names(), *self._all_places()} - beside
        nearby = did_you_mean(name, known)
        message = f"'{name}' matches no {what} of the pipeline"
        self.findings.append(Finding("unmatched-binding", message, place, hint=nearby))

    def _gone(self, name: str, id_: str, index: int) -> None:
        """Another step that only sounds alike would keep the promise in words alone."""
        place = self.policy.at("bindings", "", "steps", id_, index)
        message = f"'{name}' matches no step of the pipeline: what '{id_}' promises rests on it"
        promise = self.policy.steps.get(id_)
        alike = [] if promise is None else like(promise, self.pipeline.steps.values())
        near = nearest(name, alike)
        hint = f"did you mean '{near}'? it acts alike" if near else GONE
        self.findings.append(Finding("unmatched-binding", message, place, hint=hint))

    def _all_places(self) -> Iterator[str]:
        for dataset in self.pipeline.datasets.values():
            yield from (f"{dataset.id}.{name}" for name in dataset.fields or ())

    def nodes(self, names: Collection[str], *path: str, keyed: bool = False) -> list[str]:
        found = []
        for index, name in enumerate(names):
            node = self.pipeline.resolve(name)
            if node is None and path[0] == "steps":
                self._gone(name, path[1], index)
            elif node is None:
                self._lost(
                    name, "dataset or step", path if keyed else (*path, index), keyed, {*names}
                )
            elif path[0] == "copies" and node in self.pipeline.steps:
                self._no_place(node, (*path, index))
            else:
                found.append(node)
        return found

    def _no_place(self, step: str, path: tuple[str | int, ...]) -> None:
        """Nothing lies in a step, so nothing would be held against what is published."""
        place = self.policy.at("bindings", "", *path)
        outputs = self.pipeline.steps[step].outputs
        hint = f"name the dataset that it writes: {', '.join(outputs)}" if outputs else ""
        message = f"'{step}' is a step; a copy is a dataset"
        self.findings.append(Finding("unmatched-binding", message, place, hint=hint))

    def places(
        self, names: Collection[str], *path: str, loose: bool = False, keyed: bool = False
    ) -> list[Place]:
        """`dataset.field`, or when loose a bare field in every source that lists it."""
        found: list[Place] = []
        for index, name in enumerate(names):
            places = self._place(name) or (self._bare(name) if loose else [])
            if not places:
                self._lost(name, "field", path if keyed else (*path, index), keyed, {*names})
            found += places
        return found

    def _place(self, name: str) -> list[Place]:
        for cut in (i for i, letter in enumerate(name) if letter == "."):
            node = self.pipeline.resolve(name[:cut])
            if node is None or node not in self.pipeline.datasets:
                continue
            fields = self.pipeline.datasets[node].fields
            if fields is None or name[cut + 1 :] in fields:
                return [(node, name[cut + 1 :])]
        return []

    def _bare(self, name: str) -> list[Place]:
        return self.sources.get(name, [])

    @cached_property
    def sources(self) -> dict[str, list[Place]]:
        """The places of each field, in the datasets that no step writes."""
        written = {o for step in self.pipeline.steps.values() for o in step.outputs}
        found: dict[str, list[Place]] = defaultdict(list)
        for dataset in self.pipeline.datasets.values():
            for name in dataset.fields or () if dataset.id not in written else ():
                found[name].append((dataset.id, name))
        return found
