"""People's data is used for training, advertising, profiling, selling or reading by people, and
nobody can refuse.

Why it matters: here a reader expects a choice, and asks why there is none.

How to fix it: put a control on the line (`opt-in`, `opt-out` or `ask`), or say in `why` for what
reason there is none: the site prints it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..policy import strength
from ..project import Project
from .sense import Opening, left_out, openings

SLUG = "missing-choice"
SEVERITY: Severity = "warning"
HINT = "put a control on the line, or say in 'why' for what reason there is none"
EXPECTED = frozenset(
    [
        "train-model",
        "fine-tune-model",
        "advertising",
        "profiling",
        "sell-or-license",
        "human-review",
    ]
)
ABOUT_NOBODY = ("aggregated", "anonymised")


def check(project: Project) -> Iterator[Finding]:
    """Each `always` line of such a use without a reason."""
    for opening in openings(project, "always"):
        if opening.door.use.purpose in EXPECTED and not _explained(project, opening):
            who = left_out(project, [opening.readers])
            if who:
                yield Finding(
                    SLUG,
                    f"{opening.does} always happens: no choice for {who}",
                    opening.at(project, "state"),
                    SEVERITY,
                    HINT,
                )


def _explained(project: Project, opening: Opening) -> bool:
    """Whether a reason is given, or none is needed."""
    policy, door = project.policy, opening.door
    route = door.use.also.get(door.route)
    if opening.line.why or (route and route.why):
        return True
    event = policy.events.get(route.when) if route else None
    if event and event.by == "you" and all(take.reach == "item" for take in event.takes):
        return True  # not to do it is the choice
    known = [policy.data[id_] for id_ in door.data if id_ in policy.data]
    if all(data.origin == "licensed" for data in known):
        return True
    steps = [policy.steps[id_] for id_ in door.steps if id_ in policy.steps]
    return any(strength.of(s) in ABOUT_NOBODY and not s.data for s in steps)
