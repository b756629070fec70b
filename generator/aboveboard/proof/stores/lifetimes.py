"""Which of a store's lifetimes hold for the people that a row of the policy's table is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...pipeline.graph import Dataset, Lifetime
from ...pipeline.predicate import MISSING, Is, Not, Other, Predicate, can_pass, parts_of
from ...policy.axes import CHOICE
from ...policy.bindings import Flag
from ...policy.cells import Space, TooManyCells
from ...policy.choices import Retention
from ..guards import raw_values
from ..lineage import flag_name
from .spread import Found

Row = dict[str, Any]  # the values of a person's flags and axis fields, by field
People = list[tuple[Row, bool]]  # and whether anybody surely is like that


def applying(found: Found, row: Retention, dataset: Dataset) -> list[tuple[Lifetime, bool]]:
    """The lifetimes that may hold, and whether they do for all that can be read."""
    sure: dict[int, bool] = {}
    for person, certain in _people(found, row, dataset):
        for number, lifetime in enumerate(dataset.lifetimes):
            held = _holds(lifetime, person, dataset.lifetimes)
            if held is not None:
                sure[number] = sure.get(number, False) or (held and certain)
    return [(dataset.lifetimes[number], certain) for number, certain in sorted(sure.items())]


def gap(found: Found, row: Retention, dataset: Dataset) -> bool:
    """Whether nothing says how long the rows of some of these people are kept."""
    if any(lifetime.where is None for lifetime in dataset.lifetimes):
        return False
    others = [Not(x.where) for x in dataset.lifetimes if x.where is not None]
    return any(
        all(can_pass(other, person, doubt_blocks=False) for other in others)
        for person, _ in _people(found, row, dataset)
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


def _people(found: Found, row: Retention, dataset: Dataset) -> People:
    """What a row of the dataset can say of somebody whom the row of the table is about: one
    combination of values a line, for each box of cells."""
    trace = found.flow.traces[dataset.id]
    people: People = []
    marks = _marks(found, row, dataset)
    for box in _boxes(found, row):
        inside: People = [(mark, True) for mark in marks]
        for axis, chosen in box.items():
            for thing, said in _meant(found, axis, chosen, dataset):
                for name in sorted(trace.whole(thing)):
                    values = [*said(name), *([MISSING] if name in trace.loose else [])]
                    open_ = () if axis.startswith(CHOICE) else (MISSING,)  # whose row is that?
                    inside = [
                        ({**person, name: value}, sure and value not in open_)
                        for person, sure in inside
                        for value in dict.fromkeys(values)
                    ]
        people += inside
    return people


def _marks(found: Found, row: Retention, dataset: Dataset) -> list[Row]:
    """What the event of a `when` row leaves on records, or for other rows that none did."""
    bindings, fields = found.policy.bindings, dataset.fields or {}
    if bindings is None:
        return [{}]
    if row.when:
        mark = bindings.events.get(row.when)
        return [{mark.field: mark.value}] if mark and mark.field in fields else [{}]
    unmarked: list[Row] = [{}]
    for other in found.rows[row.copy_]:
        mark = bindings.events.get(other.when) if other.when else None
        if mark and mark.field in fields and not {*row.data}.isdisjoint(other.data):
            other_values = Other(frozenset((mark.value,)))
            values = [not mark.value if isinstance(mark.value, bool) else other_values, MISSING]
            unmarked = [{**known, mark.field: value} for known in unmarked for value in values]
    return unmarked


def in_force(found: Found, row: Retention) -> bool:
    """Whether a row says anything of the day that is compared."""
    return not any(scope.in_force for scope in row.scope) or bool(_boxes(found, row))


def _boxes(found: Found, row: Retention) -> list[dict[str, tuple[str, ...]]]:
    """The cells of a row among the other rows of its table; `otherwise` is what they leave."""
    header, everyone = found.policy.header, [dict[str, tuple[str, ...]]()]
    if header is None or not row.scope:
        return everyone
    table = [row]
    if row.is_rest:
        table += [
            other
            for other in found.rows[row.copy_]
            if other is not row and not other.when and {*other.data} >= {*row.data}
        ]
    try:
        space = Space.for_table(
            header, [scope for other in table for scope in other.scope], on=found.on
        )
    except TooManyCells:
        return everyone
    return space.boxes(space.rows(table)[0])


def _meant(
    found: Found, axis: str, chosen: tuple[str, ...], dataset: Dataset
) -> Iterator[tuple[str, Callable[[str], list[Any]]]]:
    """What is bound to an axis or to the position of a control, with the values that mean it."""
    bindings = found.policy.bindings
    if bindings is None:
        return
    if axis.startswith(CHOICE):
        control = axis.removeprefix(CHOICE)
        if flag := bindings.flags.get(control):
            refused = "refused" in chosen
            yield flag_name(control, flag.read), lambda name: _values(flag, refused, name, dataset)
        return
    for field, raws in bindings.axes.get(axis, {}).items():
        listed = [raw for some in raws.values() for raw in some]
        meant = [raw for v in chosen if v in raws for raw in raw_values(raws[v], listed)]
        if all(value in raws for value in chosen):
            yield f"axis:{axis}:{field}", lambda _, meant=meant: [*meant, MISSING]  # type: ignore[misc]


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
