"""How far data spreads, and how faults of what it reaches become a verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from ...pipeline.graph import Dataset, Fact, Grade, Pipeline, worst_grade
from ...policy.choices import Retention
from ...policy.model import Policy
from ..bits import propagate
from ..ends import Ends, Place
from ..flow import Flow
from ..guards import OBSERVED
from ..model import Cause, Claim, Hop, Judged, Verdict, weakest
from ..works import switched_off


class Fault(NamedTuple):
    """One reason why a claim does not hold, or rests on less than an observed fact."""

    verdict: Verdict
    why: str
    fact: Fact | None
    cause: Cause = Cause("other")


class Found(NamedTuple):
    """What claims about where data ends up are judged by."""

    policy: Policy
    ends: Ends
    flow: Flow
    split: list[Flow]  # its parts
    spread: Spread
    on: date | None  # what holds on this day is compared
    rows: Mapping[str, list[Retention]]  # of the retention table, by copy


class Spread:
    """How far each data category reaches: `reach` has the nodes, and whether it surely does. With
    `derived` it reaches until it has become other data: a field that is bound to what is derived
    from it."""

    def __init__(
        self,
        ends: Ends,
        pipeline: Pipeline,
        split: list[Flow],
        derived: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self.pipeline = pipeline
        self.reach: dict[str, dict[str, bool]] = {data: {} for data in ends.sources}
        lies: dict[Place, list[str]] = defaultdict(list)
        made: dict[Place, set[str]] = defaultdict(set)
        for data, places in ends.sources.items():
            for place in dict.fromkeys(places):
                lies[place].append(data)
                made[place].update((derived or {}).get(data, ()))
        for flow in split:
            at = {flow.index[p]: lies[p] for p in flow.vertices if p in lies}
            self._spread(flow, at, {v: made[flow.vertices[v]] for v in at})

    def _spread(self, flow: Flow, lies: dict[int, list[str]], made: dict[int, set[str]]) -> None:
        """Two bits a category that lies in this part: whether it comes at all, and surely. What a
        field was `made` from does not come through it."""
        names = list(dict.fromkeys(data for some in lies.values() for data in some))
        number = {data: n for n, data in enumerate(names)}
        seeds = {at: sum(3 << 2 * number[data] for data in some) for at, some in lies.items()}
        doubt = sum(2 << 2 * n for n in range(len(names)))
        ends = {v: sum(3 << 2 * number[o] for o in of & number.keys()) for v, of in made.items()}
        cuts = dict.fromkeys(flow.doubtful, doubt)
        for edge, head in enumerate(flow.graph.heads if any(ends.values()) else ()):
            if ends.get(head):
                cuts[edge] = cuts.get(edge, 0) | ends[head]
        state = propagate(flow.graph, flow.walk(), seeds, cuts)
        for node, vertices in flow.held.items():
            bits = 0
            for vertex in vertices:
                bits |= state[vertex]
            for n in pairs(bits):
                self.reach[names[n]][node] = bool(bits >> 2 * n & 2)

    def at(self, data: str, node: str, *, surely: bool = False) -> bool:
        """Whether data reaches a node: possibly, or surely."""
        sure = self.reach.get(data, {}).get(node)
        return sure is not None and (sure or not surely)

    def told(self, data: str) -> list[Fact]:
        """A step that reads this data and of which only our own description is known: the one
        whose id comes first, in whatever order they are written."""
        first = [self._first[node] for node in self.reach.get(data, ()) if node in self._first]
        return [min(first)[1]] if first else []

    @cached_property
    def _first(self) -> dict[str, tuple[str, Fact]]:
        """Node -> id and fact of the first such step that reads it."""
        found: dict[str, tuple[str, Fact]] = {}
        for id_, step in sorted(self.pipeline.steps.items()):
            if step.grade not in OBSERVED and not switched_off(step):
                for node in step.inputs:
                    found.setdefault(node, (id_, step.fact))
        return found


def unsure(datasets: Iterable[Dataset]) -> Iterator[Fault]:
    """Datasets of which nobody can tell if they are as they are described, as by a run long ago."""
    for dataset in datasets:
        if dataset.fact.grade == "unknown":
            why = f"nobody can tell if it is so: {dataset.fact.text}"
            yield Fault("unknown", why, dataset.fact, Cause("unsure", dataset.id))


def pairs(bits: int) -> Iterator[int]:
    """The numbers of which either of two bits is set."""
    while bits:
        number = ((bits & -bits).bit_length() - 1) // 2
        yield number
        bits &= ~(3 << 2 * number)


def verdict(claim: Claim, faults: list[Fault], evidence: list[Fact]) -> Judged:
    """The worst fault decides; without one, the weakest fact."""
    unique = tuple(dict.fromkeys(evidence))
    if not unique and not faults:
        return Judged(claim, "unknown", "unknown", "nothing that was read decides it")
    grade: Grade = worst_grade(fact.grade for fact in unique)
    if not faults:
        holds: Verdict = "proved" if grade in OBSERVED else "declared"
        return Judged(claim, holds, grade, evidence=unique)
    worst = weakest(fault.verdict for fault in faults)
    chosen = [fault for fault in faults if fault.verdict == worst]
    why = "; ".join(dict.fromkeys(fault.why for fault in chosen))
    culprit = chosen[0].fact
    hops = (Hop(culprit.text, "dataset", culprit.location),) if culprit else ()
    causes = tuple(dict.fromkeys(fault.cause for fault in chosen))
    return Judged(claim, worst, grade, why, unique, hops, culprit, causes=causes)
