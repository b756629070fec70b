"""Guards: which filters keep out the rows of people who refused, or whom a scope leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ..pipeline.graph import Step
from ..pipeline.predicate import (
    MISSING,
    Other,
    Predicate,
    Unreadable,
    can_pass,
    fields_of,
    parts_of,
)
from .flow import Flow
from .lineage import Trace, beside, flag_name
from .works import switched_off

OBSERVED = ("observed", "default")


class Guard(NamedTuple):
    """Rows whose `tracked` fields have all these `values` must not pass; a filter that decides on
    any of the fields may stop them. Doubtful: whether anybody is behind such a row is unknown."""

    tracked: tuple[str, ...]
    values: tuple[Any, ...]
    doubtful: bool = False


class Cut(NamedTuple):
    """How far a step cuts: surely, only if what is unread is favourable, and by what grade."""

    sure: bool
    maybe: bool
    hard: bool


NO_CUT = Cut(False, False, False)
View = dict[str, tuple[tuple[str, bool], ...]]  # bound thing -> its fields, and which are loose


def certainty(step: Step, sure: bool, maybe: bool, grades: Iterable[str] = ()) -> Cut:
    """A cut, weakened by what is known of whether the step runs at all, and on which rows."""
    if step.partial is not None or switched_off(step):
        return NO_CUT
    if step.runs is not None and not step.runs.known:
        return Cut(False, sure or maybe, False)
    known = [step.fact.grade, *grades, *([step.runs.fact.grade] if step.runs else [])]
    return Cut(sure, sure or maybe, sure and all(g in OBSERVED for g in known))


def filters(guard: Guard, step: Step, node: str, flow: Flow) -> Cut:
    """Whether a filter step keeps out the guarded rows that come from one of its inputs."""
    if step.op != "filter" or step.where is None or node not in flow.fields:
        return NO_CUT
    named = named_fields(step.where)
    return decides(guard, step, *views_of(flow, step, node, named))


def decides(guard: Guard, step: Step, sure: View, hope: View) -> Cut:
    """Whether a filter that sees these tracked fields keeps the guarded rows out."""
    assert step.where is not None
    certain = _blocks(guard, step.where, sure, doubt_blocks=False)
    perhaps = certain or _blocks(guard, step.where, hope, doubt_blocks=True)
    return certainty(step, certain, perhaps)


def named_fields(where: Predicate) -> frozenset[str] | None:
    """The fields that a condition decides on; None if nobody knows."""
    if any(isinstance(part, Unreadable) and not part.fields for part in parts_of(where)):
        return None
    return frozenset(fields_of(where))


def views_of(flow: Flow, step: Step, node: str, named: frozenset[str] | None) -> tuple[View, View]:
    """What a filter sees of the rows of one input: surely, and at best."""
    found = []
    for traces in (flow.traces, flow.hopes):
        others = [traces[other] for other in step.inputs if other in traces and other != node]
        found.append(_view(beside(traces[node], flow.fields[node], others), named))
    return found[0], found[1]


def _view(trace: Trace, named: frozenset[str] | None) -> View:
    """The whole fields of a trace among those named."""
    found = {}
    for tracked, fields in trace.tracked.items():
        seen = fields if named is None else fields & named
        if seen:
            found[tracked] = tuple((name, name in trace.loose) for name in sorted(seen))
    return found


def _blocks(guard: Guard, where: Predicate, seen: View, *, doubt_blocks: bool) -> bool:
    """Whether no row with the guarded values can pass; a loose field may also be missing."""
    rows: list[dict[str, Any]] = [{}]
    for tracked, value in zip(guard.tracked, guard.values, strict=True):
        for name, loose in seen.get(tracked, ()):
            values = (value, MISSING) if loose and value is not MISSING else (value,)
            rows = [{**row, name: v} for row in rows for v in values]
    return rows != [{}] and not any(can_pass(where, row, doubt_blocks=doubt_blocks) for row in rows)


def raw_values(written: Iterable[Any], listed: Iterable[Any]) -> tuple[Any, ...]:
    """The raw values of an axis value; `*` stands for all that no other value lists."""
    values = list(written)
    if "*" in values:
        others = frozenset(v for v in listed if v != "*")
        return (*(v for v in values if v != "*"), Other(others))
    return tuple(values)


def refusals(
    control: str, refused: Iterable[Any], missing: str, read: str | None, within: Guard | None
) -> list[Guard]:
    """The guards that keep out everybody who has refused a control, within a cell of a scope."""
    values = [*refused, *([MISSING] if missing == "refused" else [])]
    cell = within or Guard((), ())
    tracked = (flag_name(control, read), *cell.tracked)
    return [Guard(tracked, (value, *cell.values), cell.doubtful) for value in values]
