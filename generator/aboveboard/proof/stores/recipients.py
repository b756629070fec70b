"""Whether everybody outside who gets data is a declared recipient, in a declared region."""

from __future__ import annotations

from collections.abc import Iterator

from ...pipeline.graph import Dataset, Fact, Step
from ...values import listed
from .. import words
from ..claims import doors
from ..model import Claim, Judged, Verdict
from ..works import may_be_off, switched_off
from .spread import Fault, Found, verdict


def recipients(found: Found) -> Iterator[Judged]:
    """One claim a data category."""
    policy = found.policy
    bound = {node: r for r, nodes in found.ends.recipients.items() for node in nodes}
    places: list[Dataset | Step] = [
        d for d in found.flow.pipeline.datasets.values() if d.role == "external" or d.id in bound
    ]
    places += [s for s in found.flow.pipeline.steps.values() if s.external or s.id in bound]
    for data in found.spread.numbers:
        claim = Claim(
            f"{data}/recipients",
            "recipients-declared",
            f"{words.upper(words.data(policy, data))}: only the recipients listed get it.",
            policy.at("data", data),
            data=data,
            subject="recipients",
        )
        if not found.ends.sources[data]:
            why = f"nothing of the pipeline is bound to '{data}'"
            yield Judged(claim, "vacuous", "unknown", why)
            continue
        faults: list[Fault] = []
        evidence: list[Fact] = []
        for place in places:
            if sent := _goes_out(found, data, place):
                evidence.append(place.fact)
                faults += _faults(found, data, place, bound.get(place.id), sent)
        evidence = [*(evidence or readers(found, data)), *found.spread.told(data)]
        yield verdict(claim, faults, evidence)


def _goes_out(found: Found, data: str, place: Dataset | Step) -> Verdict | None:
    """What a fault would come to: "violated" if the data surely goes there, "unknown" if perhaps. A
    step sends out what it is given, whatever comes back."""
    if isinstance(place, Step):
        nodes = [] if switched_off(place) else [i for i in place.inputs if i in found.flow.fields]
    else:
        nodes = [place.id]
    sure = not (isinstance(place, Step) and may_be_off(place))
    if sure and any(found.spread.at(data, node, surely=True) for node in nodes):
        return "violated"
    return "unknown" if any(found.spread.at(data, node) for node in nodes) else None


def readers(found: Found, data: str) -> list[Fact]:
    """The facts that say where a data category lies and which steps read it first."""
    steps, flow = found.flow.pipeline.steps, found.flow
    nodes = {node for node, _ in found.ends.sources[data]}
    lies = [flow.pipeline.datasets[node].fact for node in sorted(nodes)]
    return [*lies, *(steps[r].fact for n in sorted(nodes) for r in flow.readers[n] if r in steps)]


def _faults(
    found: Found, data: str, place: Dataset | Step, recipient: str | None, sent: Verdict
) -> Iterator[Fault]:
    policy, node = found.policy, place.id
    if recipient is None:
        yield Fault(sent, f"'{node}' gets it, and no recipient is bound to it", place.fact)
        return
    users = [u for u, use in policy.uses.items() if recipient in use.recipients]
    if data not in {d for u in users for door in doors(policy, u) for d in door.data}:
        why = f"'{node}' gets it, but no use of this data names the recipient '{recipient}'"
        yield Fault(sent, why, place.fact)
    declared = policy.recipients[recipient]
    if declared.regions and place.regions is None:
        yield Fault("unknown", f"nothing says in which region '{node}' is", place.fact)
        return
    stray = [r for r in place.regions or () if r not in declared.regions]
    if declared.regions and stray:
        said = listed(declared.regions)
        why = f"'{node}' is in {listed(stray)}; the recipient is published as in {said}"
        yield Fault(sent, why, place.fact)
