"""Whether anything but the data that a use names reaches where the use ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...pipeline.graph import Fact, Step
from ..bits import propagate
from ..claims import Door, doors
from ..flow import Flow
from ..model import Cause, Claim, Judged
from ..works import ANY
from .spread import Fault, Found, pairs, verdict

Users = list[tuple[str, Door]]  # use, and one of its routes
Feed = tuple[Flow, list[Step], dict[str, list[tuple[str, bool]]]]


def undeclared(found: Found) -> Iterator[Judged]:
    """One claim a sink."""
    targets: dict[str, Users] = {}
    for use_id in found.policy.uses:
        for door in doors(found.policy, use_id):
            for target in found.ends.sinks.get(door.key, ()):
                targets.setdefault(target, []).append((use_id, door))
    for flow in found.split:
        here = [node for node in flow.fields if node in targets]
        feeding = _Feeding(flow, here)
        for number, target in enumerate(here):
            users = targets[target]
            claim = _claim(found, target, users[0][0], users[0][1].route)
            if not flow.writers[target]:
                yield _empty(claim, users[0][1])
                continue
            yield verdict(claim, *_faults(found, target, users, feeding.of(number)))


class _Feeding:
    """What leads to each of some targets of one part: the steps, and the fields of its sources with
    whether they surely do."""

    def __init__(self, flow: Flow, targets: list[str]) -> None:
        self.flow = flow
        seeds: dict[int, int] = {}
        for number, target in enumerate(targets):
            for vertex in flow.at(target):
                seeds[vertex] = seeds.get(vertex, 0) | 3 << (2 * number)
        doubt = sum(2 << (2 * number) for number in range(len(targets)))
        cuts = dict.fromkeys(flow.doubtful, doubt)
        walk = flow.walk(backward=True)
        back = propagate(flow.graph, walk, seeds, cuts, backward=True)
        self.steps: dict[int, list[Step]] = defaultdict(list)
        self.fields: dict[int, dict[str, list[tuple[str, bool]]]] = defaultdict(dict)
        for step in flow.pipeline.steps.values():
            bits = 0
            for vertex in flow.at(step.id):
                bits |= back[vertex]
            for number in pairs(bits):
                self.steps[number].append(step)
        for node in flow.pipeline.datasets:
            for name in sorted(flow.fields[node]) if flow.own_rows(node) else ():
                bits = back[flow.index[node, name]]
                for number in pairs(bits):
                    sure = bool(bits >> 2 * number & 2)
                    self.fields[number].setdefault(node, []).append((name, sure))

    def of(self, number: int) -> Feed:
        return self.flow, self.steps[number], self.fields[number]


def _claim(found: Found, target: str, use_id: str, route: str) -> Claim:
    return Claim(
        f"{'/'.join(p for p in (use_id, route) if p)}/nothing-else@{target}",
        "nothing-undeclared",
        f"Nothing but the data listed is used for {found.policy.uses[use_id].name}.",
        found.policy.at("uses", use_id, *(("also", route) if route else ("data",))),
        use=use_id,
        route=route,
        subject="nothing-else",
        target=target,
    )


def _empty(claim: Claim, door: Door) -> Judged:
    """Nothing arrives, undeclared or not; that is the fault of the claims that something does."""
    cause = next((f"{door.key}/{data}/used@{claim.target}" for data in door.data), None)
    why = f"nothing flows into '{claim.target}'"
    return Judged(claim, "vacuous", "unknown", why, caused_by=cause)


def _faults(found: Found, target: str, users: Users, feed: Feed) -> tuple[list[Fault], list[Fact]]:
    flow, steps, reached = feed
    named = dict.fromkeys(data for _, door in users for data in door.data)
    allowed = {place for data in named for place in found.ends.sources.get(data, ())}
    faults: list[Fault] = []
    writers = (flow.pipeline.steps.get(w) for w in flow.writers[target])
    evidence = [step.fact for step in writers if step]
    evidence += [step.fact for step in steps]  # any of them may be what keeps a field out
    for node, fields in reached.items():
        dataset = flow.pipeline.datasets[node]
        if any(name == ANY for name, _ in fields):
            why = f"nothing lists the fields of '{node}', so more than is bound may be used"
            faults.append(Fault("unknown", why, dataset.fact, Cause("unlisted", node)))
        for name, sure in fields:
            fact = (dataset.fields or {}).get(name, dataset.fact)
            evidence.append(fact)
            place = (node, name)
            if name != ANY and place not in allowed and place not in found.ends.technical:
                why = f"{node}.{name} reaches '{target}', and no data of this use is bound to it"
                faults.append(Fault("violated" if sure else "unknown", why, fact))
    return faults, evidence
