"""Judges every claim: bit sets in one pass over the graph, a witness only for what fails."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from ..pipeline.graph import Fact, Grade, Pipeline, worst_grade
from ..policy.cells import Spaces
from ..policy.model import Policy
from . import reasons, stores
from .branches import Branch
from .claims import Project, Task, tasks
from .ends import resolve
from .flow import Flow, settled
from .guards import OBSERVED, Guard
from .lanes import ENOUGH, HARD, MAYBE, SURE, Lanes
from .lineage import PERSON
from .model import FAILING, Cause, Hop, Judged, Proof, Verdict, weakest
from .parts import parts


def judge(policy: Policy, pipeline: Pipeline, on: date | None = None) -> Proof:
    """Every claim that follows from what the policy says of a day, with its verdict.

    Of each claim's evidence are told the first few facts; `Proof.evidence` has all.
    """
    ends = resolve(policy, pipeline)
    flow = settled(pipeline, ends.known(), ends.tracked())
    split = parts(flow)
    spread = stores.Spread(ends, pipeline, split)
    spaces = Spaces(policy.header, on=on) if policy.header else None
    project = Project(policy, pipeline, ends, spread.at, on, spaces)
    judge = Judge(split, list(tasks(project)))
    judged, whole = judge.results(), dict[str, tuple[Fact, ...]]()
    for more in stores.judged(stores.found(policy, ends, flow, split, spread, on)):
        judged[more.claim.id] = more._replace(evidence=more.evidence[:ENOUGH])
        whole[more.claim.id] = more.evidence
    tied = {
        copy: node
        for copy, nodes in ends.copies.items()
        for node in reversed(nodes)
        if node in flow.traces and flow.traces[node].whole(PERSON)
    }
    bound = frozenset(copy for copy, nodes in ends.copies.items() if nodes)

    def evidence(id_: str) -> tuple[Fact, ...]:
        return whole[id_] if id_ in whole else judge.evidence(id_)

    return Proof(dict(sorted(judged.items())), tied, bound, evidence)


class Judge:
    """Judges each task in its part of the flow, and tells one fault once."""

    def __init__(self, split: list[Flow], tasks: list[Task]) -> None:
        self.tasks = tasks
        self.judges: dict[str, _Judge] = {}  # by claim id
        home = {node: n for n, flow in enumerate(split) for node in flow.fields}
        shared: list[list[Task]] = [[] for _ in split]
        for task in tasks:  # what has no place in the pipeline is settled, in whichever part
            shared[home.get(task.target, 0)].append(task)
        for flow, some in zip(split, shared, strict=True):
            judge = _Judge(flow, some)
            self.judges.update((task.claim.id, judge) for task in some)

    def results(self) -> dict[str, Judged]:
        """Verdicts by claim id."""
        found = {t.claim.id: self.judges[t.claim.id].judged(t) for t in self.tasks}
        for task in self.tasks:
            self._share_blame(task, found)
        return found

    def evidence(self, id_: str) -> tuple[Fact, ...]:
        """All facts that the verdict of a task rests on."""
        return self.judges[id_].evidence(id_)

    def _share_blame(self, task: Task, found: dict[str, Judged]) -> None:
        """A claim that fails only because another does is not a second fault."""
        mine = found[task.claim.id]
        if mine.verdict not in FAILING or task.settled:
            return
        real = found.get(task.depends or "")
        if real is not None and real.verdict in FAILING:
            cause: str | None = real.claim.id
            if mine.verdict != "violated":
                mine = mine._replace(verdict=real.verdict, why=real.why, causes=real.causes)
        elif task.parent:
            cause = self._cause(task, found[task.parent])
        else:
            cause = None
        found[task.claim.id] = mine._replace(caused_by=cause)
        if task.claim.kind == "fails-closed" and cause is None and task.parent:
            found[task.parent] = found[task.parent]._replace(caused_by=task.claim.id)

    def _cause(self, task: Task, parent: Judged) -> str | None:
        """A failing step that also is bypassed is the bypass's fault; a bypass by failure alone is
        the failure's."""
        if parent.verdict not in FAILING:
            return None
        if task.claim.kind != "fails-closed":
            return parent.claim.id if parent.caused_by is None else parent.caused_by
        lanes = self.judges[task.claim.id].lanes
        (lane,) = lanes.of[task.claim.id]
        return parent.claim.id if lanes.path_without_errors(lane) else None


