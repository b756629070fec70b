"""Data is not kept at all, and a use reaches back into it.

Why it matters: what is not kept cannot be used later. One of the two sentences is false.

How to fix it: take the `reach` away if the data is used as it comes, or publish where and how long
it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from ..values import Duration
from .keeping import not_kept, reach_of, rows_of

SLUG = "used-yet-not-kept"
SEVERITY: Severity = "error"
HINT = "take the reach away, or publish where the data is kept"


def check(project: Project) -> Iterator[Finding]:
    """Each data category of an open route that reaches back, of which every row says `not-kept`."""
    policy, rows = project.policy, rows_of(project)
    gone = {id_ for id_, found in rows.items() if all(not_kept(one.row) for one in found)}
    for door in project.doors if gone else ():
        for id_ in door.data:
            reach = id_ in gone and not door.closed and reach_of(project, door, id_)
            if reach:
                keep = policy.at("retention", rows[id_][0].id, "keep")
                at = ("also", door.route, "when") if door.route else ("reach",)
                back = Duration.parse(reach).words()
                yield Finding(
                    SLUG,
                    f"{door.use.name} reaches {back} back into '{id_}', which is not kept",
                    policy.at("uses", door.use_id, *at),
                    SEVERITY,
                    HINT,
                    (keep._replace(message="not kept"),),
                )
