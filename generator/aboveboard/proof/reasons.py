"""Why a claim fails, in words, and the line of the pipeline that an engineer should look at."""

from __future__ import annotations

from ..pipeline.graph import Fact, Step
from ..pipeline.predicate import All, fields_of
from . import protections
from .branches import Branch
from .claims import Task
from .flow import Flow
from .guards import Guard, filters
from .model import Verdict
from .protections import Demand
from .works import CAN_FAIL

Reason = tuple[str, Fact | None]
Obstacle = Guard | Demand | Branch | None


def reason(flow: Flow, task: Task, obstacle: Obstacle, path: list[int], verdict: Verdict) -> Reason:
    """The reason, and the deciding fact, for a claim that does not hold."""
    if task.must:
        return _not_used(flow, task, verdict)
    steps = _steps(flow, path)
    nodes = " -> ".join(_nodes(flow, path))
    if isinstance(obstacle, Demand):
        why, fact = _unprotected(flow, obstacle, path, verdict, task.claim.target)
    elif isinstance(obstacle, Guard):
        why, fact = _unguarded(flow, obstacle, steps, verdict)
    elif isinstance(obstacle, Branch):
        why, fact = _around(obstacle, steps, verdict)
    else:
        why, fact = _flows(steps, verdict)
    return f"{why}: {nodes}" if nodes else why, fact


def _steps(flow: Flow, path: list[int]) -> list[Step]:
    found = {flow.vertices[v][0]: None for v in path}
    return [flow.pipeline.steps[node] for node in found if node in flow.pipeline.steps]


def _nodes(flow: Flow, path: list[int]) -> list[str]:
    if not path:
        return []
    node, name = flow.vertices[path[0]]
    rest = list(dict.fromkeys(flow.vertices[v][0] for v in path[1:]))
    return [f"{node}.{name}", *rest]


def _not_used(flow: Flow, task: Task, verdict: Verdict) -> Reason:
    writers = [w for w in flow.writers[task.claim.target] if w in flow.pipeline.steps]
    fact = flow.pipeline.steps[writers[0]].fact if writers else None
    places = ", ".join(f"{dataset}.{name}" for dataset, name in task.seeds)
    if verdict == "unknown":
        return (
            f"whether {places} reaches '{task.claim.target}' cannot be read: an opaque step or an "
            "unread setting lies between"
        ), fact
    return f"no path leads from {places} to '{task.claim.target}'", fact


def _flows(steps: list[Step], verdict: Verdict) -> Reason:
    last = steps[-1].fact if steps else None
    if verdict == "unknown":
        opaque = next((s for s in steps if s.opaque or s.unread), None)
        doubt = opaque or next((s for s in steps if s.runs is not None and not s.runs.known), None)
        what = f"'{doubt.id}' cannot be read" if doubt else "a setting on the way cannot be read"
        return f"{what}, so the data may pass", doubt.fact if doubt else last
    return "the data gets there", last


def _around(branch: Branch, steps: list[Step], verdict: Verdict) -> Reason:
    """A way around what holds an event's records, or through a step that lets others pass."""
    for step in steps:
        if step.id in branch.nodes and (failing := _switched(step) or _fails_open(step)):
            return failing
    why, fact = _flows(steps, verdict)
    if verdict != "unknown":
        named = " or ".join(f"'{node}'" for node in branch.nodes)
        why = f"data gets there that does not come from {named}"
    return why, fact


def _switched(step: Step) -> Reason | None:
    if step.partial is not None:
        return f"'{step.id}' acts on some records only ({step.partial.text})", step.partial
    if step.runs is not None and step.runs.value is False:
        return f"'{step.id}' is switched off", step.runs.fact
    if step.runs is not None and not step.runs.known:
        return f"whether '{step.id}' runs cannot be read ({step.runs.fact.text})", step.runs.fact
    return None


