"""A claim with what it takes to judge it, and what all kinds of claims are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from ...pipeline.graph import Pipeline
from ...policy.cells import Space, Spaces
from ...policy.entities import Line
from ...policy.model import Policy
from ..branches import Branch
from ..ends import Ends, Place
from ..guards import Guard
from ..model import Claim, Kind, Verdict
from ..protections import Demand
from .doors import Door

Path = tuple[str | int, ...]


class Task(NamedTuple):
    """A claim and how to judge it.

    seeds and targets are places and nodes; `must` says that data has to arrive. Any of `guards`,
    `demands` or `branches` has to stop the data: one guard a kind of row, one demand an entity or
    parameter, one branch an event, and each has to hold by itself. `depends` is the claim without
    which this one says nothing, `parent` the one whose fault it shares. `settled` is a verdict
    that needs no analysis, with its reason.
    """

    claim: Claim
    seeds: tuple[Place, ...] = ()
    target: str = ""
    must: bool = False
    guards: tuple[Guard, ...] = ()
    demands: tuple[Demand, ...] = ()
    branches: tuple[Branch, ...] = ()
    spare_failures: bool = False
    depends: str | None = None
    parent: str | None = None
    settled: tuple[Verdict, str] | None = None


class Project(NamedTuple):
    """What claims are made from; `reaches` says whether data can get to a node."""

    policy: Policy
    pipeline: Pipeline
    ends: Ends
    reaches: Callable[[str, str], bool]
    on: date | None = None  # what holds on this day is compared; None: all that is written
    spaces: Spaces | None = None  # without a header there are none

    def cells(self, lines: Iterable[Line]) -> tuple[Space, list[int]] | None:
        """The cells of each line that is in force; None without a header."""
        if self.spaces is None:
            return None
        table = list(lines)
        space = self.spaces.of(scope for line in table for scope in line.scope)
        return space, space.rows(table)

    def closed(self, door: Door) -> bool:
        """Whether no line that is in force lets anything through."""
        if door.closed or not any(scope.in_force for line in door.lines for scope in line.scope):
            return door.closed
        found = self.cells(door.lines)
        masks = found[1] if found else [1] * len(door.lines)
        return all(
            line.state == "never" for line, mask in zip(door.lines, masks, strict=True) if mask
        )

    def unbound_source(self, data: str) -> tuple[Verdict, str] | None:
        if data not in self.ends.sources:
            return (
                "unknown",
                f"no field is bound to '{data}': say in bindings.sources where it lies",
            )
        if not self.ends.sources[data]:
            return "vacuous", f"nothing of the pipeline is bound to '{data}'"
        return None


class Errand(NamedTuple):
    """One data category on its way through a door to a target; `real` is the claim that it gets
    there."""

    project: Project
    door: Door
    data: str
    target: str
    seeds: tuple[Place, ...]

    @property
    def real(self) -> str:
        return self.id("used")

    def id(self, subject: str) -> str:
        return "/".join((self.door.key, self.data, subject)) + f"@{self.target}"

    def claim(self, kind: Kind, subject: str, statement: str, path: Path) -> Claim:
        """A claim whose place is a key path within the use."""
        return Claim(
            self.id(subject),
            kind,
            statement,
            self.project.policy.at("uses", self.door.use_id, *path),
            use=self.door.use_id,
            route=self.door.route,
            data=self.data,
            subject=subject,
            target=self.target,
        )
