"""A pipeline's graph, asked where its data comes from, where it ends, and what lies beside."""

from __future__ import annotations

import re
from functools import cached_property

from ...pipeline.graph import Dataset, Pipeline

# What a tool leaves beside its result, as its reader names it.
LEFT = re.compile(r".+/(cache|checkpoint|insight|log|stats|trace|work-input|work-output)\Z")


class Reading:
    """One pipeline, asked from all sides."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline

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

    def after(self, *names: str) -> set[str]:
        """All nodes that rows of these can come to, these included."""
        seen, left = set(names), list(names)
        while left:
            fresh = [n for n in self.next.get(left.pop(), ()) if n not in seen]
            seen.update(fresh)
            left += fresh
        return seen

    def sources(self) -> list[Dataset]:
        every = self.pipeline.datasets.values()
        return [
            d for d in every if d.role == "source" or not (d.id in self.written or self.is_left(d))
        ]

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
