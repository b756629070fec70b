"""A route takes data together with what one of its steps promises to keep apart from it.

Why it matters: what arrives side by side is joined, whatever the step says.

How to fix it: take the data out of the route, or out of `never-joined-with`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from ..proof.claims.doors import Door
from .sense import taken_at

SLUG = "joined-despite-promise"
SEVERITY: Severity = "error"
HINT = "take it out of the route, or out of 'never-joined-with'"


def check(project: Project) -> Iterator[Finding]:
    """Each `never-joined-with` whose data an open route takes beside other data."""
    for door in project.doors:
        if door.closed:
            continue
        for step_id in door.steps:
            step = project.policy.steps.get(step_id)
            for index, id_ in enumerate(step.never_joined_with if step else ()):
                if id_ in door.data and set(step.data if step and step.data else door.data) - {id_}:
                    yield _finding(project, door, step_id, index, id_)


def _finding(project: Project, door: Door, step_id: str, index: int, id_: str) -> Finding:
    return Finding(
        SLUG,
        f"'{id_}' is never joined again, yet {door.use.name} takes it with the other data",
        project.policy.at("steps", step_id, "never-joined-with", index),
        SEVERITY,
        HINT,
        (taken_at(project, door, id_, "taken together here"),),
    )
