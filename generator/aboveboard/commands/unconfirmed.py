"""Statements that rest on what nobody has confirmed: to sign them would vouch for a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..checks import paths
from ..checks.paths import Written
from ..project import Project
from ..proof.model import Claim
from ..review.signing.statements import Published

# Kinds whose entities a claim names as its subject, beside its use and its data.
_SUBJECTS = ("steps", "controls", "recipients", "retention")


def unconfirmed(project: Project, chosen: Iterable[Published]) -> dict[str, list[str]]:
    """The proposals in `review.to-confirm` that each statement rests on, by its id."""
    policy = project.policy
    listed = policy.review.to_confirm if policy.review else {}
    proposals = {path: it for path in listed if (it := paths.written(policy, path))}
    found = {each.id: list(_of(project, each, proposals)) for each in chosen} if proposals else {}
    return {id_: rests for id_, rests in found.items() if rests}


def _of(project: Project, each: Published, proposals: Mapping[str, Written]) -> Iterator[str]:
    judged = project.proof.judged
    claims = [judged[id_].claim for id_ in each.claims if id_ in judged]
    for path, proposal in proposals.items():
        said = _is_about(each.sentence.about, proposal)
        if said or any(_rests(claim, proposal) for claim in claims):
            yield path


def _is_about(about: tuple[str | int, ...], it: Written) -> bool:
    """Whether a sentence comes from a proposal, from a part of it, or from what holds it."""
    where = (it.kind, it.id, *it.keys)
    shared = min(len(about), len(where))
    return len(about) > 1 and about[:shared] == where[:shared]


def _rests(claim: Claim, it: Written) -> bool:
    """Whether a claim cannot be judged without a proposal."""
    if it.kind == "bindings":  # files, people, tools: every claim is held against them
        named = it.keys[1:2]
        of_all = not named or it.keys[0] in ("files", "person", "tools", "not-personal")
        return of_all or named[0] in (claim.use, claim.data, claim.subject, claim.target)
    subject = claim.subject if it.kind in _SUBJECTS else ""
    return bool(it.id) and it.id == {"uses": claim.use, "data": claim.data}.get(it.kind, subject)
