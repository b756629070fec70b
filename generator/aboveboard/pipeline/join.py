"""Joins the parts of all files into one graph: one file's output is another's input."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..findings import Finding, Location
from ..values import did_you_mean, normal_path
from .globs import meets
from .graph import GRADES, Dataset, Fact, Pipeline, Step, worst_grade
from .part import Part
from .places import settle

Parts = Sequence[Part]
Fields = dict[str, Fact] | None


def join(pipeline: Pipeline, parts: Parts) -> None:
    """Fills the pipeline; names that lead nowhere, cycles and idle overlays become findings."""
    _name_places(pipeline, parts)
    for part in parts:
        for dataset in part.datasets:
            _add_dataset(pipeline, dataset, part)
    for part in parts:
        for step in part.steps:
            _add_step(pipeline, step)
    for part in parts:
        for dataset in part.overlay_datasets:
            _add_dataset(pipeline, dataset, part)
        for overlay in part.overlays:
            pipeline.findings += _apply(pipeline, overlay)
    read_as = _matched(pipeline, parts)
    for step in pipeline.steps.values():
        pipeline.findings += _connect(pipeline, step, read_as)
    settle(pipeline, [place for part in parts for place in part.places])
    pipeline.findings += _cycles(pipeline)


def _name_places(pipeline: Pipeline, parts: Parts) -> None:
    """A dataset that has a name and a path is known by both; the name is its id."""
    for part in parts:
        for id_, path in part.paths.items():
            place = normal_path(path)
            if place != id_ or place not in pipeline.aliases:
                pipeline.aliases[place] = id_
    owners: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        for id_, names in part.names.items():
            for name in names:
                owners[normal_path(name)].add(id_)
    for part in parts:
        for id_, names in part.names.items():
            _name_further(pipeline, id_, [n for n in names if len(owners[normal_path(n)]) == 1])


def _matched(pipeline: Pipeline, parts: Parts) -> dict[str, tuple[str, ...]]:
    """Pattern -> the datasets that steps write where it matches. Such a pattern is no place of its
    own; what it is bound as is the one dataset that it stands for."""
    globs = {pipeline.resolve(id_): glob for part in parts for id_, glob in part.globs.items()}
    if not globs:
        return {}
    written = {pipeline.resolve(name) for step in pipeline.steps.values() for name in step.outputs}
    found: dict[str, tuple[str, ...]] = {}
    for id_, glob in globs.items():
        at = [name for name, d in pipeline.aliases.items() if d in written and meets(glob, name)]
        matched = tuple(dict.fromkeys(pipeline.aliases[name] for name in at))
        if id_ is None or not matched or id_ in written:
            continue
        found[id_] = matched
        if len(matched) == 1:
            for name in [name for name, known in pipeline.aliases.items() if known == id_]:
                pipeline.aliases[name] = matched[0]
            pipeline.aliases[normal_path(id_)] = matched[0]
            pipeline.datasets.pop(id_, None)
    return found


def _name_further(pipeline: Pipeline, id_: str, names: Iterable[str]) -> None:
    """All names of a dataset lead to one id: that of the dataset that has one of them already.
    A name that two go by is left aside."""
    spelled = [normal_path(name) for name in (id_, *names)]
    known = next((pipeline.aliases[name] for name in spelled if name in pipeline.aliases), id_)
    for name in spelled:
        pipeline.aliases.setdefault(name, known)


def _add_dataset(pipeline: Pipeline, dataset: Dataset, part: Part) -> None:
    path = normal_path(part.paths.get(dataset.id, dataset.id))
    id_ = pipeline.aliases.get(path, dataset.id)
    if id_ != dataset.id:  # two files know one place by names of their own
        pipeline.aliases.setdefault(normal_path(dataset.id), id_)
    known = pipeline.datasets.get(id_)
    if known is None:
        pipeline.datasets[id_] = replace(dataset, id=id_)
        return
    pipeline.findings += _disagreements(known, dataset)
    better = min((known, dataset), key=lambda d: GRADES.index(d.fact.grade))
    speaks = dataset if dataset.role not in ("intermediate", "store") else known
    lies = known if known.regions is not None else dataset
    pipeline.datasets[id_] = Dataset(
        id_,
        better.fact,
        role=speaks.role,
        person=known.person or dataset.person,
        fields=_both(known.fields, dataset.fields),
        regions=lies.regions,
        lifetimes=known.lifetimes or dataset.lifetimes,
        located=(lies.located or lies.fact) if lies.regions is not None else None,
    )


def _disagreements(known: Dataset, dataset: Dataset) -> Iterator[Finding]:
    """Of two descriptions of one dataset that differ, nobody knows which is true."""
    one, other = _said(known), _said(dataset)
    for what in one.keys() & other.keys():
        (first, place), (second, again) = one[what], other[what]
        if first != second:
            message = f"'{dataset.id}' has another {what} in {place.path}:{place.line}"
            hint = "say it once, or the same in both places"
            yield Finding("given-twice", message, again, related=(place,), hint=hint)


def _said(dataset: Dataset) -> dict[str, tuple[object, Location]]:
    """What a description says of a dataset, with its place; the two plainest roles say nothing."""
    place, lives = dataset.fact.location, dataset.lifetimes
    said: dict[str, tuple[object, Location]] = {}
    if dataset.role not in ("intermediate", "store"):
        said["role"] = dataset.role, place
    if dataset.person:
        said["person key"] = dataset.person, place
    if dataset.regions is not None:
        said["regions"] = set(dataset.regions), place
    if lives:
        table = sorted(((life.keep.value, life.where) for life in lives), key=repr)
        said["retention"] = table, lives[0].keep.fact.location
    return said


def _both(one: Fields, other: Fields) -> Fields:
    if one is None or other is None:
        return one if other is None else other
    return {**other, **one}


def _add_step(pipeline: Pipeline, step: Step) -> None:
    first = pipeline.steps.get(step.id)
    if first is not None and _is_told(pipeline, step):
        return
    if first is not None:
        place = first.place(step.id)
        message = f"step '{step.id}' is given twice; first in {place.path}:{place.line}"
        pipeline.findings.append(
            Finding("given-twice", message, step.place(step.id), related=(place,))
        )
        return
    pipeline.steps[step.id] = step


def _apply(pipeline: Pipeline, overlay: Step) -> Iterator[Finding]:
    """An overlay may only say what nobody could read; it never contradicts what was read."""
    target = pipeline.steps.get(overlay.id)
    place = overlay.fact.location
    if target is None:
        hint, place = did_you_mean(overlay.id, pipeline.steps), overlay.place(overlay.id)
        yield Finding("unknown-reference", f"no step is called '{overlay.id}'", place, hint=hint)
    elif target.op not in ("map", "call-model") and not _is_vague(target):
        yield Finding(
            "overlay-contradicts",
            f"'{overlay.id}' was read from its own file as '{target.op}'; an overlay cannot say "
            "otherwise",
            place,
            related=(target.fact.location,),
            hint="remove it, or change the pipeline",
        )
    else:
        fact = overlay.fact._replace(grade=worst_grade([overlay.fact.grade, target.fact.grade]))
        pipeline.steps[overlay.id] = replace(
            overlay,
            fact=fact,
            wired=target.wiring,
            inputs=target.inputs,
            outputs=target.outputs,
            runs=overlay.runs or target.runs,
            partial=overlay.partial or target.partial,
            on_error=overlay.on_error or target.on_error,
            external=overlay.external or target.external,
            name=overlay.name or target.name,
        )


def _is_vague(step: Step) -> bool:
    """Whether a step masks values and nobody says how."""
    return step.op == "mask" and not step.entities_known


def _is_told(pipeline: Pipeline, step: Step) -> bool:
    """Whether the reader of the step's file has reported its id, which it can point at."""
    return any(
        finding.rule == "given-twice"
        and finding.location is not None
        and finding.location.path == step.fact.location.path
        and f"'{step.id}'" in finding.message
        for finding in pipeline.findings
    )


