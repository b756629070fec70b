"""New people whom no row names: what they get, as a warning beside the other findings."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding
from ..project import Project
from .axes import inherited
from .diff import sides_of

RULE = "inherited-answer"


def findings(base: Project, project: Project) -> Iterator[Finding]:
    """One warning per value of an axis that is new since the base and inherits an answer."""
    sides, _ = sides_of(base, project)
    before, after = sides.before.header, sides.after.header
    if not before or not after:
        return
    for axis, values in after.axes.items():
        for id_, value in values.items():
            if value.of or axis not in before.axes or id_ in before.axes[axis]:
                continue
            if got := inherited(sides, after, axis, id_):
                yield Finding(
                    RULE,
                    f"new value “{value.name}” of '{axis}' {got}: no row names it",
                    sides.at("policy", "", "axes", axis, id_),
                    severity="warning",
                    hint="name it in the rows that are meant for it",
                )
