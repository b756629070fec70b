"""Why a claim fails, in words, and the line of the pipeline that an engineer should look at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ..pipeline.graph import Fact, Step
from ..pipeline.predicate import MISSING, All, fields_of, spelled
from . import protections
from .branches import Branch
from .claims import Task
from .flow import Flow
from .guards import Guard, filters
from .model import Cause, Verdict
from .protections import Demand
from .works import CAN_FAIL

Obstacle = Guard | Demand | Branch | None
SHOWN = 5  # places of a path that are all named


class Reason(NamedTuple):
    """Why a claim fails, the fact that decides it, and what kind of reason it is."""

    why: str
    fact: Fact | None
    cause: Cause | None = None


def reason(flow: Flow, task: Task, obstacle: Obstacle, path: list[int], verdict: Verdict) -> Reason:
    """The reason, and the deciding fact, for a claim that does not hold."""
    if task.must:
        return _not_used(flow, task, _steps(flow, path), verdict)
    steps = _steps(flow, path)
    if isinstance(obstacle, Demand):
        found = _unprotected(flow, obstacle, path, verdict, task.claim.target)
    elif isinstance(obstacle, Guard):
        found = _unguarded(flow, obstacle, steps, path, verdict)
    elif isinstance(obstacle, Branch):
        found = _around(obstacle, steps, verdict)
    else:
        found = _flows(steps, verdict)
    if not path:
        return found
    decides = next((step.id for step in steps if f"'{step.id}'" in found.why), "")
    way = _way(_nodes(flow, path), decides, task.claim.id)
    return found._replace(why=f"{found.why}: {way}")


def _steps(flow: Flow, path: list[int]) -> list[Step]:
    found = {flow.vertices[v][0]: None for v in path}
    return [flow.pipeline.steps[node] for node in found if node in flow.pipeline.steps]


def _nodes(flow: Flow, path: list[int]) -> list[str]:
    node, name = flow.vertices[path[0]]
    rest = list(dict.fromkeys(flow.vertices[v][0] for v in path[1:]))
    return [f"{node}.{name}", *rest]


def _way(nodes: list[str], decides: str, claim: str) -> str:
    """A path: of a long one the first place, the one that decides, and the last."""
    if len(nodes) <= SHOWN:
        return " -> ".join(nodes)
    at = [0, *([nodes.index(decides)] if decides in nodes[1:-1] else []), len(nodes) - 1]
    told = nodes[0]
    for before, here in pairwise(at):
        told += f" -> {'… -> ' if here > before + 1 else ''}{nodes[here]}"
    left = len(nodes) - len(at)
    return f"{told} ({left} places between; `aboveboard explain {claim}` shows all)"


def _not_used(flow: Flow, task: Task, steps: list[Step], verdict: Verdict) -> Reason:
    writers = [w for w in flow.writers[task.claim.target] if w in flow.pipeline.steps]
    fact = flow.pipeline.steps[writers[0]].fact if writers else None
    places = ", ".join(f"{dataset}.{name}" for dataset, name in task.seeds)
    if verdict == "unknown":
        doubt = _flows(steps, verdict)
        between = doubt.why if doubt.cause else "an unread setting lies between"
        why = f"whether {places} reaches '{task.claim.target}' cannot be read: {between}"
        return Reason(why, doubt.fact if doubt.cause else fact, doubt.cause)
    return Reason(f"no path leads from {places} to '{task.claim.target}'", fact)


def _flows(steps: list[Step], verdict: Verdict) -> Reason:
    last = steps[-1].fact if steps else None
    if verdict != "unknown":
        return Reason("the data gets there", last)
    if opaque := next((s for s in steps if s.opaque or s.unread), None):
        why = f"nobody knows what '{opaque.id}' does"
        return Reason(why, opaque.fact, Cause("unknown-step", opaque.id))
    if doubt := next((s for s in steps if s.runs is not None and not s.runs.known), None):
        why = f"whether '{doubt.id}' runs cannot be read"
        return Reason(why, doubt.fact, Cause("unread", doubt.id))
    return Reason("a setting on the way cannot be read", last)


def _around(branch: Branch, steps: list[Step], verdict: Verdict) -> Reason:
    """A way around what holds an event's records, or through a step that lets others pass."""
    for step in steps:
        if step.id in branch.nodes and (failing := _switched(step) or _fails_open(step)):
            return failing
    found = _flows(steps, verdict)
    if verdict == "unknown":
        return found
    named = " or ".join(f"'{node}'" for node in branch.nodes)
    return found._replace(why=f"data gets there that does not come from {named}")


def _switched(step: Step) -> Reason | None:
    if step.partial is not None:
        return Reason(f"'{step.id}' acts on some records only ({step.partial.text})", step.partial)
    if step.runs is not None and step.runs.value is False:
        return Reason(f"'{step.id}' is switched off", step.runs.fact)
    if step.runs is not None and not step.runs.known:
        why = f"whether '{step.id}' runs cannot be read ({step.runs.fact.text})"
        return Reason(why, step.runs.fact, Cause("unread", step.id))
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
            return Reason(f"'{step.id}' puts the text that it finds back", step.fact)
        if step.op == "redact" and not step.entities_known:
            why = f"what '{step.id}' looks for cannot be read"
            return Reason(why, step.fact, Cause("unread", step.id))
        if failing := _fails_open(step):
            return failing
        if step.fields and not step.all_fields:
            acted = ", ".join(step.fields)
            return Reason(f"'{step.id}' acts on {acted} only", step.fact)
    doubt = _flows(steps, verdict)
    if verdict == "unknown" and doubt.cause:
        return doubt
    if demand.entity and (near := next((s for s in steps if s.op in ("redact", "mask")), None)):
        return _weaker(flow, demand, near)
    if verdict == "unknown":
        return doubt
    if called := next((s for s in steps if s.id in demand.bound and s not in fitting), None):
        kind = demand.promise.technique
        why = f"'{called.id}' is bound as {kind}, but was read as '{called.op}'"
        return Reason(why, called.fact)
    return Reason(f"no step of this kind lies on the way to '{target}'", doubt.fact)


