"""A control's label does not name what it decides.

Why it matters: a switch called "Data retention" that governs training is not found by those who
look for it, and is used by those who mean something else.

How to fix it: have the product name the permission in the label.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .sense import deciding

SLUG = "misleading-label"
SEVERITY: Severity = "warning"
HINT = "have the product name the permission in the label"


def check(project: Project) -> Iterator[Finding]:
    """Each control of a line whose `label-says` is `something-else`."""
    policy = project.policy
    for id_, lines in deciding(project).items():
        control = policy.controls.get(id_)
        if control and control.label_says == "something-else":
            label = f" “{control.label}”" if control.label else ""
            yield Finding(
                SLUG,
                f"the label{label} does not say that it decides {lines[0].does}",
                policy.at("controls", id_, "label-says"),
                SEVERITY,
                HINT,
                (lines[0].at(project, "control", message="decided by it"),),
            )
