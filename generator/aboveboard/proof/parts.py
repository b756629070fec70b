"""A flow in parts that share no edge. A claim needs a bit only in its own part, so a service of
many pipelines costs the sum of what they cost, and not their number squared.
"""

from __future__ import annotations

from ..pipeline.graph import Pipeline
from .flow import Flow, connected

# Parts with fewer fields share one: they cost less together than by themselves.
ENOUGH = 400


def parts(flow: Flow) -> list[Flow]:
    """The parts of a settled flow, each with its own edges; a small flow is one part."""
    batch = _batches(flow)
    if len(set(batch.values())) < 2:
        return [connected(flow)]
    found = [_empty(flow) for _ in range(max(batch.values()) + 1)]
    for id_, dataset in flow.pipeline.datasets.items():
        found[batch[id_]].pipeline.datasets[id_] = dataset
    for id_, step in flow.pipeline.steps.items():
        found[batch[id_]].pipeline.steps[id_] = step
    for node, fields in flow.fields.items():
        found[batch[node]].fields[node] = fields
    return [connected(part) for part in found]


def _empty(flow: Flow) -> Flow:
    """A flow of no nodes that knows what the whole one knows of each."""
    return Flow(
        Pipeline(),
        traces=flow.traces,
        hopes=flow.hopes,
        readers=flow.readers,
        writers=flow.writers,
    )


def _batches(flow: Flow) -> dict[str, int]:
    """Node -> number of its part; what any step connects has the same."""
    found: dict[str, int] = {}
    number = size = 0
    for start in flow.pipeline.names():
        if start in found:
            continue
        if size >= ENOUGH:
            number, size = number + 1, 0
        found[start] = number
        waiting = [start]
        while waiting:
            node = waiting.pop()
            size += 1 + len(flow.fields.get(node, ()))
            for near in (*flow.readers.get(node, ()), *flow.writers.get(node, ())):
                if near not in found:
                    found[near] = number
                    waiting.append(near)
    return found
