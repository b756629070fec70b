"""Whether anything but the data that a use names reaches where the use ends."""

from __future__ import annotations

from collections.abc import Iterator

from ...pipeline.graph import Fact
from ..bits import order, propagate
from ..claims import doors
from ..flow import Flow
from ..model import Claim, Judged
from ..works import ANY
from .spread import Fault, Found, verdict

Users = list[tuple[str, str]]  # use and route


def undeclared(found: Found) -> Iterator[Judged]:
    """One claim a sink."""
    flow = found.flow
    targets: dict[str, Users] = {}
    for use_id in found.policy.uses:
        for door in doors(found.policy, use_id):
            for target in found.ends.sinks.get(door.key, ()):
                targets.setdefault(target, []).append((use_id, door.route))
    seeds: dict[int, int] = {}
    for number, target in enumerate(targets):
        for vertex in flow.at(target):
            seeds[vertex] = seeds.get(vertex, 0) | 3 << (2 * number)
    doubt = sum(2 << (2 * number) for number in range(len(targets)))
    cuts = dict.fromkeys(flow.doubtful, doubt)
    back = propagate(flow.graph, order(flow.graph, backward=True), seeds, cuts, backward=True)
    for number, (target, users) in enumerate(targets.items()):
        claim = _claim(found, target, users[0])
        if not flow.writers[target]:
            yield _empty(found, claim)
            continue
        faults, evidence = _faults(found, target, users, [bits >> 2 * number for bits in back])
        yield verdict(claim, faults, evidence)


def _claim(found: Found, target: str, user: tuple[str, str]) -> Claim:
    use_id, route = user
    return Claim(
        f"{'/'.join(p for p in user if p)}/nothing-else@{target}",
        "nothing-undeclared",
        f"Nothing but the data listed is used for {found.policy.uses[use_id].name}.",
        found.policy.at("uses", use_id, *(("also", route) if route else ("data",))),
        use=use_id,
        route=route,
        subject="nothing-else",
        target=target,
    )


def _empty(found: Found, claim: Claim) -> Judged:
    """Nothing arrives, undeclared or not; that is the fault of the claims that something does."""
    door = next(d for d in doors(found.policy, claim.use) if d.route == claim.route)
    cause = next((f"{door.key}/{data}/used@{claim.target}" for data in door.data), None)
    why = f"nothing flows into '{claim.target}'"
    return Judged(claim, "vacuous", "unknown", why, caused_by=cause)


def _faults(
    found: Found, target: str, users: Users, back: list[int]
) -> tuple[list[Fault], list[Fact]]:
    """`back` has two bits a vertex: whether it leads to the target at all, and surely."""
    flow, sources = found.flow, found.ends.sources
    named = {d for u, r in users for door in doors(found.policy, u) if door.route == r
             for d in door.data}  # fmt: skip
    allowed = {place for data in named for place in sources.get(data, ())} | found.ends.technical
    faults: list[Fault] = []
    steps = flow.pipeline.steps
    evidence = [steps[w].fact for w in flow.writers[target] if w in steps]
    for step in steps.values():  # any of them may be what keeps a field out
        if any(back[vertex] & 1 for vertex in flow.at(step.id)):
            evidence.append(step.fact)
    for node in flow.pipeline.datasets:
        reached = _reached(flow, node, back)
        dataset = flow.pipeline.datasets[node]
        if ANY in reached:
            why = f"nothing lists the fields of '{node}', so more than is bound may be used"
            faults.append(Fault("unknown", why, dataset.fact))
        for name in reached:
            fact = (dataset.fields or {}).get(name, dataset.fact)
            evidence.append(fact)
            if (node, name) not in allowed and name != ANY:
                sure = back[flow.index[node, name]] & 2
                why = f"{node}.{name} reaches '{target}', and no data of this use is bound to it"
                faults.append(Fault("violated" if sure else "unknown", why, fact))
    return faults, evidence


def _reached(flow: Flow, node: str, back: list[int]) -> list[str]:
    """The fields of a source that lead to the target."""
    if not flow.own_rows(node):
        return []
    return [name for name in sorted(flow.fields[node]) if back[flow.index[node, name]] & 1]
