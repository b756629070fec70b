"""A use rests on consent, and those who gave it have no way to take it back.

Why it matters: consent that cannot be withdrawn is no consent (GDPR Article 7(3)). A prompt asks;
it does not take back.

How to fix it: put a control on the line whose refusal stops future use, or write a right
`withdraw` that these readers have.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..policy.entities import Basis
from ..policy.scope import Scope
from ..project import Project
from .sense import Opening, controls_of, left_out, openings, read_whole

SLUG = "consent-without-withdrawal"
SEVERITY: Severity = "error"
HINT = "name a control that stops it, or write a right 'withdraw' for them"
CONSENT = ("consent", "explicit-consent")


def check(project: Project) -> Iterator[Finding]:
    """Each basis of consent with a line that some of its readers cannot leave again."""
    if not read_whole(project, "controls", "rights"):
        return
    rights = [r.scope for r in project.policy.rights.values() if r.right == "withdraw"]
    for opening in openings(project, "ask", "opt-in", "opt-out"):
        for index, basis in enumerate(opening.door.use.basis):
            if basis.basis in CONSENT and (who := _held(project, opening, basis, rights)):
                yield Finding(
                    SLUG,
                    f"{opening.does}: this consent cannot be withdrawn by {who}",
                    project.policy.at("uses", opening.door.use_id, "basis", index, "basis"),
                    SEVERITY,
                    HINT,
                    (opening.at(project, "state", message="no control here takes it back"),),
                )


def _held(
    project: Project, opening: Opening, basis: Basis, rights: list[list[Scope]]
) -> str | None:
    """Those who gave this consent and cannot take it back."""
    stopping = [
        control.scope
        for control in controls_of(project, opening)
        if control.effect and control.effect.refusing.future == "stops"
    ]
    ways = [[scope] for scope in (*stopping, *rights)]
    return left_out(project, [opening.readers, basis.scope], ways)
