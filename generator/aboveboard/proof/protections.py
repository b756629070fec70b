"""Which steps of a pipeline are the protections that a policy promises, and how well they do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from ..pipeline.graph import Fact, Step
from ..policy.choices import LARGER_PROTECTS
from ..policy.choices import Step as Promise
from .flow import Flow
from .guards import NO_CUT, Cut, certainty
from .lineage import merged
from .works import among, dropped

# technique -> operations that are one; techniques that no configuration shows are not here
OPERATIONS: dict[str, tuple[str, ...]] = {
    "unlinking": ("drop-field", "allow-fields"),
    "metadata-strip": ("drop-field", "allow-fields"),
    "local-suppression": ("drop-field", "allow-fields", "mask"),
    "keyed-hash": ("hash",),
    "random-id": ("hash",),
    "redaction": ("redact",),
    "face-blur": ("redact",),
    "masking": ("mask", "redact"),
    "aggregation": ("aggregate",),
    "k-anonymity": ("aggregate",),
    "differential-privacy": ("noise",),
    "noise-addition": ("noise",),
    "generalisation": ("generalise",),
    "location-coarsening": ("generalise",),
    "rounding": ("generalise",),
    "encryption": ("encrypt",),
    "deduplication": ("deduplicate",),
}
# What a step may have done that masks values in a way that nobody says.
SOMEHOW = frozenset({"redact", "mask", "hash", "encrypt", "noise", "generalise"})
REMOVES = frozenset({"unlinking", "metadata-strip"})  # they cut identifiers, by dropping them
IDENTIFIERS = frozenset({"unlinking", "keyed-hash", "random-id"})  # they act on who it is
WHOLE_ROW = frozenset({"aggregate", "deduplicate", "filter"})
COMPARABLE = frozenset({"k", "min-people", "epsilon", "delta", "area-km2"})


class Demand(NamedTuple):
    """What an edge must have passed: the step itself, or also one entity or parameter of it."""

    promise: Promise
    bound: frozenset[str] = frozenset()  # pipeline steps named by a binding; empty: any that fit
    entity: str | None = None
    parameter: str | None = None

    def __hash__(self) -> int:
        return hash((id(self.promise), self.bound, self.entity, self.parameter))


def comparable(promise: Promise, bound: frozenset[str]) -> bool:
    """Whether any configuration could show this promise."""
    return bool(bound) or promise.technique in OPERATIONS


def fits(demand: Demand, step: Step) -> bool:
    """Whether a pipeline step is this kind of protection at all."""
    if demand.bound:
        return step.id in demand.bound and _may_be(demand.promise, step)
    operations = OPERATIONS.get(demand.promise.technique, ())
    if step.op == "mask" and not step.entities_known:
        return not SOMEHOW.isdisjoint(operations)
    if step.op not in operations:
        return False
    wanted = demand.promise.entities
    if step.op == "redact" and wanted and step.entities_known:
        return bool(set(wanted) & set(step.entities))
    return not (step.op == "redact" and demand.promise.technique == "face-blur") or (
        "face" in step.entities
    )


def _may_be(promise: Promise, step: Step) -> bool:
    """Whether a binding may call the step this protection: an operation that was read is what it
    is, whatever anybody calls it."""
    operations = OPERATIONS.get(promise.technique)
    return operations is None or step.op == "map" or step.op in operations


def on_its_word(demand: Demand, step: Step) -> bool:
    """Whether nothing but the binding says that the step does this."""
    return bool(demand.bound) and step.op not in OPERATIONS.get(demand.promise.technique, ())


def protects(demand: Demand, step: Step, name: str, flow: Flow, *, moved: bool = False) -> Cut:
    """How far a step meets the demand on one of its input fields; moved: on its way into another
    field, which it takes only where the step acts."""
    if moved:
        step = replace(step, partial=None, runs=None)
    told = on_its_word(demand, step)
    if not fits(demand, step) or not (_acts_on(step, name) or (told and step.op == "map")):
        return NO_CUT
    if step.keeps_text:
        return NO_CUT
    if step.op == "mask" and not step.entities_known:
        return certainty(step, False, True)
    if told and demand.entity is None and demand.parameter is None:
        return certainty(step, True, True, ["declared"])
    if demand.entity is not None:
        return _covers(demand, step)
    if demand.parameter is not None:
        return _at_least(demand, step, name, flow)
    if step.op == "redact" and not step.entities_known:
        return certainty(step, False, True)
    return certainty(step, True, True)


def _acts_on(step: Step, name: str) -> bool:
    if step.op == "allow-fields":
        return not among(name, step.fields)
    if step.op == "drop-field" and dropped(step, name):
        return True
    return step.op in WHOLE_ROW or step.all_fields or name in step.fields


def acts_on(step: Step, names: Iterable[str]) -> bool:
    """Whether a step works on any of these fields."""
    return any(_acts_on(step, name) for name in names)


def _covers(demand: Demand, step: Step) -> Cut:
    if step.op == "mask" and not step.entities and step.entities_known:
        return certainty(step, True, True)  # the whole field
    fact = step.entities.get(demand.entity or "")
    if fact is None:
        return NO_CUT if step.entities_known else certainty(step, False, True)
    if fact.grade == "unknown":
        return certainty(step, False, True)
    return certainty(step, True, True, [fact.grade])


def _at_least(demand: Demand, step: Step, field: str, flow: Flow) -> Cut:
    name = demand.parameter or ""
    setting = step.parameters.get(name) or step.parameters.get(_SAME.get(name, ""))
    if setting is None:
        return NO_CUT
    counts = step.op != "aggregate" or counts_people(step, field, flow)
    hoped = counts or counts_people(step, field, flow, hopeful=True)
    if not setting.known:
        return certainty(step, False, hoped)
    promised: Any = demand.promise.parameters[name]  # type: ignore[index]
    larger = LARGER_PROTECTS[name]
    kept = setting.value >= promised if larger else setting.value <= promised
    return certainty(step, kept and counts, kept and hoped, [setting.fact.grade])


_SAME = {"min-people": "k", "k": "min-people"}


def counts_people(step: Step, name: str | None, flow: Flow, *, hopeful: bool = False) -> bool:
    """Whether the field that an aggregate counts is still the person key, and that of the people
    whose data the field `name` is, which no row lacks."""
    trace = merged(flow.inputs(step, hopeful=hopeful), hopeful=hopeful)
    own = name is None or name in trace.anchored - trace.loose
    return own and any(step.distinct in fields for fields in trace.persons())


def cuts(flow: Flow, demands: dict[Demand, int]) -> tuple[dict[int, int], dict[int, int]]:
    """Edge -> bits cut, with three bits a demand as in `keeping.cuts`; and the same bits on the
    edges by which the protecting steps let a failed row pass."""
    found: dict[int, int] = {}
    passing: dict[int, int] = {}
    tails = flow.graph.tails
    by_step, by_op = _wanted(demands)
    for step in flow.pipeline.steps.values():
        wanted = (*by_step.get(step.id, ()), *by_op.get(step.op, ()))
        fitting = [(d, demands[d]) for d in wanted if fits(d, step)]
        if not fitting:
            continue
        masks: dict[tuple[str, bool], int] = {}
        for edge in flow.acting[step.id]:
            name, head = flow.vertices[tails[edge]][1], flow.vertices[flow.graph.heads[edge]][1]
            made = step.op != "map" or step.writes is None or head in step.writes
            if head in step.raw or not made:  # it goes through as it came
                continue
            key = name, head != name
            if key not in masks and not (_acts_on(step, name) or step.op == "map"):
                masks[key] = 0
            if key not in masks:
                masks[key] = _mask(fitting, step, key, flow)
            if masks[key]:
                found[edge] = masks[key]
        for edge in flow.bypass[step.id]:
            name = flow.vertices[tails[edge]][1]
            if mask := masks.get((name, False), masks.get((name, True), 0)):
                passing[edge] = mask
    return found, passing


def _wanted(demands: Iterable[Demand]) -> tuple[dict[str, list[Demand]], dict[str, list[Demand]]]:
    """The demands that a step may meet, by the steps that they name or by operation."""
    by_step: dict[str, list[Demand]] = defaultdict(list)
    by_op: dict[str, list[Demand]] = defaultdict(list)
    for demand in demands:
        for id_ in demand.bound:
            by_step[id_].append(demand)
        operations = OPERATIONS.get(demand.promise.technique, ())
        somehow = () if SOMEHOW.isdisjoint(operations) else ("mask",)
        for op in () if demand.bound else {*operations, *somehow}:
            by_op[op].append(demand)
    return by_step, by_op


def _mask(fitting: list[tuple[Demand, int]], step: Step, key: tuple[str, bool], flow: Flow) -> int:
    """Demands of the same kind are met alike, whoever promises them."""
    mask = 0
    known: dict[object, int] = {}
    for demand, number in fitting:
        promised = demand.promise.parameters.get(demand.parameter)  # type: ignore[call-overload]
        told = on_its_word(demand, step)
        kind = told, demand.entity, demand.parameter, promised
        if kind not in known:
            cut = protects(demand, step, key[0], flow, moved=key[1])
            known[kind] = cut.sure | cut.maybe << 1 | cut.hard << 2
        mask |= known[kind] << 3 * number
    return mask


def deciding_fact(demand: Demand, step: Step) -> Fact:
    """The fact of a step that meets, or fails, a demand."""
    if demand.entity is not None and demand.entity in step.entities:
        return step.entities[demand.entity]
    if demand.parameter is not None:
        setting = step.parameters.get(demand.parameter) or step.parameters.get(
            _SAME.get(demand.parameter, "")
        )
        if setting:
            return setting.fact
    return step.fact