def _connect(
    pipeline: Pipeline, step: Step, read_as: dict[str, tuple[str, ...]]
) -> Iterator[Finding]:
    """Replaces names and paths by ids, and patterns by all that they match."""
    if read_as:
        named = [n for i in step.inputs for n in read_as.get(pipeline.resolve(i) or i, (i,))]
        step.inputs = tuple(dict.fromkeys(named))
    step.inputs, lost_in = _resolved(pipeline, step.inputs)
    step.outputs, lost_out = _resolved(pipeline, step.outputs)
    lost = [*lost_in, *lost_out]
    if step.on_error and step.on_error.to:
        to, lost_to = _resolved(pipeline, (step.on_error.to,))
        lost += lost_to
        if to:
            step.on_error = step.on_error._replace(to=to[0])
    for name in lost:
        yield Finding(
            "unknown-reference",
            f"step '{step.id}' names '{name}', which is no dataset or step",
            step.place(name),
            hint=did_you_mean(name, pipeline.names()),
        )


def _resolved(pipeline: Pipeline, names: Iterable[str]) -> tuple[tuple[str, ...], list[str]]:
    found: list[str] = []
    lost: list[str] = []
    for name in names:
        id_ = pipeline.resolve(name)
        (lost if id_ is None else found).append(id_ or name)
    return tuple(found), lost


def _cycles(pipeline: Pipeline) -> Iterator[Finding]:
    """Steps that wait for one another with no dataset between can never run."""
    done: set[str] = set()
    for start in pipeline.steps:
        trail: dict[str, None] = {}
        waiting = [(start, False)]
        while waiting:
            id_, leaving = waiting.pop()
            if leaving:
                trail.pop(id_, None)
                done.add(id_)
            elif id_ in trail:
                round_ = [*list(trail)[list(trail).index(id_) :], id_]
                yield _cycle(pipeline, round_)
            elif id_ not in done:
                trail[id_] = None
                waiting.append((id_, True))
                waiting += [(i, False) for i in pipeline.steps[id_].inputs if i in pipeline.steps]


def _cycle(pipeline: Pipeline, round_: list[str]) -> Finding:
    places: list[Location] = [pipeline.steps[a].place(b) for a, b in pairwise(round_)]
    first = min(range(len(places)), key=lambda i: places[i])
    said = " -> ".join(reversed(round_))
    return Finding(
        "cyclic-steps",
        f"these steps wait for one another: {said}",
        places[first],
        related=tuple(p for i, p in enumerate(places) if i != first),
        hint="let one of them read a dataset that the other has written",
    )
