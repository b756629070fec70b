"""Branches: the datasets and steps that, by a binding's word, hold only an event's records."""

from __future__ import annotations

from typing import NamedTuple

from .flow import Flow
from .guards import certainty

SURE, MAYBE, BITS = 0b001, 0b010, 3  # of the three bits of a branch: never the observed one


class Branch(NamedTuple):
    """Rows that neither start in any of these nodes nor pass one must not arrive."""

    nodes: tuple[str, ...]


def cuts(flow: Flow, branches: dict[Branch, int]) -> dict[int, int]:
    """Edge -> bits cut: where a step does its work, and all that leaves a dataset. What a step
    fails on, or lets pass unworked, it does not mark."""
    of_dataset: dict[str, int] = {}
    found: dict[int, int] = {}
    for branch, number in branches.items():
        for node in branch.nodes:
            step = flow.pipeline.steps.get(node)
            if step is None:
                bits = (SURE | MAYBE) << BITS * number
                of_dataset[node] = of_dataset.get(node, 0) | bits
                continue
            cut = certainty(step, sure=True, maybe=True)
            bits = (cut.sure * SURE | cut.maybe * MAYBE) << BITS * number
            for edge in flow.acting[node] if bits else ():
                found[edge] = found.get(edge, 0) | bits
    for edge, tail in enumerate(flow.graph.tails if of_dataset else ()):
        if bits := of_dataset.get(flow.vertices[tail][0], 0):
            found[edge] = found.get(edge, 0) | bits
    return found
