"""A use rests on consent alone, yet it happens to readers who were never asked.

Why it matters: silence, a preset switch or a missing choice is not consent (GDPR recital 32).

How to fix it: make the line `opt-in` or `ask`, or name the basis that it really rests on.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Location, Severity
from ..policy.entities import Basis
from ..project import Project
from .consent_without_withdrawal import CONSENT
from .sense import Opening, left_out, openings

SLUG = "consent-by-default"
SEVERITY: Severity = "error"
HINT = "make the line 'opt-in' or 'ask', or name the basis that it rests on"


def check(project: Project) -> Iterator[Finding]:
    """Each line that needs no yes from readers whose only basis is consent.

    To do what opens a route is a yes of its own kind.
    """
    for opening in openings(project, "opt-out", "always"):
        door = opening.door
        route = door.use.also.get(door.route)
        event = project.policy.events.get(route.when) if route else None
        if event and event.by == "you" and opening.line.state == "always":
            continue
        for index, basis in enumerate(door.use.basis):
            if basis.basis in CONSENT and (who := _unasked(project, opening, basis)):
                yield Finding(
                    SLUG,
                    f"{opening.does}: the basis is consent, yet the state is "
                    f"'{opening.line.state}' for {who}",
                    opening.at(project, "state"),
                    SEVERITY,
                    HINT,
                    (_place(project, opening, index),),
                )


def _unasked(project: Project, opening: Opening, basis: Basis) -> str | None:
    others = [[b.scope] for b in opening.door.use.basis if b.basis not in CONSENT]
    return left_out(project, [opening.readers, basis.scope], others)


def _place(project: Project, opening: Opening, index: int) -> Location:
    place = project.policy.at("uses", opening.door.use_id, "basis", index, "basis")
    return place._replace(message="says that they agreed")
