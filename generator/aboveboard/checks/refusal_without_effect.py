"""A use is `opt-out`, and a refusal by its control does not stop it.

Why it matters: the page says "unless you switch it off", and switching it off changes nothing.

How to fix it: let the refusal stop future use (`effect.refusing.future: stops`), or make the line
`always`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .sense import deciding

SLUG = "refusal-without-effect"
SEVERITY: Severity = "error"
HINT = "write 'future: stops', or 'state: always' where it is used"


def check(project: Project) -> Iterator[Finding]:
    """Each control of a decided line after whose refusal new data is used all the same."""
    for id_, lines in deciding(project, "opt-out", "opt-in").items():
        control = project.policy.controls.get(id_)
        if control and control.effect and control.effect.refusing.future == "continues":
            yield Finding(
                SLUG,
                f"'{id_}' decides {lines[0].does}, yet after a refusal new data is used all the "
                "same",
                project.policy.at("controls", id_, "effect", "refusing", "future"),
                SEVERITY,
                HINT,
                (lines[0].at(project, "state", message="says that a refusal stops it"),),
            )
