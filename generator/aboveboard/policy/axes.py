"""Axes: the closed lists of values that scopes choose from, and how to say a choice in words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from ..values import listed
from .entities import AxisValue
from .scope import Scope, Window

CHOICE = "choice:"
COLLECTED = "collected"
IN_FORCE = "in-force"
RESERVED = ("choice", COLLECTED, IN_FORCE, "not")
# A longer list is easier to read as "any plan but Team", if few values are left out.
LONG = 4


@dataclass(frozen=True, slots=True)
class Axis:
    """The values of one axis with their labels; a group is a label for several values.

    A set of values is an int: bit n stands for value n.
    """

    name: str
    labels: dict[str, str]
    groups: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self.labels)

    def picked(self, named: Iterable[str]) -> int:
        """The values that these ids and groups name; an unknown id names nothing."""
        order = {value: index for index, value in enumerate(self.labels)}
        found = 0
        for name in named:
            members = self.groups[name][1] if name in self.groups else (name,)
            for member in members:
                found |= 1 << order[member] if member in order else 0
        return found

    def chosen(self, picked: int) -> tuple[str, ...]:
        """The ids of a set of values."""
        return tuple(v for index, v in enumerate(self.labels) if picked >> index & 1)

    def words(self, picked: int, most: int | None = None) -> str:
        """A set of values in the header's own words; far more than `most` are counted."""
        left_out = ((1 << len(self.labels)) - 1) & ~picked
        said, unsaid = self._said(picked), self._said(left_out)
        if left_out and len(said) >= LONG and len(unsaid) <= 2:
            return f"any {self.name.replace('-', ' ')} but {listed(unsaid, 'or')}"
        if most and len(said) > 2 * most:
            said = [*said[:most], f"{len(said) - most} others"]
        return listed(said, "or")

    def _said(self, picked: int) -> list[str]:
        """Labels, a group's where the whole group is in; the largest group first."""
        at: list[tuple[int, str]] = []
        sets = [(self.picked(members), label) for label, members in self.groups.values()]
        for group, label in sorted(sets, key=lambda pair: -pair[0].bit_count()):
            if group.bit_count() > 1 and group & ~picked == 0:
                at.append((group & -group, label))
                picked &= ~group
        at += [(1 << n, s) for n, s in enumerate(self.labels.values()) if picked >> n & 1]
        return [label for _, label in sorted(at)]


@dataclass(frozen=True, slots=True)
class Times(Axis):
    """Time, cut into half-open intervals at some days; an interval's id is `2023-03-01..`."""

    bounds: tuple[date, ...] = ()

    def within(self, window: Window) -> int:
        """The intervals of a window whose days are all among the bounds."""
        first = self._after(window.from_) if window.from_ else 0
        last = self._after(window.before) if window.before else len(self.bounds) + 1
        return (1 << last) - (1 << first)

    def _after(self, day: date) -> int:
        at = bisect_left(self.bounds, day)
        if self.bounds[at : at + 1] != (day,):
            raise ValueError(f"'{self.name}' is not cut at {day} in this space")
        return at + 1

    def words(self, picked: int, most: int | None = None) -> str:
        verb = "collected " if self.name == COLLECTED else ""
        return listed([verb + self._span(*run) for run in _runs(picked)], "or")

    def _span(self, first: int, last: int) -> str:
        start = f"from {_day(self.bounds[first - 1])}" if first else ""
        end = f"before {_day(self.bounds[last])}" if last < len(self.bounds) else ""
        return " and ".join(filter(None, (start, end))) or "at any time"


def header_axis(name: str, values: Mapping[str, AxisValue]) -> Axis:
    """An axis as the header lists it."""
    labels = {id_: value.name for id_, value in values.items() if not value.of}
    groups = {
        id_: (value.name, tuple(member for member in value.of if member in labels))
        for id_, value in values.items()
        if value.of
    }
    return Axis(name, labels or dict(_NAMELESS), groups)


# An axis that nobody declared has one value that nobody can write: naming it names no cell.
_NAMELESS = {"": "everyone"}


def unknown_axis(name: str) -> Axis:
    """An axis that the header does not have: whatever a scope names on it, nobody is there."""
    return Axis(name, dict(_NAMELESS))


def choice_axis(control: str, name: str) -> Axis:
    """The two positions of a control; `name` is the permission."""
    return Axis(CHOICE + control, {p: f"with {name} {p}" for p in ("allowed", "refused")})


def time_axis(name: str, days: Iterable[date]) -> Times:
    """Time, cut where these days begin."""
    bounds = tuple(sorted(set(days)))
    edges = ["", *(day.isoformat() for day in bounds), ""]
    labels = {f"{a}..{b}": "" for a, b in pairwise(edges)}
    return Times(name, labels, bounds=bounds)


def interval(id_: str) -> str:
    """An interval of a time axis in words, from its id `2003-05-05..`."""
    start, _, before = id_.partition("..")
    said = [f"from {_day(date.fromisoformat(start))}"] if start else []
    said += [f"before {_day(date.fromisoformat(before))}"] if before else []
    return " and ".join(said) or "at any time"


# -- what scopes mention -----------------------------------------------------------------------


def mentioned(scope: Scope) -> set[str]:
    """The axes that a scope names, in what it takes away too."""
    found = {*scope.axes, *(CHOICE + control for control in scope.choice)}
    found |= {COLLECTED} if scope.collected else set()
    found |= {IN_FORCE} if scope.in_force else set()
    return found.union(*(mentioned(taken) for taken in scope.not_))


def days(scopes: Iterable[Scope], axis: str) -> set[date]:
    """The days at which scopes cut a time axis."""
    found: set[date] = set()
    for scope in scopes:
        window = scope.collected if axis == COLLECTED else scope.in_force
        found |= {d for d in (window.from_, window.before) if d} if window else set()
        found |= days(scope.not_, axis)
    return found


def touching(scopes: Sequence[Scope], axes: set[str]) -> list[Scope]:
    """Those scopes that bear on these axes, directly or by way of one another."""
    names, found = set(axes), list[Scope]()
    waiting = list(scopes)
    while near := [scope for scope in waiting if mentioned(scope) & names]:
        found += near
        names.update(*map(mentioned, near))
        waiting = [scope for scope in waiting if scope not in near]
    return found


def _runs(picked: int) -> Iterator[tuple[int, int]]:
    """The first and last of each run of neighbouring bits."""
    at = 0
    while picked >> at:
        at += ((picked >> at) & -(picked >> at)).bit_length() - 1
        first = at
        while picked >> at & 1:
            at += 1
        yield first, at - 1


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
