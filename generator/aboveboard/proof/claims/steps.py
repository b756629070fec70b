"""Claims that a protection acts before the data gets there, as strong as published, and that a
failure does not let the data past."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Location
from ...policy.choices import Step as Promise
from .. import words
from ..ends import Place
from ..model import Claim, Verdict
from ..protections import COMPARABLE, IDENTIFIERS, Demand, comparable
from .task import Errand, Path, Project, Task


def protections(errand: Errand) -> Iterator[Task]:
    """The claims about every step of the door that a configuration can show."""
    ends = errand.project.ends
    for index, step_id in enumerate(errand.door.steps):
        promise = errand.project.policy.steps[step_id]
        bound = frozenset(ends.steps.get(step_id, ()))
        if (promise.data and errand.data not in promise.data) or not comparable(promise, bound):
            continue
        for end in _begins(errand, promise):
            yield from _protection(errand._replace(target=end), errand.real, index, bound)


def _begins(errand: Errand, promise: Promise) -> list[str]:
    """Where the stage of a promise begins for this data: where it is bound to, if the data gets
    there, else where the use ends."""
    bound = errand.project.ends.stages.get(promise.stage, ())
    return [e for e in bound if errand.project.reaches(errand.data, e)] or [errand.target]


def _protection(errand: Errand, real: str, index: int, bound: frozenset[str]) -> Iterator[Task]:
    step_id = errand.door.steps[index]
    policy = errand.project.policy
    promise = policy.steps[step_id]
    said = words.protected(policy, errand.door, errand.data, step_id)
    claim = errand.claim("deidentified-before", step_id, said, _path(errand, index))
    task = Task(
        claim,
        errand.seeds,
        errand.target,
        demands=(Demand(promise, bound),),
        spare_failures=promise.on_failure == "pass",
        depends=real,
    )
    if promise.technique in IDENTIFIERS:
        seeds, settled = _identifiers(errand.project, errand.seeds)
        task = task._replace(seeds=seeds, settled=settled)
    yield task
    if not task.spare_failures and task.settled is None:
        yield _closed(errand, task, step_id)
    yield from _parameters(errand, task, step_id, bound)


def _closed(errand: Errand, task: Task, step_id: str) -> Task:
    """The claim that a failure lets nothing past."""
    claim = task.claim._replace(
        id=errand.id(f"{step_id}/on-failure"),
        kind="fails-closed",
        statement=words.fails_closed(errand.project.policy, step_id),
        place=errand.project.policy.at("steps", step_id, "on-failure"),
    )
    return task._replace(claim=claim, parent=task.claim.id)


def _path(errand: Errand, index: int) -> Path:
    door = errand.door
    own = bool(door.route) and door.use.also[door.route].steps is not None
    return door.path("steps", index) if own else ("steps", index)


def _identifiers(
    project: Project, seeds: tuple[Place, ...]
) -> tuple[tuple[Place, ...], tuple[Verdict, str] | None]:
    """The fields beside these that say whose they are."""
    found: dict[Place, None] = {}
    for dataset, _ in seeds:
        if dataset in project.ends.person:
            found[dataset, project.ends.person[dataset]] = None
        for name, fact in (project.pipeline.datasets[dataset].fields or {}).items():
            if fact.text.endswith(": identifier"):
                found[dataset, name] = None
    if not found:
        names = " or ".join(sorted({dataset for dataset, _ in seeds}))
        why = f"nothing says which field of '{names}' is the person key: bind it in bindings.person"
        return (), ("unknown", why)
    return tuple(found), None


def _parameters(
    errand: Errand, parent: Task, step_id: str, bound: frozenset[str]
) -> Iterator[Task]:
    policy = errand.project.policy
    for name, demands, place in _published(errand, policy.steps[step_id], step_id, bound):
        claim: Claim = parent.claim._replace(
            id=errand.id(f"{step_id}/{name}"),
            kind="parameter-kept",
            statement=words.parameter(policy, step_id, name),
            place=place,
        )
        yield parent._replace(
            claim=claim, demands=demands, spare_failures=True, parent=parent.claim.id
        )


def _published(
    errand: Errand, promise: Promise, step_id: str, bound: frozenset[str]
) -> Iterator[tuple[str, tuple[Demand, ...], Location]]:
    policy = errand.project.policy
    if promise.entities:
        demands = tuple(Demand(promise, bound, entity=e) for e in promise.entities)
        yield "entities", demands, policy.at("steps", step_id, "entities")
    for name in promise.parameters:
        if name in COMPARABLE:
            place = policy.at("steps", step_id, "parameters", name)
            yield name, (Demand(promise, bound, parameter=name),), place
