"""A special category of data enters a use, and no basis names a condition that allows it.

Why it matters: health, belief, biometrics and the like are forbidden ground (GDPR Article 9)
unless one of its conditions holds. A contract or a legitimate interest is none.

How to fix it: keep the data out (`never`), or name the condition in `basis`: `explicit-consent`,
`vital-interests`, `public-interest` or `research`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from ..proof.claims.doors import Door
from .sense import Part, Rows, left_out, read_whole, taken_at

SLUG = "special-without-condition"
SEVERITY: Severity = "error"
HINT = "keep it out, or name 'explicit-consent' or another condition of Article 9 in 'basis'"
CONDITIONS = ("explicit-consent", "vital-interests", "public-interest", "research")


def check(project: Project) -> Iterator[Finding]:
    """Each special category in a route that is open to readers without a condition.

    What people made public themselves, and legal claims, have conditions of their own.
    """
    special = {
        id_
        for id_, data in project.policy.data.items()
        if data.special and not (data.visible_to == "public" and data.about == "you")
    }
    if not special or not read_whole(project, "data"):
        return
    for door in project.doors:
        for id_ in sorted(special.intersection(door.data)):
            who = _without(project, door)
            if who:
                yield _finding(project, door, id_, who)


def _without(project: Project, door: Door) -> str | None:
    conditions = [*CONDITIONS, *(["legal-obligation"] if door.use.purpose == "legal-duty" else [])]
    ways: list[list[Part]] = [[b.scope] for b in door.use.basis if b.basis in conditions]
    open_ = tuple(n for n, line in enumerate(door.lines) if line.state != "never")
    return left_out(project, [Rows(door.lines, open_)], ways) if open_ else None


def _finding(project: Project, door: Door, id_: str, who: str) -> Finding:
    special = project.policy.at("data", id_, "special")
    return Finding(
        SLUG,
        f"{door.use.name} takes '{id_}', a special category, and no condition covers {who}",
        taken_at(project, door, id_),
        SEVERITY,
        HINT,
        (special._replace(message="a special category"),),
    )
