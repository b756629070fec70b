"""Readers are told that they decide, and no control has steps for them.

Why it matters: "unless you switch it off" without a place to do so is a choice on paper.

How to fix it: add a `how` for them (each account, each platform), widen the control's `scope`,
name another control on the line, or change the state that they are told.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .sense import Opening, Part, controls_of, left_out, openings

SLUG = "choice-without-how"
SEVERITY: Severity = "error"
HINT = "add a 'how' for them, widen the control's 'scope', or change the state"


def check(project: Project) -> Iterator[Finding]:
    """Each line whose controls leave some of its readers without steps."""
    for opening in openings(project, "ask", "opt-in", "opt-out"):
        controls = controls_of(project, opening)
        if len(controls) < len(opening.line.control):
            continue  # one of them could not be read
        ways: list[list[Part]] = [
            [control.scope, how.scope]
            for control in controls
            for how in control.how
            if how.to in (None, _wanted(opening))
        ]
        who = left_out(project, [opening.readers], ways)
        if who:
            yield _finding(project, opening, who)


def _wanted(opening: Opening) -> str:
    return "refused" if opening.line.state == "opt-out" else "allowed"


def _finding(project: Project, opening: Opening, who: str) -> Finding:
    policy = project.policy
    related = tuple(
        policy.at("controls", id_, "how", key=True)._replace(message="has no steps for them")
        for id_ in opening.line.control
    )
    return Finding(
        SLUG,
        f"{opening.does} is '{opening.line.state}', and no control says how for {who}",
        opening.at(project, "control"),
        SEVERITY,
        HINT,
        related,
    )
