"""Whether everybody outside who gets data is a declared recipient, in a declared region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...pipeline.graph import Dataset, Fact, Step
from ...policy.model import Policy
from ...values import listed
from .. import words
from ..claims import doors
from ..model import Claim, Judged, Verdict
from ..works import may_be_off, switched_off
from .spread import Fault, Found, unsure, verdict


def recipients(found: Found) -> Iterator[Judged]:
    """One claim a data category."""
    policy = found.policy
    bound = {node: r for r, nodes in found.ends.recipients.items() for node in nodes}
    places: list[Dataset | Step] = [
        d for d in found.flow.pipeline.datasets.values() if d.role == "external" or d.id in bound
    ]
    places += [s for s in found.flow.pipeline.steps.values() if s.external or s.id in bound]
    outlets = _Outlets(found, places)
    taken = _taken(policy)
    for data in found.spread.reach:
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
        nodes = {node for node, _ in found.ends.sources[data]}
        faults = list(unsure(found.flow.pipeline.datasets[node] for node in sorted(nodes)))
        evidence: list[Fact] = []
        for place in outlets.reached(data):
            if sent := _goes_out(found, data, place):
                evidence += [place.fact, *_located(place)]
                names_it = data in taken.get(bound.get(place.id, ""), ())
                faults += _faults(found, place, bound.get(place.id), sent, names_it)
        evidence = [*(evidence or readers(found, data)), *found.spread.told(data)]
        yield verdict(claim, faults, evidence)


def _located(place: Dataset | Step) -> list[Fact]:
    """What it rests on that a place is where it is said to be."""
    return [place.located] if isinstance(place, Dataset) and place.located else []


def _goes_out(found: Found, data: str, place: Dataset | Step) -> Verdict | None:
    """What a fault would come to: "violated" if the data surely goes there, "unknown" if
    perhaps."""
    nodes = _fed_by(found, place)
    sure = not (isinstance(place, Step) and may_be_off(place))
    if sure and any(found.spread.at(data, node, surely=True) for node in nodes):
        return "violated"
    return "unknown" if any(found.spread.at(data, node) for node in nodes) else None


class _Outlets:
    """Everybody outside, by the nodes whose data they get."""

    def __init__(self, found: Found, places: list[Dataset | Step]) -> None:
        self.spread, self.places = found.spread, places
        self.by_node: dict[str, list[int]] = defaultdict(list)
        for number, place in enumerate(places):
            for node in _fed_by(found, place):
                self.by_node[node].append(number)

    def reached(self, data: str) -> list[Dataset | Step]:
        nodes = (node for node in self.spread.reach[data] if node in self.by_node)
        return [self.places[n] for n in sorted({n for node in nodes for n in self.by_node[node]})]


def _fed_by(found: Found, place: Dataset | Step) -> list[str]:
    """A step sends out what it is given, whatever comes back."""
    if isinstance(place, Step):
        return [] if switched_off(place) else [i for i in place.inputs if i in found.flow.fields]
    return [place.id]


def _taken(policy: Policy) -> dict[str, set[str]]:
    """The data of the uses that name each recipient."""
    found: dict[str, set[str]] = defaultdict(set)
    for use_id, use in policy.uses.items():
        for recipient in use.recipients:
            found[recipient].update(data for door in doors(policy, use_id) for data in door.data)
    return found


def readers(found: Found, data: str) -> list[Fact]:
    """The facts that say where a data category lies and which steps read it first."""
    steps, flow = found.flow.pipeline.steps, found.flow
    nodes = {node for node, _ in found.ends.sources[data]}
    lies = [flow.pipeline.datasets[node].fact for node in sorted(nodes)]
    return [*lies, *(steps[r].fact for n in sorted(nodes) for r in flow.readers[n] if r in steps)]


def _faults(
    found: Found, place: Dataset | Step, recipient: str | None, sent: Verdict, names_it: bool
) -> Iterator[Fault]:
    policy, node = found.policy, place.id
    if recipient is None:
        yield Fault(sent, f"'{node}' gets it, and no recipient is bound to it", place.fact)
        return
    if not names_it:
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
