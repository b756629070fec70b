"""What stays open beside a "no": the one place where the exceptions to a refusal are derived.

A route stays open to a reader if it takes the same data, or data derived from it, and its line for
that reader does not name the refused control. With the same purpose or a shared model it is an
exception, printed beside the "no"; with another purpose it is a use that goes on. Whoever refuses
training means any model: to train is one purpose then, whatever the model is for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..policy.axes import CHOICE
from ..policy.cells import Space
from ..policy.entities import Line
from ..policy.model import Policy
from ..policy.scope import Scope
from ..proof.claims import Door
from .facts import Facts


@dataclass(frozen=True)
class No:
    """One "no": data of a route is kept out for the readers of one of its lines.

    line is -1 for everybody; control is what they refuse, "" if the "no" holds whatever they do;
    data are only these of what the route takes.
    """

    door: Door
    data: tuple[str, ...]
    line: int = -1
    control: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What tells one "no" from another."""
        return (self.door.key, self.data, self.line, self.control)


@dataclass(frozen=True)
class OpenRoute:
    """A route that stays open after a "no": by which line, to whom, for which data.

    who is "" if it is open to all whom the "no" concerns; exception says that it has the same
    purpose or a model in common, and not another purpose.
    """

    door: Door
    index: int
    line: Line
    data: tuple[str, ...]
    who: str
    exception: bool


def refusal(facts: Facts, controls: Iterable[str], data: Iterable[str] = ()) -> list[No]:
    """The "no" of everybody who refuses all of these controls, of each line that names one."""
    wanted, found = set(data), []
    for control in controls:
        for door in facts.doors:
            taken = tuple(d for d in door.data if not wanted or d in wanted)
            lines = enumerate(door.lines) if taken else ()
            found += [No(door, taken, n, control) for n, line in lines if control in line.control]
    return found


def standing(door: Door) -> list[No]:
    """The "no" of each `never` line of a route."""
    return [No(door, door.data, n) for n, line in enumerate(door.lines) if line.state == "never"]


def excluded(facts: Facts, use_id: str, data: Sequence[str]) -> No:
    """The "no" of data that a use names under `never`: for everyone, by every route."""
    return No(facts.ordinary(use_id), tuple(data))


def open_routes(facts: Facts, noes: Iterable[No]) -> list[OpenRoute]:
    """Everything that stays open beside these, each line once: exceptions first, of these those
    of the same use."""
    wanted = tuple(noes)
    known = facts.kept(("open", *(no.key for no in wanted)), lambda: _open_routes(facts, wanted))
    return list(known)


def derived_from(policy: Policy, data: Iterable[str]) -> set[str]:
    """The data, and all that is derived from it, step after step."""
    found = set(data)
    while fresh := {i for i, d in policy.data.items() if found & set(d.from_)} - found:
        found |= fresh
    return found


def _open_routes(facts: Facts, noes: Sequence[No]) -> list[OpenRoute]:
    refused = {no.control for no in noes if no.control}
    by_data: dict[str, list[No]] = {}
    for no in noes:
        for reached in derived_from(facts.policy, no.data):
            by_data.setdefault(reached, []).append(no)
    doors = [door for door in facts.doors if any(d in by_data for d in door.data)]
    readers = _Readers(facts, noes, doors)
    found: list[OpenRoute] = []
    for door in doors:
        kept_out = {d for x in door.use.never if not x.unless for d in x.data}
        data = tuple(d for d in door.data if d in by_data and d not in kept_out)
        beside = {no.key: no for d in data for no in by_data[d]}.values()
        kin = any(_akin(facts, no, door) for no in beside)
        for index, line in enumerate(door.lines):
            if not data or line.state == "never" or refused & set(line.control):
                continue
            who = readers.of(beside, door, index)
            if who is not None:
                found.append(OpenRoute(door, index, line, data, who, kin))
    mine = {no.door.use_id for no in noes}
    return sorted(found, key=lambda r: (not r.exception, r.door.use_id not in mine))


def _akin(facts: Facts, no: No, other: Door) -> bool:
    """Whether a route has a purpose or a model in common with a "no", or both train models."""
    one = no.door
    if one.use.purpose == other.use.purpose or set(one.use.models) & set(other.use.models):
        return True
    return bool(no.control) and {one.use_id, other.use_id} <= facts.trains


class _Readers:
    """To whom lines are open, of all whom the noes concern: they have refused every control."""

    def __init__(self, facts: Facts, noes: Sequence[No], doors: Sequence[Door]) -> None:
        self.facts, self.noes = facts, noes
        self.space = self._space(doors)
        self.masks: dict[str, list[int]] = {}

    def of(self, beside: Iterable[No], door: Door, index: int) -> str | None:
        """The readers of a line beside these noes: "" for all, None for nobody."""
        space = self.space or self._space([door])
        if space is None:  # too many combinations to compare: whom the line itself names
            return next((r.who for r in self.facts.rows(door) if r.index == index), None)
        base = space.mask_of([self._refused(space)])
        line = self._rows(space, door)[index] & base
        open_to = 0
        for no in beside:
            open_to |= self._concerned(space, no) & line
        if not open_to:
            return None
        concerned = 0
        for no in self.noes:
            concerned |= self._concerned(space, no)
        return "" if open_to == concerned & base else self._words(space, open_to)

    def _space(self, doors: Sequence[Door]) -> Space | None:
        tables = {door.key: door.lines for door in (*(no.door for no in self.noes), *doors)}
        return self.facts.space(line for lines in tables.values() for line in lines)

    def _refused(self, space: Space) -> Scope:
        """The scope of refusal, on those controls that any line depends on."""
        controls = {no.control for no in self.noes if CHOICE + no.control in space.axes}
        return Scope.model_validate({"choice": dict.fromkeys(sorted(controls), "refused")})

    def _rows(self, space: Space, door: Door) -> list[int]:
        if space is not self.space:
            return space.rows(door.lines)
        if door.key not in self.masks:
            self.masks[door.key] = space.rows(door.lines)
        return self.masks[door.key]

    def _concerned(self, space: Space, no: No) -> int:
        return space.possible if no.line < 0 else self._rows(space, no.door)[no.line]

    def _words(self, space: Space, mask: int) -> str:
        """The readers, without the refusal itself: the "no" has said it already."""
        choice = {CHOICE + no.control for no in self.noes}
        whole = 0
        for box in space.boxes(mask):
            whole |= space.box_mask({a: v for a, v in box.items() if a not in choice})
        return space.words(whole)
