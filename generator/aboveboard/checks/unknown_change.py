"""A record in `changes`, or a gate in `review`, names what no policy has.

Why it matters: the change that is meant stays untold, or goes without the rule that is meant for
it.

How to fix it: use the key that `diff` prints: kind, id and attribute, such as
`retention/chats/keep.default`, or `claims/` and the id of a claim.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from ..review import gates
from ..review.since import Since
from ..values import nearest

SLUG = "unknown-change"
SEVERITY: Severity = "error"
HINT = "use the key that `aboveboard diff` prints"


def check(project: Project) -> Iterator[Finding]:
    """Each key whose kind or attribute does not exist at all."""
    policy = project.policy
    for id_, record in policy.changes.items():
        for index, key in enumerate(record.what):
            if found := gates.fault(key):
                message, hint = found
                place = policy.at("changes", id_, "what", index)
                yield Finding(SLUG, message, place, hint=hint or HINT)
    for number, gate in enumerate(policy.review.gates if policy.review else ()):
        for index, start in enumerate(gate.changes):
            if found := gates.fault(start):
                message, hint = found
                place = policy.at("review", "", "gates", number, "changes", index)
                yield Finding(SLUG, message, place, hint=hint or HINT)


def check_since(since: Since) -> Iterator[Finding]:
    """Each key of a new record that names an entity, or a claim, of neither state."""
    policy, old = since.project.policy, since.base.policy.changes
    for id_, record in policy.changes.items():
        if old.get(id_) == record:
            continue
        for index, key in enumerate(record.what):
            if gates.fault(key) or gates.exists(since, key):
                continue
            near = nearest(key, gates.known(since))
            message = f"'{key}' is nothing that either state has"
            place = policy.at("changes", id_, "what", index)
            yield Finding(SLUG, message, place, hint=f"did you mean '{near}'?" if near else HINT)
