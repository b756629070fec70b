"""Fields and traces of every node: what the lineage of `lineage.py` comes to over a whole pipeline,
cycles through datasets included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from ..pipeline.graph import Pipeline, Step
from .bits import knots
from .lineage import Input, Trace, after, both, merged, row_level
from .works import ANY, errors_pass, may_be_off, switched_off, worked_fields

if TYPE_CHECKING:
    from .flow import Flow

MOST_CHOICES = 10_000_000  # of fields by rules
Bound = dict[str, dict[str, set[str]]]  # dataset -> bound thing -> its fields


def settle(flow: Flow, known: dict[str, set[str]], tracked: Bound) -> None:
    """Fills fields, traces and hopes; a cycle repeats until nothing moves."""
    named = _named(flow.pipeline)
    _choose(flow.pipeline, named, known)
    rounds = in_order(flow)

    def fields(node: str) -> bool:
        fresh = _fields(flow, node, known, named)
        moved = flow.fields.get(node) != fresh
        flow.fields[node] = fresh
        return moved

    run(rounds, fields)
    counts: dict[str, int] = defaultdict(int)
    for things in tracked.values():
        for thing in things:
            counts[thing] += 1
    alone = frozenset(thing for thing, count in counts.items() if count == 1)
    for hopeful, traces in ((False, flow.traces), (True, flow.hopes)):
        if hopeful and not _doubts(flow, counts):
            flow.hopes = flow.traces
            return
        run(rounds, _Tracer(flow, traces, known, tracked, alone, hopeful).visit)
        for node in flow.fields:  # what only comes round and never starts
            traces.setdefault(node, Trace())


def _doubts(flow: Flow, things: Iterable[str]) -> bool:
    """Whether anything is unread that lineage depends on."""
    return (
        any(row_level(t) != row_level(t, hopeful=True) for t in things)
        or any(ANY in fields for fields in flow.fields.values())
        or any(
            may_be_off(step) or errors_pass(step) is None or step.join_kind == "unknown"
            for step in flow.pipeline.steps.values()
        )
    )


def in_order(flow: Flow) -> list[list[str]]:
    """Groups of nodes, writers before what they write; a group of several is a cycle."""
    names = flow.pipeline.names()
    number = {name: place for place, name in enumerate(names)}
    leaving = [[number[head] for head in flow.readers[name]] for name in names]
    return [[names[n] for n in group] for group in knots(leaving, list(range(len(names))))]


def run(rounds: list[list[str]], visit: Callable[[str], bool]) -> None:
    """Visits every node in order, those of a cycle until none says that it moved."""
    for group in rounds:
        if len(group) == 1:
            visit(group[0])
            continue
        while sum(visit(node) for node in group):
            pass


def _named(pipeline: Pipeline) -> frozenset[str]:
    """Every field that some step names, and so treats apart."""
    found: set[str] = set()
    for step in pipeline.steps.values():
        found.update(step.fields, step.group_by, step.writes or (), *(step.writes or {}).values())
    return frozenset(found - {"*"})


def _choose(pipeline: Pipeline, named: frozenset[str], known: dict[str, set[str]]) -> None:
    """Steps that act on fields by a rule are told every name that matters to anybody. Of those that
    would take minutes nobody knows what they do."""
    choosing = [step for step in pipeline.steps.values() if step.chooses]
    if not choosing:
        return
    listed = (dataset.fields or () for dataset in pipeline.datasets.values())
    every = sorted(named.union(*known.values(), *listed))
    for number, step in enumerate(choosing):
        assert step.chooses is not None
        if number * len(every) > MOST_CHOICES:
            step.op, step.writes, step.fields, step.chooses = "map", None, (), None
            step.fact = step.fact._replace(grade="unknown")
            continue
        chosen = [name for name in every if step.chooses(name)]
        step.fields = tuple(dict.fromkeys((*step.fields, *chosen)))


def _fields(
    flow: Flow, node: str, known: dict[str, set[str]], named: frozenset[str]
) -> frozenset[str]:
    step = flow.pipeline.steps.get(node)
    before = step.inputs if step else flow.writers[node]
    incoming = frozenset[str]().union(*(flow.fields.get(i, frozenset()) for i in before))
    if step is None:
        if flow.own_rows(node):
            return incoming | _own_fields(flow, node, known)
        listed = flow.pipeline.datasets[node].fields
        return incoming.union(listed or (), known.get(node, ()))
    if switched_off(step):
        return incoming
    fresh = worked_fields(step, incoming, named)
    if may_be_off(step) or step.partial is not None or errors_pass(step) is not False:
        fresh |= incoming
    return fresh


class _Tracer(NamedTuple):
    """Computes one trace of each node, sure or hopeful, from those before it."""

    flow: Flow
    traces: dict[str, Trace]
    known: dict[str, set[str]]
    tracked: Bound
    alone: frozenset[str]  # what is bound in one dataset only
    hopeful: bool

    def visit(self, node: str) -> bool:
        """In a cycle what comes round is not known at first; it can only take away."""
        step = self.flow.pipeline.steps.get(node)
        names = list(step.inputs) if step else self.flow.writers[node]
        inputs = [(self.traces[n], self.flow.fields[n]) for n in names if n in self.traces]
        known_of = sum(n in self.flow.fields for n in names)
        waits = len(inputs) < (known_of if step and step.op == "join" else min(known_of, 1))
        if waits and not self._starts(node):
            return False
        fresh = self._step(step, inputs) if step else self._dataset(node, inputs)
        fresh = fresh.within(self.flow.fields[node])
        known = self.traces.get(node)
        self.traces[node] = fresh if known is None else both(known, fresh)
        return self.traces[node] != known

    def _starts(self, node: str) -> bool:
        return node in self.flow.pipeline.datasets and self.flow.own_rows(node)

    def _step(self, step: Step, inputs: list[Input]) -> Trace:
        incoming = frozenset[str]().union(*(fields for _, fields in inputs))
        worked = worked_fields(step, incoming, frozenset())
        return after(step, inputs, worked, hopeful=self.hopeful)

    def _dataset(self, node: str, incoming: list[Input]) -> Trace:
        """A binding is believed where it says what a written dataset holds; a source that steps
        write to as well holds both kinds of rows."""
        bound = {thing: frozenset(names) for thing, names in self.tracked.get(node, {}).items()}
        if self.flow.own_rows(node):
            fields = _own_fields(self.flow, node, self.known)
            complete = frozenset(bound) & self.alone
            own = Trace(bound, fields, complete=complete, bound=frozenset(bound))
            return merged([(own, fields), *incoming], hopeful=self.hopeful)
        trace = merged(incoming, hopeful=self.hopeful)
        whole = {n: trace.whole(n) | bound.get(n, frozenset()) for n in {*trace.tracked, *bound}}
        return trace._replace(tracked=whole, bound=trace.bound | frozenset(bound))


def _own_fields(flow: Flow, node: str, known: dict[str, set[str]]) -> frozenset[str]:
    """The fields of the rows that no step has written."""
    listed = flow.pipeline.datasets[node].fields
    named = frozenset(known.get(node, ()))
    return named | (frozenset({ANY}) if listed is None else frozenset(listed))
