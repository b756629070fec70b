"""Whether data that is promised apart is joined again, or was never taken apart."""

from __future__ import annotations

from collections.abc import Iterator

from ...pipeline.graph import Step
from .. import words
from ..claims import Door, doors
from ..lineage import merged
from ..model import Cause, Claim, Judged, Verdict
from ..works import may_be_off, switched_off
from .recipients import readers
from .spread import Fault, Found, verdict


def apart(found: Found) -> Iterator[Judged]:
    """One claim a promise of a step, data category and what it is never joined with."""
    number = {id_: n for n, id_ in enumerate(found.flow.pipeline.steps)}
    for use_id in found.policy.uses:
        for door in doors(found.policy, use_id):
            for step_id in door.steps:
                yield from _promised(found, door, step_id, number)


def _promised(found: Found, door: Door, step_id: str, number: dict[str, int]) -> Iterator[Judged]:
    policy = found.policy
    step = policy.steps[step_id]
    for data in door.data:
        for other in step.never_joined_with if not step.data or data in step.data else ():
            claim = Claim(
                f"{door.key}/{data}/{step_id}/apart-from-{other}",
                "never-joined",
                f"{words.upper(words.data(policy, data))}: never joined again with "
                f"{words.data(policy, other)}.",
                policy.at("steps", step_id, "never-joined-with"),
                use=door.use_id,
                route=door.route,
                data=data,
                subject=step_id,
            )
            yield _apart(found, claim, other, number)


def _apart(found: Found, claim: Claim, other: str, number: dict[str, int]) -> Judged:
    for data in (claim.data, other):
        if found.ends.sources.get(data) == []:
            why = f"nothing of the pipeline is bound to '{data}'"
            return Judged(claim, "vacuous", "unknown", why)
        if data not in found.ends.sources:
            why = f"no field is bound to '{data}': say in bindings.sources where it lies"
            return Judged(claim, "unknown", "unknown", why, causes=(Cause("unsaid"),))
    faults: list[Fault] = []
    flow = found.flow
    near = {id_ for node in found.spread.reach[claim.data] for id_ in flow.readers.get(node, ())}
    for id_ in sorted((id_ for id_ in near if id_ in number), key=number.__getitem__):
        step = flow.pipeline.steps[id_]
        meets = _meets(found, step, claim.data, other)
        if meets:
            faults.append(Fault(meets, f"'{step.id}' brings them together", step.fact))
    door = f"{claim.use}/{claim.route}" if claim.route else claim.use
    faults += _never_parted(found, claim.data, other, found.ends.sinks.get(door, []))
    told = [*found.spread.told(claim.data), *found.spread.told(other)]
    return verdict(claim, faults, [*readers(found, claim.data), *told])


def _never_parted(found: Found, one: str, other: str, targets: list[str]) -> Iterator[Fault]:
    """Where both lie in the same rows of a source, and come to where the use ends side by side."""
    flow, at = found.flow, found.spread.at
    sources = found.ends.sources
    for origin in sorted({d for d, _ in sources[one]} & {d for d, _ in sources[other]}):
        if not flow.own_rows(origin):
            continue
        reached, waiting = {origin}, [origin]
        while waiting:
            for head in flow.readers[waiting.pop()]:
                if head not in reached and at(one, head) and at(other, head):
                    reached.add(head)
                    waiting.append(head)
        for target in reached.intersection(targets):
            sure = at(one, target, surely=True) and at(other, target, surely=True)
            why = f"both lie in the rows of '{origin}', and come to '{target}' together"
            fact = flow.pipeline.datasets[origin].fact
            yield Fault("violated" if sure else "unknown", why, fact)


def _meets(found: Found, step: Step, one: str, other: str) -> Verdict | None:
    """What it comes to that a step makes one row of both."""
    if switched_off(step):
        return None
    if step.op == "aggregate":
        return _grouped(found, step, one, other)
    if len(step.inputs) < 2 or step.op not in ("join", "map", "call-model"):
        return None
    inputs = [i for i in step.inputs if i in found.flow.fields]
    pairs = [(a, b) for a in inputs for b in inputs if a != b]
    at = found.spread.at
    if any(at(one, a, surely=True) and at(other, b, surely=True) for a, b in pairs):
        return "unknown" if step.opaque or may_be_off(step) else "violated"
    return "unknown" if any(at(one, a) and at(other, b) for a, b in pairs) else None


def _grouped(found: Found, step: Step, one: str, other: str) -> Verdict | None:
    """Rows of one person become one row, with what is left of both."""
    at, trace = found.spread.at, merged(found.flow.inputs(step))
    if not any(held & set(step.group_by) for held in trace.persons()):
        return None
    if at(one, step.id, surely=True) and at(other, step.id, surely=True):
        return "unknown" if may_be_off(step) else "violated"
    return "unknown" if at(one, step.id) and at(other, step.id) else None
