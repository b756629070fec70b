"""A use reaches further back than its data is kept.

Why it matters: either the use takes less than people are told, or the data lies somewhere for
longer than they are told.

How to fix it: shorten the `reach` of the use (or of the event that opens it), or publish the copy
in which the data is kept as long; close a line for data `collected` so long ago that it is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..findings import Finding, Severity
from ..policy.choices import Retention
from ..project import Project
from ..proof.claims.doors import Door
from ..values import Duration
from .keeping import Rowed, not_kept, reach_of, rows_of, too_short
from .sense import openings

SLUG = "kept-too-briefly"
SEVERITY: Severity = "warning"
HINT = "shorten the reach, or publish the copy in which the data is kept as long"


def check(project: Project) -> Iterator[Finding]:
    """Each reach, and each ended `collected`, whose data is gone before."""
    rows = rows_of(project)
    for door in project.doors if rows else ():
        for id_ in door.data:
            reach = None if door.closed else reach_of(project, door, id_)
            if reach and (found := rows.get(id_)):
                yield from _reach(project, door, id_, reach, found)
    yield from _collected(project, rows)


def _reach(
    project: Project, door: Door, id_: str, reach: str, rows: list[Rowed]
) -> Iterator[Finding]:
    short = [row for row in rows if _longest(row.row, reach)]
    if len(short) == len(rows) and all(not_kept(row.row) for row in rows):
        return  # used-yet-not-kept tells it
    who = too_short(project, door, [row for row in rows if row not in short]) if short else None
    if who:
        at = ("also", door.route, "when") if door.route else ("reach",)
        place = project.policy.at("retention", short[0].id, "keep")
        back = Duration.parse(reach).words()
        yield Finding(
            SLUG,
            f"{door.use.name} reaches {back} back, yet '{id_}' is kept for less, for {who}",
            project.policy.at("uses", door.use_id, *at),
            SEVERITY,
            HINT,
            (place._replace(message="kept so long"),),
        )


def _longest(row: Retention, reach: str) -> bool:
    """Whether data under this row is gone before the reach ends."""
    if row.keep is None or "no-limit" in row.keep.longest:
        return False
    needed = Duration.parse(reach).shortest
    return all(
        period == "not-kept" or Duration.parse(period).longest < needed
        for period in row.keep.longest
    )


def _collected(project: Project, rows: dict[str, list[Rowed]]) -> Iterator[Finding]:
    """Open lines for data so old that every copy of it is gone when the policy begins."""
    today = project.policy.header.effective if project.policy.header else project.as_of
    for opening in openings(project):
        ends = [s.collected.before for s in opening.line.scope if s.collected]
        if not ends or len(ends) < len(opening.line.scope) or None in ends:
            continue
        last = max(end for end in ends if end)
        for id_ in opening.door.data:
            found = rows.get(id_)
            if found and all(_gone(row.row, last, today) for row in found):
                place = project.policy.at("retention", found[0].id, "keep")
                yield Finding(
                    SLUG,
                    f"{opening.does} takes '{id_}' from before {last}, which is gone by {today}",
                    opening.at(project, "scope"),
                    SEVERITY,
                    HINT,
                    (place._replace(message="kept so long"),),
                )
                break


def _gone(row: Retention, last: date, today: date) -> bool:
    return _longest(row, f"P{max(0, (today - last).days) + 1}D")
