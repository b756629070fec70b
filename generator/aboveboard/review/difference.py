"""All that differs between two states: what is said, what is kept, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ..findings import Finding, in_order
from ..project import READABLE, Project
from .change import Change, Effect
from .since import Since
from .verdicts import Moved

if TYPE_CHECKING:
    from ..answers.whole import Chapter
    from .redline import Redline


class State(NamedTuple):
    """One side of a comparison: how it was named, its commit if it has one, and its faults.

    `releases` are the release files that it has, by path, each as git names what it holds.
    `said` is what was published then, where that is recorded.
    """

    name: str
    revision: str | None
    faults: list[Finding]
    releases: Mapping[str, str] = MappingProxyType({})
    said: tuple[Chapter, ...] | None = None


class Difference(NamedTuple):
    """What differs between two states of a project; `redline` if their answers were asked for."""

    before: State
    after: State
    changes: list[Change]
    verdicts: list[Moved]
    redline: Redline | None = None

    @property
    def whole(self) -> bool:
        """Whether both states could be read whole."""
        return not (self.before.faults or self.after.faults)

    def count(self, effect: Effect) -> int:
        return sum(change.effect == effect for change in self.changes)


def difference(
    before: Project, after: Project, names: tuple[State, State], *, answers: bool = False
) -> Difference:
    """Compares two projects; of one with faults, what could be read. `answers` word by word too."""
    first, second = (
        state._replace(faults=_faults(project))
        for state, project in zip(names, (before, after), strict=True)
    )
    since = Since(before, after, first.name)
    found = Difference(first, second, since.changes, since.verdicts)
    if answers:
        from .redline import redline

        found = found._replace(redline=redline(since, (first.said, second.said)))
    return found


def _faults(project: Project) -> list[Finding]:
    """What keeps a part of a project from being read."""
    found = [f for f in project.findings if f.severity == "error" and f.rule not in READABLE]
    return in_order(found)
