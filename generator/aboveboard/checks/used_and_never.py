"""One use takes a kind of data, and says that it never does.

Why it matters: both sentences stand on one page, and a reader believes the better one.

How to fix it: take the data out of `data`, or out of `never`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Location, Severity
from ..project import Project
from ..proof.claims.doors import Door
from .sense import taken_at

SLUG = "used-and-never"
SEVERITY: Severity = "error"
HINT = "take it out of 'data', or out of 'never'"


def check(project: Project) -> Iterator[Finding]:
    """Each data category that a route takes although its use excludes it.

    After its `unless` event, data is let in by the route of that event.
    """
    for door in project.doors:
        if not door.use.never or door.closed:
            continue
        route = door.use.also.get(door.route)
        for number, exclusion in enumerate(door.use.never):
            if route and exclusion.unless == route.when:
                continue
            for index, id_ in enumerate(exclusion.data):
                if id_ in door.data:
                    place = _excluded(project, door, number, index)
                    yield _finding(project, door, id_, place)


def _excluded(project: Project, door: Door, number: int, index: int) -> Location:
    policy, use = project.policy, door.use_id
    written = policy.documents[("uses", use)].values
    whole = ("uses", use, "never", number, "data", index)
    if whole in written or whole[:-1] in written:
        return policy.at(*("uses", use), *whole[2:])
    return policy.at("uses", use, "never", number)


def _finding(project: Project, door: Door, id_: str, place: Location) -> Finding:
    by = f" by the route '{door.route}'" if door.route else ""
    return Finding(
        SLUG,
        f"'{id_}' never enters {door.use.name}, yet it is used there{by}",
        place,
        SEVERITY,
        HINT,
        (taken_at(project, door, id_, "used here"),),
    )
