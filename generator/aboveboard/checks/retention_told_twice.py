"""Two retention rows give different times for the same data, copy, event and readers.

Why it matters: one page gave ten years for a store and another five. Only one can be true, and
the site would publish the longer.

How to fix it: remove one row, or tell apart whom each is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..findings import Finding, Severity
from ..policy.choices import Retention
from ..project import Project
from .sense import left_out

SLUG = "retention-told-twice"
SEVERITY: Severity = "error"
HINT = "remove one row, or tell apart whom each is for"


def check(project: Project) -> Iterator[Finding]:
    """Each row with `when` that an earlier row for the same cells contradicts.

    Rows without `when` are a table, in which no cell stands twice.
    """
    by_cell: dict[tuple[str, str, str], list[str]] = {}
    for id_, row in project.policy.retention.items():
        for data in dict.fromkeys(row.data) if row.when else ():
            by_cell.setdefault((data, row.copy_, row.when or ""), []).append(id_)
    told = set[tuple[str, str]]()
    for (data, _, _), ids in by_cell.items():
        for earlier, later in combinations(ids, 2):
            who = (earlier, later) not in told and _differ(project, earlier, later)
            if who:
                told.add((earlier, later))
                yield _finding(project, data, earlier, later, who)


def _differ(project: Project, one: str, other: str) -> str | None:
    a, b = project.policy.retention[one], project.policy.retention[other]
    same = a.keep == b.keep and set(a.until) == set(b.until) and a.then == b.then
    return None if same else left_out(project, [a.scope, b.scope])


def _finding(project: Project, data: str, one: str, other: str, who: str) -> Finding:
    policy = project.policy
    return Finding(
        SLUG,
        f"'{data}' is kept {_said(policy.retention[other])} here and "
        f"{_said(policy.retention[one])} in '{one}', for {who}",
        policy.at("retention", other),
        SEVERITY,
        HINT,
        (policy.at("retention", one)._replace(message="says another time"),),
    )


def _said(row: Retention) -> str:
    times = f"for {row.keep.default}" if row.keep else ""
    until = f"until {', '.join(row.until)}" if row.until else ""
    return " ".join(filter(None, (times, until, f"plus {row.then}" if row.then else "")))
