"""Which of a store's lifetimes hold for the people that a row of the policy's table is about."""

from __future__ import annotations

from typing import Any

from ...pipeline.graph import Dataset, Lifetime
from ...pipeline.predicate import MISSING, Is, Not, Other, Predicate, can_pass, parts_of
from ...policy.bindings import Flag
from ...policy.choices import Retention
from ..lineage import flag_name
from .spread import Found

Row = dict[str, Any]  # the values of a person's flags, by field


def applying(found: Found, row: Retention, dataset: Dataset) -> list[tuple[Lifetime, bool]]:
    """The lifetimes that may hold, and whether they do for all that can be read."""
    sure: dict[int, bool] = {}
    for positions in [scope.choice for scope in row.scope] or [{}]:
        for person in _people(found, positions, dataset):
            for number, lifetime in enumerate(dataset.lifetimes):
                held = _holds(lifetime, person, dataset.lifetimes)
                if held is not None:
                    sure[number] = sure.get(number, False) or held
    return [(dataset.lifetimes[number], certain) for number, certain in sorted(sure.items())]


def gap(found: Found, row: Retention, dataset: Dataset) -> bool:
    """Whether nothing says how long the rows of some of these people are kept."""
    if any(lifetime.where is None for lifetime in dataset.lifetimes):
        return False
    others = [Not(x.where) for x in dataset.lifetimes if x.where is not None]
    return any(
        all(can_pass(other, person, doubt_blocks=False) for other in others)
        for positions in [scope.choice for scope in row.scope] or [{}]
        for person in _people(found, positions, dataset)
    )


def _holds(lifetime: Lifetime, person: Row, among: tuple[Lifetime, ...]) -> bool | None:
    """Whether a lifetime holds for such a person: surely, perhaps, or (None) not."""
    if lifetime.where is not None:
        if not can_pass(lifetime.where, person, doubt_blocks=False):
            return None
        return can_pass(lifetime.where, person, doubt_blocks=True)
    others = [Not(x.where) for x in among if x.where is not None]
    if all(can_pass(other, person, doubt_blocks=True) for other in others):
        return True
    return False if all(can_pass(other, person, doubt_blocks=False) for other in others) else None


def _people(found: Found, positions: dict[str, Any], dataset: Dataset) -> list[Row]:
    """One row a combination of values that the flags of people in these positions can have."""
    bindings = found.policy.bindings
    rows: list[Row] = [{}]
    for control, position in positions.items():
        flag = bindings.flags.get(control) if bindings else None
        if flag is None:
            continue
        thing = flag_name(control, flag.read)
        trace = found.flow.traces[dataset.id]
        for name in sorted(trace.whole(thing)):
            values = _values(flag, position == "refused", name, dataset)
            if name in trace.loose:
                values.append(MISSING)
            rows = [{**row, name: value} for row in rows for value in values]
    return rows


def _values(flag: Flag, refused: bool, name: str, dataset: Dataset) -> list[Any]:
    missing = [MISSING] if (flag.missing == "refused") == refused else []
    if refused:
        return [*flag.refused, *missing]
    if all(isinstance(value, bool) for value in flag.refused):
        return [*(v for v in (True, False) if v not in flag.refused), *missing]
    named = [v for life in dataset.lifetimes if life.where for v in _named(life.where, name)]
    others = Other(frozenset((*flag.refused, *named)))
    return [*(v for v in named if v not in flag.refused), others, *missing]


def _named(where: Predicate, name: str) -> list[Any]:
    """The values that a condition names for a field."""
    return [value for atom in parts_of(where) if isinstance(atom, Is) and atom.field == name
            for value in sorted(atom.values, key=repr)]  # fmt: skip
