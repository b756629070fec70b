"""All that differs between two states: what is said, what is kept, and what could not be read."""

from __future__ import annotations

from typing import NamedTuple

from ..findings import Finding, in_order
from ..project import READABLE, Project
from .change import Change, Effect
from .diff import changes
from .verdicts import Moved, moved


class State(NamedTuple):
    """One side of a comparison: how it was named, its commit if it has one, and its faults."""

    name: str
    revision: str | None
    faults: list[Finding]


class Difference(NamedTuple):
    """What differs between two states of a project."""

    before: State
    after: State
    changes: list[Change]
    verdicts: list[Moved]

    @property
    def whole(self) -> bool:
        """Whether both states could be read whole."""
        return not (self.before.faults or self.after.faults)

    def count(self, effect: Effect) -> int:
        return sum(change.effect == effect for change in self.changes)


def difference(before: Project, after: Project, names: tuple[State, State]) -> Difference:
    """Compares two projects; of one with faults, what could be read."""
    first, second = (
        state._replace(faults=_faults(project))
        for state, project in zip(names, (before, after), strict=True)
    )
    return Difference(first, second, changes(before, after), moved(before, after))


def _faults(project: Project) -> list[Finding]:
    """What keeps a part of a project from being read."""
    found = [f for f in project.findings if f.severity == "error" and f.rule not in READABLE]
    return in_order(found)
