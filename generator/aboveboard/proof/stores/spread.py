"""How far data spreads, and how faults of what it reaches become a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple

from ...pipeline.graph import Fact, Grade, worst_grade
from ...policy.choices import Retention
from ...policy.model import Policy
from ..bits import order, propagate
from ..ends import Ends
from ..flow import Flow
from ..guards import OBSERVED
from ..model import Claim, Hop, Judged, Verdict, weakest
from ..works import switched_off


class Fault(NamedTuple):
    """One reason why a claim does not hold, or rests on less than an observed fact."""

    verdict: Verdict
    why: str
    fact: Fact | None


class Found(NamedTuple):
    """What claims about where data ends up are judged by."""

    policy: Policy
    ends: Ends
    flow: Flow
    spread: Spread
    on: date | None  # what holds on this day is compared
    rows: Mapping[str, list[Retention]]  # of the retention table, by copy


class Spread:
    """How far each data category surely or possibly reaches, or, with `derived`, until it has
    become other data: at a field that is bound to what is derived from it."""

    def __init__(
        self, ends: Ends, flow: Flow, derived: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        self.flow = flow
        self.numbers = {name: number for number, name in enumerate(ends.sources)}
        seeds: dict[int, int] = {}
        for name, number in self.numbers.items():
            for place in ends.sources[name]:
                if place in flow.index:
                    vertex = flow.index[place]
                    seeds[vertex] = seeds.get(vertex, 0) | 3 << (2 * number)
        doubt = sum(2 << (2 * number) for number in self.numbers.values())
        cuts = dict.fromkeys(flow.doubtful, doubt)
        made = self._made(derived or {}, ends)
        for edge, head in enumerate(flow.graph.heads if made else ()):
            if head in made:
                cuts[edge] = cuts.get(edge, 0) | made[head]
        self.state = propagate(flow.graph, order(flow.graph), seeds, cuts)
        self.known: dict[str, int] = {}
        self._told: dict[str, Fact] | None = None

    def _made(self, derived: Mapping[str, Iterable[str]], ends: Ends) -> dict[int, int]:
        """Per field that holds derived data, what it was made from."""
        found: dict[int, int] = {}
        for name, sources in derived.items():
            origins = sum(3 << (2 * self.numbers[o]) for o in {*sources} & self.numbers.keys())
            for place in ends.sources.get(name, ()) if origins else ():
                if place in self.flow.index:
                    vertex = self.flow.index[place]
                    found[vertex] = found.get(vertex, 0) | origins
        return found

    def at(self, data: str, node: str, *, surely: bool = False) -> bool:
        """Whether data reaches a node: possibly, or surely."""
        if data not in self.numbers:
            return False
        return bool(self._bits(node) >> (2 * self.numbers[data]) & (2 if surely else 1))

    def _bits(self, node: str) -> int:
        if node not in self.known:
            self.known[node] = 0
            for vertex in self.flow.at(node):
                self.known[node] |= self.state[vertex]
        return self.known[node]

    def told(self, data: str) -> list[Fact]:
        """The first step that reads this data and of which only our own description is known."""
        if self._told is None:
            self._told = {}
            left = sum(1 << (2 * number) for number in self.numbers.values())
            for step in self.flow.pipeline.steps.values():
                if not left:
                    break
                if step.grade in OBSERVED or switched_off(step):
                    continue
                bits = left & reduce(or_, map(self._bits, step.inputs), 0)
                left &= ~bits
                for name, number in self.numbers.items() if bits else ():
                    if bits >> (2 * number) & 1:
                        self._told[name] = step.fact
        return [self._told[data]] if data in self._told else []


def verdict(claim: Claim, faults: list[Fault], evidence: list[Fact]) -> Judged:
    """The worst fault decides; without one, the weakest fact."""
    unique = tuple(dict.fromkeys(evidence))
    if not unique and not faults:
        return Judged(claim, "unknown", "unknown", "nothing that was read decides it")
    grade: Grade = worst_grade(fact.grade for fact in unique)
    if not faults:
        holds: Verdict = "proved" if grade in OBSERVED else "declared"
        return Judged(claim, holds, grade, evidence=unique[:12])
    worst = weakest(fault.verdict for fault in faults)
    chosen = [fault for fault in faults if fault.verdict == worst]
    why = "; ".join(dict.fromkeys(fault.why for fault in chosen))
    culprit = chosen[0].fact
    hops = (Hop(culprit.text, "dataset", culprit.location),) if culprit else ()
    return Judged(claim, worst, grade, why, unique[:12], hops, culprit)
