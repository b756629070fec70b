"""All that differs between two states: what is said, what is kept, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ..findings import Finding, in_order
from ..project import READABLE, Project
from .change import Change, Effect
from .outside import asked, outside
from .since import Since
from .untrue import Untrue, untrue
from .verdicts import Moved

if TYPE_CHECKING:
    from ..answers.whole import Chapter
    from .redline import Redline


class State(NamedTuple):
    """One side of a comparison: how it was named, its commit if it has one, and its faults.

    `releases` are the release files that it has, by path, each as git names what it holds.
    `said` is what was published then, where that is recorded. `version` and `effective` are of
    its title block, if that could be read.
    """

    name: str
    revision: str | None
    faults: list[Finding]
    releases: Mapping[str, str] = MappingProxyType({})
    said: tuple[Chapter, ...] | None = None
    version: str = ""
    effective: date | None = None


class Difference(NamedTuple):
    """What differs between two states of a project; `redline` if their answers were asked for.

    `untrue` is what the later state says and its settings contradict, changed or not. `asked` are
    the kinds that its rules of sign-off are about, `outside` the changes that weaken a promise of
    another kind, by their place in the list.
    """

    before: State
    after: State
    changes: list[Change]
    verdicts: list[Moved]
    redline: Redline | None = None
    untrue: tuple[Untrue, ...] = ()
    asked: tuple[str, ...] = ()
    outside: tuple[int, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether both states could be read whole."""
        return not (self.before.faults or self.after.faults)

    @property
    def unmarked(self) -> bool:
        """Whether words changed and the version did not."""
        versions = {self.before.version, self.after.version}
        return len(versions) == 1 and any(versions) and self.count("neutral") < len(self.changes)

    def count(self, effect: Effect) -> int:
        return sum(change.effect == effect for change in self.changes)

    def moved(self, effect: Effect) -> int:
        """How many claims have another verdict, to this effect."""
        return sum(1 + len(each.others) for each in self.verdicts if each.effect == effect)


def difference(
    before: Project, after: Project, names: tuple[State, State], *, answers: bool = False
) -> Difference:
    """Compares two projects; of one with faults, what could be read. `answers` word by word too."""
    first, second = (
        _known(state._replace(faults=_faults(project)), project)
        for state, project in zip(names, (before, after), strict=True)
    )
    since = Since(before, after, first.name)
    false = untrue(after, since.changes)
    kinds = asked(after)
    found = Difference(
        first,
        second,
        since.changes,
        since.verdicts,
        untrue=false,
        asked=kinds,
        outside=outside(kinds, since.changes),
    )
    if answers:
        from .redline import redline

        found = found._replace(redline=redline(since, (first.said, second.said)))
    return found


def _known(state: State, project: Project) -> State:
    header = project.policy.header
    return state._replace(version=header.version, effective=header.effective) if header else state


def _faults(project: Project) -> list[Finding]:
    """What keeps a part of a project from being read."""
    found = [f for f in project.findings if f.severity == "error" and f.rule not in READABLE]
    return in_order(found)