def _unprotected(
    flow: Flow, demand: Demand, path: list[int], verdict: Verdict, target: str
) -> Reason:
    steps = _steps(flow, path)
    fitting = [s for s in steps if protections.fits(demand, s)]
    names = {flow.vertices[v][1] for v in path}
    for step in [s for s in fitting if protections.acts_on(s, names)] or fitting:
        if switched := _switched(step):
            return switched
        if demand.entity or demand.parameter:
            return _weaker(flow, demand, step)
        if step.keeps_text:
            return f"'{step.id}' puts the text that it finds back", step.fact
        if step.op == "redact" and not step.entities_known:
            return f"what '{step.id}' looks for cannot be read", step.fact
        if failing := _fails_open(step):
            return failing
        if step.fields and not step.all_fields:
            acted = ", ".join(step.fields)
            return f"'{step.id}' acts on {acted} only", step.fact
    if demand.entity and (near := next((s for s in steps if s.op in ("redact", "mask")), None)):
        return _weaker(flow, demand, near)
    last = steps[-1].fact if steps else None
    if verdict == "unknown":
        return _flows(steps, verdict)
    if called := next((s for s in steps if s.id in demand.bound and s not in fitting), None):
        kind = demand.promise.technique
        return f"'{called.id}' is bound as {kind}, but was read as '{called.op}'", called.fact
    return f"no step of this kind lies on the way to '{target}'", last


def _fails_open(step: Step) -> Reason | None:
    if step.on_error is None:
        if step.op in CAN_FAIL:
            return f"nothing says what becomes of a record that '{step.id}' fails on", step.fact
        return None
    does = step.on_error.does
    if not does.known:
        return f"what becomes of a record that '{step.id}' fails on cannot be read", does.fact
    if does.value == "pass":
        return f"a record that '{step.id}' fails on passes as it is", does.fact
    if does.value == "to":
        return f"a record that '{step.id}' fails on goes to '{step.on_error.to}'", does.fact
    return None


def _weaker(flow: Flow, demand: Demand, step: Step) -> Reason:
    if demand.entity:
        if demand.entity in step.spared:
            fact = step.spared[demand.entity]
            return f"'{step.id}' is told to leave {demand.entity} alone ({fact.text})", fact
        if step.keeps_text:
            return f"'{step.id}' puts the text that it finds back", step.fact
        if demand.entity in step.entities:
            fact = step.entities[demand.entity]
            return (f"whether '{step.id}' finds {demand.entity} cannot be read ({fact.text})", fact)
        found = ", ".join(sorted(step.entities)) or "nothing that is known"
        return f"'{step.id}' looks for {found}, not for {demand.entity}", step.fact
    name = demand.parameter or ""
    fact = protections.deciding_fact(demand, step)
    promised = demand.promise.parameters.get(name)  # type: ignore[call-overload]
    if step.op == "aggregate" and not protections.counts_people(step, None, flow):
        counted = step.distinct or "rows"
        return f"'{step.id}' counts {counted}, which is not the person key", fact
    if fact is step.fact:
        return f"'{step.id}' does not set {name}; {promised:g} is published", fact
    return f"'{step.id}' has {fact.text}; {promised:g} is published", fact


def _unguarded(flow: Flow, guard: Guard, steps: list[Step], verdict: Verdict) -> Reason:
    names = {tracked.rpartition(":")[2] for tracked in guard.tracked}
    for step in steps:
        for node in step.inputs:
            if node in flow.traces:
                names |= {n for t in guard.tracked for n in flow.traces[node].whole(t)}
    for step in steps:
        if step.op != "filter" or step.where is None or not names & set(fields_of(step.where)):
            continue
        if switched := _switched(step):
            return switched
        if all(filters(guard, step, node, flow).sure for node in step.inputs):
            continue
        if verdict == "unknown":
            what = "what it does with a missing value is not said, or its condition cannot be read"
            return f"'{step.id}' decides, but {what}", step.fact
        whole = any(flow.traces[i].whole(t) for i in step.inputs for t in guard.tracked
                    if i in flow.traces)  # fmt: skip
        if not whole:
            return f"'{step.id}' filters on a field that is no longer the bound one", step.fact
        return f"'{step.id}' keeps rows where {step.where}, which lets them pass", step.fact
    for step in steps:  # one whose list of values was emptied names no field any more
        if step.op == "filter" and step.where == All(()):
            return f"'{step.id}' keeps every record", step.fact
    why, fact = _flows(steps, verdict)
    return ("no filter on this field lies on the way" if verdict != "unknown" else why), fact