class _Judge:
    """Turns what arrives in each lane of one part into verdicts, with their reasons."""

    def __init__(self, flow: Flow, tasks: list[Task]) -> None:
        self.flow, self.tasks = flow, {task.claim.id: task for task in tasks}
        self.lanes = Lanes(flow, tasks)
        self.weak = self.lanes.weak()
        self.frontier = self.lanes.frontier()

    @cached_property
    def _whole_frontier(self) -> dict[int, dict[Fact, None]]:
        return self.lanes.frontier(None)

    def evidence(self, id_: str) -> tuple[Fact, ...]:
        """All facts that the verdict of a task rests on."""
        return self._facts(self.tasks[id_], self._whole_frontier)

    def _facts(self, task: Task, frontier: dict[int, dict[Fact, None]]) -> tuple[Fact, ...]:
        facts: dict[Fact, None] = {}
        for lane in self.lanes.of[task.claim.id]:
            facts |= frontier.get(lane, {})
        if not facts or task.must:
            facts |= self._writers(task.target)
        return tuple(sorted(facts, key=lambda f: f.location))

    def _lane_verdict(self, lane: int) -> Verdict:
        task, obstacle = self.lanes.lanes[lane]
        weak = bool(self.weak >> (3 * lane) & 1)
        if task.must:
            if self.lanes.arrives(lane, MAYBE):
                return "declared" if weak else "proved"
            return "unknown" if self.lanes.arrives(lane, SURE) else "violated"
        if self.lanes.arrives(lane, MAYBE):
            doubtful = isinstance(obstacle, Guard) and obstacle.doubtful
            return "unknown" if doubtful else "violated"
        if self.lanes.arrives(lane, SURE):
            return "unknown"
        worded = isinstance(obstacle, Branch)
        return "declared" if weak or worded or self.lanes.arrives(lane, HARD) else "proved"

    def judged(self, task: Task) -> Judged:
        """The verdict of one task."""
        empty = self._empty(task)
        if task.settled and task.settled[0] != "violated":
            causes = (Cause("unsaid"),) if task.settled[0] == "unknown" else ()
            return Judged(task.claim, task.settled[0], "unknown", task.settled[1], causes=causes)
        if empty:
            return Judged(task.claim, "vacuous", "unknown", empty)
        if task.settled:
            return Judged(task.claim, task.settled[0], "observed", task.settled[1])
        lanes = self.lanes.of[task.claim.id]
        verdicts = {lane: self._lane_verdict(lane) for lane in lanes}
        verdict = weakest(verdicts.values())
        worst = next(lane for lane in lanes if verdicts[lane] == verdict)
        return self._explained(task, worst, verdict)

    def _empty(self, task: Task) -> str:
        if not task.seeds:
            return "" if task.settled else "nothing of the pipeline is bound to this data"
        if not self.flow.writers[task.target]:
            return f"nothing flows into '{task.target}'"
        return ""

    def _explained(self, task: Task, worst: int, verdict: Verdict) -> Judged:
        path: list[int] = []
        if task.must or verdict in FAILING:
            certain = self.lanes.arrives(worst, MAYBE)
            path = self.lanes.path(worst, MAYBE if certain else SURE)
        evidence = self._facts(task, self.frontier)[:ENOUGH]
        grade: Grade = worst_grade(f.grade for f in evidence)
        if verdict == "declared" and grade in OBSERVED:
            grade = "described"
        if verdict == "declared" and task.branches:  # a binding's word
            grade = worst_grade((grade, "declared"))
        hops = self._hops(path)
        if verdict not in FAILING:
            return Judged(task.claim, verdict, grade, "", evidence, hops)
        obstacle = self.lanes.lanes[worst][1]
        why, culprit, cause = reasons.reason(self.flow, task, obstacle, path, verdict)
        causes = (cause,) if cause else ()
        return Judged(task.claim, verdict, grade, why, evidence, hops, culprit, causes=causes)

    def _writers(self, target: str) -> dict[Fact, None]:
        steps = self.flow.pipeline.steps
        return {steps[w].fact: None for w in self.flow.writers[target] if w in steps}

    def _hops(self, path: list[int]) -> tuple[Hop, ...]:
        hops: list[Hop] = []
        pipeline = self.flow.pipeline
        for vertex in path:
            node, name = self.flow.vertices[vertex]
            if node in pipeline.steps:
                hops.append(Hop(node, "step", pipeline.steps[node].fact.location))
            else:
                dataset = pipeline.datasets[node]
                fact = (dataset.fields or {}).get(name, dataset.fact)
                hops.append(Hop(f"{node}.{name}", "field", fact.location))
        return tuple(dict.fromkeys(hops))
