"""A control decides nothing: no line names it, no scope depends on it, it locks no other.

Why it matters: people find a switch on the page, use it, and nothing changes.

How to fix it: name it on the line that it decides, or in the `choice` of a scope; or remove it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .sense import read_whole

SLUG = "unused-control"
SEVERITY: Severity = "warning"
HINT = "name it on the line that it decides, or remove it"


def check(project: Project) -> Iterator[Finding]:
    """Each control that nothing depends on."""
    controls = project.policy.controls
    named = {id_ for door in project.doors for line in door.lines for id_ in line.control}
    unused = [id_ for id_, control in controls.items() if id_ not in named and not control.locks]
    if not unused or not read_whole(project, "uses", "retention"):
        return
    chosen = _chosen(project)
    for id_ in unused:
        if id_ not in chosen:
            yield Finding(
                SLUG,
                f"'{id_}' decides nothing: no line and no scope names it",
                project.policy.at("controls", id_),
                SEVERITY,
                HINT,
            )


def _chosen(project: Project) -> set[str]:
    """The controls that any scope depends on."""
    from ..policy.axes import CHOICE, mentioned
    from ..policy.mentions import scopes

    axes = {axis for _, scope in scopes(project.policy) for axis in mentioned(scope)}
    return {axis.removeprefix(CHOICE) for axis in axes if axis.startswith(CHOICE)}
