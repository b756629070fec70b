"""One use says that data is never used for a purpose and a model, another uses it for just that.

Why it matters: terms that say "never without your agreement" beside a policy that adds exceptions
are read one at a time. Exceptions belong to the use as its routes, where the site prints them
beside the "no".

How to fix it: merge the two uses and make the exception a route (`also`), or tell their models
apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from ..proof.claims.doors import Door
from .sense import Opening, openings

SLUG = "never-yet-used"
SEVERITY: Severity = "error"
HINT = "make the exception a route of the one use, or tell the models apart"
Key = tuple[str, str, str]  # purpose, model, data


def check(project: Project) -> Iterator[Finding]:
    """Each ordinary line that takes what another use, closed to everybody, says never happens."""
    open_uses = {opening.door.use_id for opening in openings(project)}
    noes = {
        key: door for door in project.doors if door.use_id not in open_uses for key in _keys(door)
    }
    for opening in openings(project) if noes else ():
        if not opening.door.route:
            key = next((key for key in _keys(opening.door) if key in noes), None)
            if key:
                yield _finding(project, opening, key, noes[key])


def _keys(door: Door) -> Iterator[Key]:
    return ((door.use.purpose, model, id_) for model in door.use.models for id_ in door.data)


def _finding(project: Project, opening: Opening, key: Key, never: Door) -> Finding:
    place = project.policy.at("uses", never.use_id, *never.path("applies", 0, "state"))
    return Finding(
        SLUG,
        f"{opening.does} takes '{key[2]}' for '{key[1]}', and {never.use.name} never does",
        opening.at(project, "state"),
        SEVERITY,
        HINT,
        (place._replace(message="says never"),),
    )
