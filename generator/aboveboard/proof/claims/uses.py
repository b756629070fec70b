"""Claims that data is used, or is not, for what the policy says."""

from __future__ import annotations

from collections.abc import Iterator

from .. import words
from ..model import Claim
from .doors import Door, doors
from .people import choices, exclusions, marked
from .steps import protections
from .task import Errand, Project, Task


def tasks(project: Project) -> Iterator[Task]:
    """Every task of a project."""
    for use_id in project.policy.uses:
        targets: list[str] = []
        for door in doors(project.policy, use_id):
            bound = project.ends.sinks.get(door.key)
            if bound is None:
                if not project.closed(door):
                    yield _unbound(project, door)
                continue
            for target in bound:
                targets.append(target)
                yield from _through(project, door, target)
        yield from _never(project, use_id, list(dict.fromkeys(targets)))


def _through(project: Project, door: Door, target: str) -> Iterator[Task]:
    yield from marked(project, door, target)
    for index, data in enumerate(door.data):
        seeds = tuple(project.ends.sources.get(data, ()))
        errand = Errand(project, door, data, target, seeds)
        unbound = project.unbound_source(data)
        if project.closed(door):
            said = words.never(project.policy, door.use, data)
            claim = errand.claim("never-used", "never", said, door.path("applies"))
            yield Task(claim, seeds, target, settled=unbound)
            continue
        said = words.used(project.policy, door, data)
        claim = errand.claim("use-is-real", "used", said, door.path("data", index))
        yield Task(claim, seeds, target, must=True, settled=unbound)
        if seeds:
            yield from protections(errand)
            yield from choices(errand)
            yield from exclusions(errand)


def _unbound(project: Project, door: Door) -> Task:
    claim = Claim(
        f"{door.key}@unbound",
        "use-is-real",
        words.leads_somewhere(project.policy, door),
        project.policy.at("uses", door.use_id, *door.path()),
        use=door.use_id,
        route=door.route,
    )
    why = f"no dataset is bound to '{door.key}': say in bindings.sinks where this use ends"
    return Task(claim, settled=("unknown", why))


def _never(project: Project, use_id: str, targets: list[str]) -> Iterator[Task]:
    policy = project.policy
    use = policy.uses[use_id]
    for index, exclusion in enumerate(use.never):
        for data in exclusion.data:
            for target in targets:
                claim = Claim(
                    f"{use_id}/{data}/never@{target}",
                    "never-used",
                    words.never(policy, use, data),
                    policy.at("uses", use_id, "never", index),
                    use=use_id,
                    data=data,
                    subject="never",
                    target=target,
                )
                seeds = tuple(project.ends.sources.get(data, ()))
                yield Task(claim, seeds, target, settled=project.unbound_source(data))
