"""A change weakens a promise, and no record in `changes` tells people of it before.

`check --base REV` finds it, by the effects that `diff` shows. So is a claim that now rests on less
than before, and a new purpose of a use. What strengthens a promise needs no record.

Why it matters: to take looser practices up by a quiet edit is what people are told of last and
mind most. Before data is used for a new purpose they have to be told (GDPR Art. 13(3)); an earlier
promise holds for data that was collected under it.

How to fix it: add a record with the key that `diff` prints: the reason, the first day, how people
are told, and what becomes of data collected before. If only a person can judge the change, this is
a warning; `review` in the policy has the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Severity
from ..review import concerned, gates
from ..review.gates import Need
from ..review.since import Since

SLUG = "unannounced-change"
SEVERITY: Severity = "error"
HINT = "add a record of it to 'changes'"


def check_since(since: Since) -> Iterator[Finding]:
    """Each change that needs a record and is not covered by one."""
    for need in gates.needs(since):
        if not concerned.covered(since, need):
            yield Finding(
                SLUG,
                _message(since, need),
                need.place,
                SEVERITY if need.wanted == "required" else "warning",
                _hint(since, need),
                (need.was,) if need.was else (),
            )


def _message(since: Since, need: Need) -> str:
    who = "" if need.who == "everyone" else f" For: {need.who}."
    told = "people are not told of this before"
    if records := concerned.covering(since, need):
        told = f"'{next(iter(records))}' tells only a part of these people"
    judged = "" if need.wanted == "required" else "whether it weakens a promise a person judges; "
    return f"{judged}{told}: {need.sentence}{who}"


def _hint(since: Since, need: Need) -> str:
    """A record to paste, with the real key and the first day that can be kept."""
    told, header = since.project.as_of, since.project.policy.header
    first = need.earliest(told)
    id_ = "-".join(re.findall(r"[a-z0-9]+", need.key.lower()))
    record = (
        f"what: {need.key}, reason: …, announced: {told.isoformat()}, "
        f"effective: {first.isoformat()}, told-by: e-mail, earlier-data: old-rule"
    )
    later = "" if header and header.effective >= first else ", and let the policy hold from then"
    return f"{HINT}{later}: changes: {{{id_}: {{{record}}}}}"
