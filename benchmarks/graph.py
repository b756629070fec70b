"""All claims in one pass over a large graph, against one plain breadth-first search of it.

Both sides start from the same edge list and build their own adjacency; loading YAML is in neither.
"""

from __future__ import annotations

from collections import deque
from random import Random
from time import perf_counter

from aboveboard.findings import Location
from aboveboard.pipeline.graph import Dataset, Fact, OnError, Pipeline, Setting, Step
from aboveboard.pipeline.predicate import Is
from aboveboard.policy.choices import Step as Promise
from aboveboard.proof.bits import Graph, order, propagate
from aboveboard.proof.claims import Task
from aboveboard.proof.flow import build
from aboveboard.proof.guards import Guard
from aboveboard.proof.judge import Judge
from aboveboard.proof.model import Claim
from aboveboard.proof.protections import Demand

NODES, EDGES, CLAIMS = 100_000, 300_000, 200
LIMIT = 10.0

FULL = 150.0  # a whole pipeline also has lineage, evidence and a witness for two claims in three
Row = tuple[str, float, float, float]  # name, our seconds, theirs, the limit of the ratio


def run() -> list[Row]:
    """Each row: what is measured, our seconds, one search's seconds, how many times it may take."""
    return [bits(), bits(cyclic=True), whole()]


def bits(*, cyclic: bool = False) -> Row:
    """Order and propagation of 200 claims with three bits each, a cut on every tenth edge."""
    edges = _edges(cyclic)
    theirs = min(_timed(lambda: search(NODES, edges, [0])) for _ in range(3))
    ours = min(_timed(lambda: _propagated(edges)) for _ in range(3))
    kind = "with cycles" if cyclic else "acyclic"
    return f"{CLAIMS} claims over {NODES:,} nodes, {EDGES:,} edges, {kind}", ours, theirs, LIMIT


def whole() -> Row:
    """A whole pipeline of so many (node, field) vertices: graph, lineage, guards, verdicts."""
    pipeline = _pipeline()
    tasks = _tasks(pipeline)
    graph, starts = _graph(pipeline)
    edges = list(zip(graph.tails, graph.heads, strict=True))
    theirs = min(_timed(lambda: search(graph.count, edges, starts)) for _ in range(3))
    ours = _timed(lambda: Judge([build(pipeline, {}, _TRACKED)], tasks).results())
    name = (
        f"pipeline of {len(pipeline.steps):,} steps, {graph.count:,} fields, {len(edges):,} edges"
    )
    return name, ours, theirs, FULL


def search(count: int, edges: list[tuple[int, int]], starts: list[int]) -> int:
    """One plain breadth-first search; how many vertices it reached."""
    leaving: list[list[int]] = [[] for _ in range(count)]
    for tail, head in edges:
        leaving[tail].append(head)
    seen = bytearray(count)
    for start in starts:
        seen[start] = 1
    waiting = deque(starts)
    reached = len(starts)
    while waiting:
        for head in leaving[waiting.popleft()]:
            if not seen[head]:
                seen[head] = 1
                reached += 1
                waiting.append(head)
    return reached


def _timed(call: object) -> float:
    start = perf_counter()
    call()  # type: ignore[operator]
    return perf_counter() - start


def _edges(cyclic: bool) -> list[tuple[int, int]]:
    """A backbone, so that everything is reached, and random edges that lead forward, or a few of
    them back."""
    random = Random(1)
    edges = [(max(0, node - random.randint(1, 50)), node) for node in range(1, NODES)]
    while len(edges) < EDGES:
        tail = random.randrange(NODES - 1)
        head = min(NODES - 1, tail + random.randint(1, 1000))
        back = cyclic and random.random() < 0.01
        edges.append((head, tail) if back else (tail, head))
    return edges


def _propagated(edges: list[tuple[int, int]]) -> list[int]:
    graph = Graph(NODES, [tail for tail, _ in edges], [head for _, head in edges])
    seeds = {lane * 7: 7 << 3 * lane for lane in range(CLAIMS)}
    cuts = {edge: 5 << 3 * (edge % CLAIMS) for edge in range(0, EDGES, 10)}
    return propagate(graph, order(graph), seeds, cuts)


# -- a pipeline ------------------------------------------------------------------------------------

_HERE = Location("p.yml", 1)
_FACT = Fact("step", "observed", _HERE)
_FIELDS = ("text", "user_id", "flag", "plan", "rating")
_SOURCES = 50
_TRACKED = {
    f"source{n}": {"person": {"user_id"}, "flag:training": {"flag"}, "axis:plan:plan": {"plan"}}
    for n in range(_SOURCES)
}


def _pipeline() -> Pipeline:
    """Layers of steps over 50 sources; each reads one or two of the 60 nodes before it."""
    random = Random(2)
    pipeline = Pipeline()
    for number in range(_SOURCES):
        name = f"source{number}"
        fields = dict.fromkeys(_FIELDS, _FACT)
        pipeline.datasets[name] = Dataset(
            name, _FACT, role="source", person="user_id", fields=fields
        )
    pipeline.datasets["out"] = Dataset("out", _FACT, role="training-set")
    nodes = list(pipeline.datasets)[:-1]
    for number in range((NODES // len(_FIELDS)) - _SOURCES):
        inputs = random.sample(nodes[-60:], 2)
        step = _step(f"step{number}", random.randrange(10), tuple(inputs))
        if number % 100 == 0:
            step.outputs = ("out",)
        pipeline.steps[step.id] = step
        nodes.append(step.id)
    return pipeline


def _step(id_: str, kind: int, inputs: tuple[str, ...]) -> Step:
    step = Step(id_, "copy", _FACT, inputs)
    step.on_error = OnError(Setting("fail", _FACT))
    if kind < 2:
        step.op, step.where = "filter", Is("flag" if kind else "plan", frozenset((False, "free")))
    elif kind < 4:
        step.op, step.fields, step.entities = "redact", ("text",), {"email": _FACT}
    elif kind == 4:
        step.op, step.join_on = "join", ("user_id",)
    return step


def _graph(pipeline: Pipeline) -> tuple[Graph, list[int]]:
    """The pipeline's own graph over fields, and the fields of its sources."""
    flow = build(pipeline, {}, _TRACKED)
    return flow.graph, [n for n, (node, _) in enumerate(flow.vertices) if node in _TRACKED]


def _tasks(pipeline: Pipeline) -> list[Task]:
    """200 claims: opt-outs, exclusions, protections and exclusions of data."""
    promise = Promise.model_validate(
        {"name": "x", "technique": "redaction", "entities": ["email"], "stage": "before-training",
         "relink": "nobody", "limits": "x"}
    )  # fmt: skip
    found = []
    for number in range(CLAIMS):
        claim = Claim(f"claim{number}", "opt-out-honoured", "x", _HERE, target="out")
        seeds = ((f"source{number % _SOURCES}", "text" if number % 2 else "rating"),)
        guards: tuple[Guard, ...] = ()
        demands: tuple[Demand, ...] = ()
        if number % 4 == 0:
            guards = (Guard(("flag:training",), (True,)),)
        elif number % 4 == 1:
            guards = (Guard(("axis:plan:plan",), (f"plan{number}",)),)
        elif number % 4 == 2:
            demands = (Demand(promise),)
        found.append(Task(claim, seeds, "out", guards=guards, demands=demands))
    return found


if __name__ == "__main__":
    for name, ours, theirs, limit in run():
        ratio = f"{ours / theirs:.1f} times, limit {limit:g}"
        print(f"{name}: {ours:.3f} s against {theirs:.3f} s: {ratio}")