def _fails_open(step: Step) -> Reason | None:
    if step.on_error is None:
        if step.op in CAN_FAIL:
            why = f"nothing says what becomes of a record that '{step.id}' fails on"
            return Reason(why, step.fact)
        return None
    does = step.on_error.does
    if not does.known:
        why = f"what becomes of a record that '{step.id}' fails on cannot be read"
        return Reason(why, does.fact, Cause("unread", step.id))
    if does.value == "pass":
        return Reason(f"a record that '{step.id}' fails on passes as it is", does.fact)
    if does.value == "to":
        return Reason(f"a record that '{step.id}' fails on goes to '{step.on_error.to}'", does.fact)
    return None


def _weaker(flow: Flow, demand: Demand, step: Step) -> Reason:
    if demand.entity:
        if demand.entity in step.spared:
            fact = step.spared[demand.entity]
            return Reason(f"'{step.id}' is told to leave {demand.entity} alone ({fact.text})", fact)
        if step.keeps_text:
            return Reason(f"'{step.id}' puts the text that it finds back", step.fact)
        if demand.entity in step.entities:
            fact = step.entities[demand.entity]
            why = f"whether '{step.id}' finds {demand.entity} cannot be read ({fact.text})"
            return Reason(why, fact, Cause("unread", step.id))
        found = ", ".join(sorted(step.entities)) or "nothing that is known"
        return Reason(f"'{step.id}' looks for {found}, not for {demand.entity}", step.fact)
    name = demand.parameter or ""
    fact = protections.deciding_fact(demand, step)
    promised = demand.promise.parameters.get(name)  # type: ignore[call-overload]
    if step.op == "aggregate" and not protections.counts_people(step, None, flow):
        counted = step.distinct or "rows"
        return Reason(f"'{step.id}' counts {counted}, which is not the person key", fact)
    if fact is step.fact:
        return Reason(f"'{step.id}' does not set {name}; {promised:g} is published", fact)
    return Reason(f"'{step.id}' has {fact.text}; {promised:g} is published", fact)


def _unguarded(
    flow: Flow, guard: Guard, steps: list[Step], path: list[int], verdict: Verdict
) -> Reason:
    named = _named(flow, guard)
    cause = Cause("unfiltered", named)
    for step in _deciding(flow, guard, steps):
        if switched := _switched(step):
            return switched
        if verdict == "unknown":
            what = "what it does with a missing value is not said, or its condition cannot be read"
            return Reason(f"'{step.id}' decides, but {what}", step.fact, cause)
        whole = any(flow.traces[i].whole(t) for i in step.inputs for t in guard.tracked
                    if i in flow.traces)  # fmt: skip
        if not whole:
            why = f"'{step.id}' filters on a field that is no longer the bound one ({named})"
            return Reason(why, step.fact, cause)
        passing = _passing(flow, guard)
        why = f"'{step.id}' keeps rows where {step.where}, which lets pass rows where {passing}"
        return Reason(why, step.fact, cause)
    for step in steps:  # one whose list of values was emptied names no field any more
        if step.op == "filter" and step.where == All(()):
            return Reason(f"'{step.id}' keeps every record", step.fact, cause)
    found = _flows(steps, verdict)
    if verdict == "unknown":
        return found
    fact = _read(flow, path, found.fact)
    return Reason(f"no filter on {named} lies on the way", fact, cause)


def _deciding(flow: Flow, guard: Guard, steps: list[Step]) -> Iterator[Step]:
    """The filters on the guarded fields, or on namesakes of them, that do not keep the rows out."""
    names = {tracked.rpartition(":")[2] for tracked in guard.tracked}
    for step in steps:
        for node in step.inputs:
            if node in flow.traces:
                names |= {n for t in guard.tracked for n in flow.traces[node].whole(t)}
    for step in steps:
        if step.op != "filter" or step.where is None or not names & set(fields_of(step.where)):
            continue
        if not all(filters(guard, step, node, flow).sure for node in step.inputs):
            yield step


def _places(flow: Flow, tracked: str) -> str:
    """The fields that something is bound to, where its rows begin."""
    own = (node for node in flow.pipeline.datasets if flow.own_rows(node))
    found = [f"{node}.{name}" for node in own for name in sorted(flow.traces[node].whole(tracked))]
    return " or ".join(found) or f"'{tracked.rpartition(':')[2]}'"


def _named(flow: Flow, guard: Guard) -> str:
    return " and ".join(dict.fromkeys(_places(flow, thing) for thing in guard.tracked))


def _passing(flow: Flow, guard: Guard) -> str:
    """ "messages.refused is missing": the rows that are not kept out."""
    return " and ".join(
        f"{_places(flow, thing)} is {'missing' if value is MISSING else spelled(value)}"
        for thing, value in zip(guard.tracked, guard.values, strict=True)
    )


def _read(flow: Flow, path: list[int], last: Fact | None) -> Fact | None:
    """Where the file in which the way ends reads the rows that nothing filters."""
    nodes = [flow.vertices[vertex][0] for vertex in path]
    for node, reader in reversed([*pairwise(nodes)]):
        step = flow.pipeline.steps.get(reader)
        place = step.written.get(node) if step and node in flow.pipeline.datasets else None
        if step and place and last and place.path == last.location.path:
            return Fact(f"reads {node}", step.fact.grade, place)
    return last
