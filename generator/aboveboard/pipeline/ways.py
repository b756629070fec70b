"""The ways that data takes through a pipeline, whatever its fields, and a picture of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from ..drawing import Box, Line, Picture
from .graph import Dataset, Pipeline, Step
from .predicate import Unreadable, parts_of


class Edge(NamedTuple):
    """From one dataset or step to another: read, written, or sent there when a step fails."""

    start: str
    end: str
    kind: Literal["reads", "writes", "on-error"]


def edges(pipeline: Pipeline) -> Iterator[Edge]:
    """Every edge; a name that leads nowhere makes none."""
    known = pipeline.datasets.keys() | pipeline.steps.keys()
    for step in pipeline.steps.values():
        yield from (Edge(name, step.id, "reads") for name in step.inputs if name in known)
        yield from (Edge(step.id, name, "writes") for name in step.outputs if name in known)
        if step.on_error and step.on_error.to in known:
            yield Edge(step.id, step.on_error.to or "", "on-error")


def between(
    pipeline: Pipeline, starts: Iterable[str] | None, ends: Iterable[str] | None
) -> Pipeline:
    """The part of a pipeline that comes from any of `starts` and gets to any of `ends`; None: from
    or to anywhere. Findings and inputs stay as they are."""
    kept = pipeline.datasets.keys() | pipeline.steps.keys()
    after: dict[str, list[str]] = defaultdict(list)
    before: dict[str, list[str]] = defaultdict(list)
    for edge in edges(pipeline):
        after[edge.start].append(edge.end)
        before[edge.end].append(edge.start)
    if starts is not None:
        kept &= _reached(starts, after)
    if ends is not None:
        kept &= _reached(ends, before)
    return replace(
        pipeline,
        datasets={id_: d for id_, d in pipeline.datasets.items() if id_ in kept},
        steps={id_: s for id_, s in pipeline.steps.items() if id_ in kept},
    )


def _reached(names: Iterable[str], following: dict[str, list[str]]) -> set[str]:
    found = set(names)
    waiting = list(found)
    while waiting:
        for name in following[waiting.pop()]:
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def unknown(pipeline: Pipeline) -> Iterator[tuple[Dataset | Step, str]]:
    """What is opaque or cannot be read, in words, at the dataset or step that it is of."""
    written = {edge.end for edge in edges(pipeline) if edge.kind != "reads"}
    for dataset in pipeline.datasets.values():
        if dataset.fact.grade == "unknown":
            yield dataset, dataset.fact.text
        if dataset.fields is None and dataset.id not in written:
            yield dataset, "nobody lists its fields"
        for life in dataset.lifetimes:
            if not life.keep.known:
                yield dataset, f"how long it is kept cannot be read: {life.keep.fact.text}"
    for step in pipeline.steps.values():
        yield from ((step, text) for text in _doubts(step))


def _doubts(step: Step) -> Iterator[str]:
    if step.opaque:
        yield "opaque: any field that it reads can be in any field that it writes"
    elif step.grade == "unknown":
        yield step.fact.text
    if step.runs and not isinstance(step.runs.value, bool):
        yield f"whether it runs cannot be told: {step.runs.fact.text}"
    if not step.entities_known:
        yield "what it looks for cannot be read"
    if step.where is not None and any(isinstance(p, Unreadable) for p in parts_of(step.where)):
        yield f"its condition cannot be read: {step.where}"
    if step.on_error and not step.on_error.does.known:
        yield f"what happens on errors cannot be told: {step.on_error.does.fact.text}"
    yield from (setting.fact.text for setting in step.parameters.values() if not setting.known)


# -- as a picture ----------------------------------------------------------------------------------


def picture(pipeline: Pipeline, boxes: Iterable[Box] | None = None) -> Picture:
    """The pipeline as boxes and lines. A step that only copies is a line.

    `boxes` stand for the nodes with their ids; a node without one is left out, and what comes from
    it is drawn as coming from what it reads. None: a box for every node, with its own name.
    """
    shown = {box.id: box for box in (_boxes(pipeline) if boxes is None else boxes)}
    found: dict[tuple[str, str], bool] = {}
    before: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges(pipeline):
        before[edge.end].append(edge)
    for end in shown:
        for start, broken in _from(end, before, shown):
            found[start, end] = found.get((start, end), True) and broken
    lines = tuple(Line(start, end, broken) for (start, end), broken in found.items())
    return Picture(tuple(shown.values()), lines)


def _from(
    end: str, before: dict[str, list[Edge]], shown: dict[str, Box]
) -> Iterator[tuple[str, bool]]:
    """The boxes that a node is fed by, through nodes without one; whether only when steps fail."""
    seen: set[tuple[str, bool]] = set()
    waiting = [(end, False)]
    while waiting:
        name, broken = waiting.pop()
        for edge in before[name]:
            at = (edge.start, broken or edge.kind == "on-error")
            if at in seen:
                continue
            seen.add(at)
            if edge.start in shown:
                yield at
            else:
                waiting.append(at)


def _boxes(pipeline: Pipeline) -> Iterator[Box]:
    for id_, node in sorted((pipeline.datasets | pipeline.steps).items(), key=_place):
        if isinstance(node, Step):
            if node.op != "copy" or not node.outputs:
                note = "opaque" if node.opaque else node.op
                yield Box(id_, id_, note, "opaque" if node.opaque else "step")
        else:
            yield Box(id_, id_, node.role, "outside" if node.role == "external" else "place")


def _place(item: tuple[str, Dataset | Step]) -> tuple[str, int, int, str]:
    place = item[1].fact.location
    return (place.path, place.line, place.column, item[0])
