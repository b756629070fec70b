"""A model's sources and the uses that train it say different things about people's data.

Why it matters: "does this model learn from what I write?" is the first question of a reader, and
it has two answers here.

How to fix it: add `users` (or `feedback`, `flagged`) to `sources`, close the use, or take the
model out of it; where the data is from the past, say so with `collected.before`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Location, Severity
from ..policy.entities import Model
from ..project import Project
from ..proof.claims.doors import Door
from .sense import read_whole

SLUG = "disagreeing-sources"
SEVERITY: Severity = "error"
HINT = "say the same in the model's 'sources' and in the uses that name it"
OF_PEOPLE = ("provided", "observed", "derived", "generated")
BY_EVENT = ("users", "feedback", "flagged")


def check(project: Project) -> Iterator[Finding]:
    """Each model with sources that its uses contradict."""
    if not read_whole(project, "uses", "data"):
        return
    trained = _trained(project)
    for id_, model in project.policy.models.items():
        doors = trained.get(id_, [])
        if model.sources:
            yield from _unsaid(project, id_, model, doors)
            ended = model.collected is not None and model.collected.before is not None
            if "users" in model.sources and not doors and not ended:
                yield _unused(project, id_, model)


def _trained(project: Project) -> dict[str, list[Door]]:
    """The open routes by which each model learns from people's data."""
    data, found = project.policy.data, dict[str, list[Door]]()
    for door in project.doors:
        if door.closed or not door.use.models or door.use.purpose == "evaluate-model":
            continue
        if any(id_ in data and data[id_].origin in OF_PEOPLE for id_ in door.data):
            for model in door.use.models:
                found.setdefault(model, []).append(door)
    return found


def _unsaid(project: Project, id_: str, model: Model, doors: list[Door]) -> Iterator[Finding]:
    """The first route by which people's data comes in, though the sources do not say so."""
    for door in doors:
        enough = BY_EVENT if door.route else ("users",)
        if not set(enough) & set(model.sources):
            yield _finding(
                project,
                id_,
                f"the sources of '{id_}' lack '{enough[0]}', yet {door.use.name} takes "
                "people's data",
                project.policy.at("uses", door.use_id, "models", door.use.models.index(id_)),
            )
            return


def _unused(project: Project, id_: str, model: Model) -> Finding:
    """No open use stands behind `users`: both places are told if a closed one names the model."""
    policy = project.policy
    naming = next((d for d in project.doors if id_ in d.use.models), None)
    place = policy.at("models", id_)
    if naming:
        place = policy.at("uses", naming.use_id, "models", naming.use.models.index(id_))
    message = f"'{id_}' lists 'users' as a source, yet no open use trains it on people's data"
    return _finding(project, id_, message, place, model.sources.index("users"))


def _finding(
    project: Project, id_: str, message: str, other: Location, index: int | None = None
) -> Finding:
    at = ("sources",) if index is None else ("sources", index)
    place = project.policy.at("models", id_, *at)
    related = (other._replace(message="says the opposite"),)
    return Finding(SLUG, message, place, SEVERITY, HINT, related)
