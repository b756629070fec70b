"""Whether every store of ours that data reaches is published, and keeps it no longer than that."""

from __future__ import annotations

from collections.abc import Iterator

from ...pipeline.graph import UNKNOWN, Dataset, Fact, Lifetime
from ...policy.choices import Retention
from ...values import Duration
from .. import words
from ..model import Cause, Claim, Judged, Verdict
from .lifetimes import applying, gap, in_force
from .spread import Fault, Found, unsure, verdict


def retention(found: Found) -> Iterator[Judged]:
    """One claim a row of the policy's table and data category."""
    policy = found.policy
    for row_id, row in policy.retention.items():
        for data in row.data if in_force(found, row) else ():
            claim = Claim(
                f"{data}/{row_id}@{row.copy_}",
                "retention-kept",
                words.kept(policy, row_id, data),
                policy.at("retention", row_id, "keep" if row.keep else "until"),
                data=data,
                subject=row_id,
                target=row.copy_,
            )
            yield _kept(found, claim, row)


def _kept(found: Found, claim: Claim, row: Retention) -> Judged:
    if found.policy.copies[row.copy_].holder != "us":
        return Judged(claim, "declared", "declared", why="held by others")
    if row.copy_ not in found.ends.copies:
        why = f"no dataset is bound to '{row.copy_}': say in bindings.copies where it lies"
        return Judged(claim, "unknown", "unknown", why, causes=(Cause("unsaid"),))
    nodes = [n for n in found.ends.copies[row.copy_] if found.spread.at(claim.data, n)]
    if not nodes:
        why = f"'{claim.data}' reaches no dataset of the copy '{row.copy_}'"
        return Judged(claim, "vacuous", "unknown", why)
    faults: list[Fault] = []
    evidence: list[Fact] = []
    for node in nodes:
        if dataset := found.flow.pipeline.datasets.get(node):
            sure = found.spread.at(claim.data, node, surely=True)
            _compare(found, row, dataset, "violated" if sure else "unknown", (faults, evidence))
    return verdict(claim, faults, evidence)


def _compare(
    found: Found,
    row: Retention,
    dataset: Dataset,
    worst: Verdict,
    into: tuple[list[Fault], list[Fact]],
) -> None:
    """A store with what is published; `worst` is what a fault comes to."""
    faults, evidence = into
    if row.keep is None or row.keep.default == "no-limit":
        # what ends on an event cannot be read from a store
        evidence.append(Fact(dataset.fact.text, "described", dataset.fact.location))
        return
    for lifetime, sure in applying(found, row, dataset):
        evidence.append(lifetime.keep.fact)
        faults += _too_long(dataset.id, row, lifetime, worst if sure else "unknown")
    if gap(found, row, dataset):
        why = f"nothing says how long '{dataset.id}' keeps it"
        faults.append(Fault("unknown", why, dataset.fact, Cause("undated", dataset.id)))


def _too_long(node: str, row: Retention, lifetime: Lifetime, worst: Verdict) -> Iterator[Fault]:
    assert row.keep is not None
    fact = lifetime.keep.fact
    if lifetime.keep.value is UNKNOWN:
        why = f"how long '{node}' keeps it cannot be read"
        yield Fault("unknown", why, fact, Cause("unread", node))
        return
    allowed = ["PT0S" if p == "not-kept" else p for p in row.keep.longest if p != "no-limit"]
    promise = max((Duration.parse(p) for p in allowed), default=None)
    if "no-limit" in row.keep.longest:
        return
    held = lifetime.duration
    if held is None:
        yield Fault(worst, f"'{node}' keeps it without a limit", fact)
    elif promise is None or not held.within(promise):
        said = promise.words() if promise and promise.longest else "not at all"
        yield Fault(worst, f"'{node}' keeps it for {held.words()}; published: {said}", fact)


def copies(found: Found) -> Iterator[Judged]:
    """Side outputs, caches, logs and checkpoints are stores too, and so is what a recipe reads."""
    policy, spread = found.policy, found.spread
    bound = {node: copy for copy, nodes in found.ends.copies.items() for node in nodes}
    published = {(d, row.copy_) for row in policy.retention.values() for d in row.data}
    datasets = found.flow.pipeline.datasets
    number = {id_: n for n, id_ in enumerate(datasets) if datasets[id_].role != "external"}
    for data, reach in spread.reach.items():
        claim = Claim(
            f"{data}/copies",
            "retention-kept",
            f"{words.upper(words.data(policy, data))}: kept in the places listed, and no others.",
            policy.at("data", data),
            data=data,
            subject="copies",
        )
        there = sorted((id_ for id_ in reach if id_ in number), key=number.__getitem__)
        held = [datasets[id_] for id_ in there]
        faults = list(unsure(held))
        for store in held:
            if found_out := _unpublished(store.id, bound.get(store.id), data, published):
                worst: Verdict = "violated" if reach[store.id] else "unknown"
                faults.append(Fault(worst, found_out[0], store.fact, found_out[1]))
        if held:
            evidence = [*(store.fact for store in held), *spread.told(data)]
            yield verdict(claim, faults, evidence)


def _unpublished(
    store: str, copy: str | None, data: str, published: set[tuple[str, str]]
) -> tuple[str, Cause] | None:
    if copy is None:
        return f"'{store}' holds it, and no copy is bound to this store", Cause("unbound", store)
    if (data, copy) not in published:
        why = f"'{store}' holds it, and no retention says how long '{copy}' keeps it"
        return why, Cause("unpublished", copy)
    return None
