"""The pipeline as a graph over (node, field), with what each step does to each edge.

An edge is `sure` when the data certainly passes, and doubtful when only an unread setting or an
opaque step could let it pass. A protection belongs to an edge, never to a step: a copy made
earlier is still raw.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ..pipeline.graph import Pipeline, Step
from .bits import Graph, Order, order
from .lineage import Input, Trace
from .settle import Bound, settle
from .works import CAN_FAIL, may_be_off, passes, switched_off

Vertex = tuple[str, str]


@dataclass(slots=True, eq=False, repr=False)
class Flow:
    """Vertices are (node, field); `acting` are the edges on which a step does its work, `bypass`
    those by which a failing step lets its input through, `doubtful` those that may not exist.

    traces hold whatever the unread settings are, hopes at their most favourable. blocked are
    (vertex, step) where a step lets a field end.
    """

    pipeline: Pipeline
    graph: Graph = field(default_factory=Graph)
    fields: dict[str, frozenset[str]] = field(default_factory=dict)
    traces: dict[str, Trace] = field(default_factory=dict)
    hopes: dict[str, Trace] = field(default_factory=dict)
    index: dict[Vertex, int] = field(default_factory=dict)
    vertices: list[Vertex] = field(default_factory=list)
    owner: list[str] = field(default_factory=list)  # edge -> step id
    acting: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    bypass: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    doubtful: list[int] = field(default_factory=list)
    blocked: list[tuple[int, str]] = field(default_factory=list)
    readers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    writers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    held: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    walks: dict[bool, Order] = field(default_factory=dict)

    def vertex(self, node: str, name: str) -> int:
        key = (node, name)
        if key not in self.index:
            self.index[key] = self.graph.vertex()
            self.vertices.append(key)
            self.held[node].append(self.index[key])
        return self.index[key]

    def at(self, node: str) -> list[int]:
        """The vertices of a node."""
        return self.held.get(node, [])

    def walk(self, *, backward: bool = False) -> Order:
        """The order of the vertices, once all edges are there."""
        if backward not in self.walks:
            self.walks[backward] = order(self.graph, backward=backward)
        return self.walks[backward]

    def edge(self, tail: Vertex, head: Vertex, step: str) -> int:
        self.owner.append(step)
        return self.graph.edge(self.vertex(*tail), self.vertex(*head))

    def inputs(self, step: Step, *, hopeful: bool = False) -> list[Input]:
        """The traces and fields of what a step reads."""
        traces = self.hopes if hopeful else self.traces
        return [(traces[name], self.fields[name]) for name in step.inputs if name in self.fields]

    def own_rows(self, node: str) -> bool:
        """Whether a dataset has rows that no step of the pipeline has written."""
        return self.pipeline.datasets[node].role == "source" or not self.writers[node]


def build(pipeline: Pipeline, known: dict[str, set[str]], tracked: Bound) -> Flow:
    """The flow graph, whole: see `settled` and `connected`."""
    return connected(settled(pipeline, known, tracked))


def settled(pipeline: Pipeline, known: dict[str, set[str]], tracked: Bound) -> Flow:
    """What is known of each node, without edges. `known` are fields that bindings name, by dataset;
    `tracked` says per dataset which bound things (the person key, flags, axis fields) its fields
    are."""
    flow = Flow(pipeline)
    for tail, head in connections(pipeline):
        flow.readers[tail].append(head)
        flow.writers[head].append(tail)
    settle(flow, known, tracked)
    return flow


def connected(flow: Flow) -> Flow:
    """The flow, with the vertices and edges of its pipeline."""
    for node, names in flow.fields.items():
        for name in sorted(names):
            flow.vertex(node, name)
    for step in flow.pipeline.steps.values():
        _connect(flow, step)
    return flow


def connections(pipeline: Pipeline) -> list[tuple[str, str]]:
    """Every (from, to) between nodes that exist."""
    known = {*pipeline.datasets, *pipeline.steps}
    pairs = []
    for step in pipeline.steps.values():
        pairs += [(name, step.id) for name in step.inputs if name in known]
        pairs += [(step.id, name) for name in step.outputs if name in known]
        if step.on_error and step.on_error.to in known and not switched_off(step):
            assert step.on_error.to is not None
            pairs += [(name, step.on_error.to) for name in step.inputs if name in known]
    return list(dict.fromkeys(pairs))


def _connect(flow: Flow, step: Step) -> None:
    opaque = step.opaque and not switched_off(step)
    for source in step.inputs:
        for name in sorted(flow.fields.get(source, ())):
            tail = (source, name)
            if opaque:
                _connect_opaque(flow, step, tail)
            else:
                _connect_known(flow, step, tail)
            _connect_errors(flow, step, tail)
    if opaque:
        for name in sorted(flow.fields[step.id]):
            flow.edge((step.id, "*"), (step.id, name), step.id)
    for output in step.outputs:
        for name in sorted(flow.fields[step.id]):
            flow.edge((step.id, name), (output, name), step.id)


def _connect_known(flow: Flow, step: Step, tail: Vertex) -> None:
    sure_somewhere = False
    for head, sure in passes(step, tail[1], flow.fields[tail[0]]).items():
        edge = flow.edge(tail, (step.id, head), step.id)
        flow.acting[step.id].append(edge)
        sure_somewhere = sure_somewhere or sure
        if not sure:
            flow.doubtful.append(edge)
    if not sure_somewhere:
        flow.blocked.append((flow.index[tail], step.id))


def _connect_opaque(flow: Flow, step: Step, tail: Vertex) -> None:
    """Any input field may reach any output field: all meet in one vertex."""
    edge = flow.edge(tail, (step.id, "*"), step.id)
    flow.acting[step.id].append(edge)
    flow.doubtful.append(edge)
    flow.blocked.append((flow.index[tail], step.id))
    if step.partial is not None or may_be_off(step):
        untouched = flow.edge(tail, (step.id, tail[1]), step.id)
        if step.partial is None:
            flow.doubtful.append(untouched)


def _connect_errors(flow: Flow, step: Step, tail: Vertex) -> None:
    """An error edge is an edge: what the step fails on goes on as it came."""
    if switched_off(step):
        return
    if step.on_error is None:
        if step.op in CAN_FAIL:  # nothing says what becomes of a row that it fails on
            flow.doubtful.append(_bypass(flow, step, tail, step.id))
        return
    if step.on_error.does.value in ("fail", "drop"):
        return
    edge = _bypass(flow, step, tail, step.on_error.to or step.id)
    if not step.on_error.does.known or (step.on_error.to and may_be_off(step)):
        flow.doubtful.append(edge)


def _bypass(flow: Flow, step: Step, tail: Vertex, head: str) -> int:
    edge = flow.edge(tail, (head, tail[1]), step.id)
    flow.bypass[step.id].append(edge)
    return edge
