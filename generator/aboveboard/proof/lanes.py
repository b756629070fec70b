"""All tasks over one flow graph at once, as bit sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..pipeline.graph import Fact
from . import branches, keeping, protections
from .bits import Order, Tree, propagate, tree
from .branches import Branch
from .claims import Task
from .flow import Flow
from .guards import OBSERVED, Guard
from .protections import Demand

SURE, MAYBE, HARD = 0, 1, 2  # which cuts count: certain ones, also doubtful ones, observed ones
BITS = 3
ENOUGH = 12  # facts that one claim shows

Obstacle = Guard | Demand | Branch | None


class Lanes:
    """A task has one lane a guard, demand or branch (each must hold by itself), and a lane has
    three bits: what arrives if only sure cuts count, if doubtful ones count too, if only observed
    ones count.
    """

    def __init__(self, flow: Flow, tasks: list[Task]) -> None:
        self.flow = flow
        self.walk: Order = flow.walk()
        self.lanes: list[tuple[Task, Obstacle]] = []
        self.of: dict[str, list[int]] = defaultdict(list)
        for task in tasks:
            obstacles: tuple[Obstacle, ...] = (*task.guards, *task.demands, *task.branches)
            for obstacle in obstacles or (None,):
                self.of[task.claim.id].append(len(self.lanes))
                self.lanes.append((task, obstacle))
        index = flow.index
        self.seeds = [{index[p] for p in task.seeds if p in index} for task, _ in self.lanes]
        self.targets = [set(flow.at(task.target)) for task, _ in self.lanes]
        self.cuts: dict[int, int] = self._cuts()
        self.trees: dict[object, Tree] = {}
        self.state = propagate(flow.graph, self.walk, self._start(range(BITS)), self.cuts)

    def arrives(self, lane: int, mode: int) -> bool:
        bit = 1 << (BITS * lane + mode)
        return any(self.state[vertex] & bit for vertex in self.targets[lane])

    def path(self, lane: int, mode: int) -> list[int]:
        """A shortest way by which this lane's data arrives. Lanes with the same target that are
        stopped by the same share one search."""
        task, obstacle = self.lanes[lane]
        key = task.target, obstacle, task.spare_failures, mode
        if key not in self.trees:
            bit = 1 << (BITS * lane + mode)
            self.trees[key] = tree(self.flow.graph, self.walk, self.targets[lane], bit, self.cuts)
        return self.trees[key].path(self.seeds[lane])

    def path_without_errors(self, lane: int) -> list[int]:
        """A way by which data gets around a protection even if it never fails on a row."""
        steps, demand = self.flow.pipeline.steps, self.lanes[lane][1]
        assert isinstance(demand, Demand)
        bit = 1 << (BITS * lane + SURE)
        cuts = dict(self.cuts)
        for id_, edges in self.flow.bypass.items():
            if protections.fits(demand, steps[id_]):
                for edge in edges:
                    cuts[edge] = cuts.get(edge, 0) | bit
        found = tree(self.flow.graph, self.walk, self.targets[lane], bit, cuts)
        return found.path(self.seeds[lane])

    # -- set-up ------------------------------------------------------------------------------

    def _start(self, modes: Iterable[int]) -> dict[int, int]:
        start: dict[int, int] = defaultdict(int)
        chosen = sum(1 << mode for mode in modes)
        for lane, seeds in enumerate(self.seeds):
            for vertex in seeds:
                start[vertex] |= chosen << BITS * lane
        return start

    def _cuts(self) -> dict[int, int]:
        """All cuts, moved from the number of what stops to the lanes that ask for it."""
        guards: dict[Guard, list[int]] = defaultdict(list)
        demands: dict[Demand, list[int]] = defaultdict(list)
        marks: dict[Branch, list[int]] = defaultdict(list)
        for lane, (_, obstacle) in enumerate(self.lanes):
            if isinstance(obstacle, Guard):
                guards[obstacle].append(lane)
            elif isinstance(obstacle, Demand):
                demands[obstacle].append(lane)
            elif isinstance(obstacle, Branch):
                marks[obstacle].append(lane)
        found: dict[int, int] = defaultdict(int)
        kept = keeping.cuts(self.flow, {guard: n for n, guard in enumerate(guards)})
        _spread(found, kept, list(guards.values()))
        held = branches.cuts(self.flow, {branch: n for n, branch in enumerate(marks)})
        _spread(found, held, list(marks.values()))
        numbered = {demand: n for n, demand in enumerate(demands)}
        acting, failing = protections.cuts(self.flow, numbered)
        _spread(found, acting, list(demands.values()))
        spare = [
            [x for x in lanes if self.lanes[x][0].spare_failures] for lanes in demands.values()
        ]
        _spread(found, failing, spare)
        doubt = sum(1 << (BITS * lane + MAYBE) for lane in range(len(self.lanes)))
        for edge in self.flow.doubtful:
            found[edge] |= doubt
        return dict(found)

    # -- what verdicts rest on -----------------------------------------------------------------

    def weak(self) -> int:
        """SURE bits of the lanes that rest on a step which is only described or declared."""
        graph, steps = self.flow.graph, self.flow.pipeline.steps
        reach = propagate(graph, self.walk, self._start((SURE,)), {})
        back = self._back()
        must = sum(1 << BITS * lane for lane, (task, _) in enumerate(self.lanes) if task.must)
        unread = {id_ for id_, step in steps.items() if step.grade not in OBSERVED}
        drawn = {id_ for id_ in unread if steps[id_].wiring not in OBSERVED}
        weak = 0
        for edge, owner in enumerate(self.flow.owner):
            if owner in unread:  # what it does matters where data still is
                weak |= back[graph.heads[edge]] & self.state[graph.tails[edge]]
            if owner in drawn:  # what else it may read matters wherever it stands
                weak |= back[graph.heads[edge]] & (reach[graph.tails[edge]] | ~must)
        self.leads = dict.fromkeys(steps, 0)  # the lanes to whose targets a step leads
        for id_ in steps:
            for vertex in self.flow.at(id_):
                self.leads[id_] |= back[vertex]
        for vertex, owner in self.flow.blocked:
            if owner in unread:
                weak |= self.state[vertex] & self.leads[owner]
        return weak

    def _back(self) -> list[int]:
        """Per vertex the lanes to whose targets some path leads."""
        ends: dict[int, int] = defaultdict(int)
        for lane, targets in enumerate(self.targets):
            for vertex in targets:
                ends[vertex] |= 1 << BITS * lane
        graph = self.flow.graph
        return propagate(graph, self.flow.walk(backward=True), ends, {}, backward=True)

    def frontier(self, enough: int | None = ENOUGH) -> dict[int, dict[Fact, None]]:
        """Per lane the facts of the steps that stopped its data: the first few, or all."""
        found: dict[int, dict[Fact, None]] = defaultdict(dict)
        graph, steps = self.flow.graph, self.flow.pipeline.steps
        full = 0

        def add(lane: int, fact: Fact) -> None:
            nonlocal full
            found[lane][fact] = None
            if enough is not None and len(found[lane]) >= enough:
                full |= (1 << BITS) - 1 << BITS * lane

        for edge, mask in self.cuts.items():
            step = steps[self.flow.owner[edge]]
            near = self.leads[step.id] * ((1 << BITS) - 1)  # other branches decide nothing here
            for lane in _numbers(mask & near & self.state[graph.tails[edge]] & ~full):
                obstacle = self.lanes[lane][1]
                fact = step.fact
                if isinstance(obstacle, Demand):
                    fact = protections.deciding_fact(obstacle, step)
                add(lane, fact)
        for vertex, owner in self.flow.blocked:
            for lane in _numbers(self.state[vertex] & self.leads[owner] & ~full):
                add(lane, steps[owner].fact)
        return found


def _spread(found: dict[int, int], cuts: dict[int, int], lanes: list[list[int]]) -> None:
    """Copies the three bits of number n to each lane of `lanes[n]`."""
    known: dict[int, int] = {}
    for edge, mask in cuts.items():
        if mask not in known:
            known[mask] = sum(
                (mask >> BITS * number & (1 << BITS) - 1) << BITS * lane
                for number in _numbers(mask)
                for lane in lanes[number]
            )
        found[edge] |= known[mask]


def _numbers(bits: int) -> Iterator[int]:
    """The numbers of the lanes, or obstacles, of which any bit is set."""
    while bits:
        number = ((bits & -bits).bit_length() - 1) // BITS
        yield number
        bits &= ~((1 << BITS) - 1 << BITS * number)
