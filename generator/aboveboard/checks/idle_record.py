"""A record in `changes` is new, and what it names does not change, or needs no record.

`check --base REV` finds it. Records that the base has already are history, and are left alone.

Why it matters: people are told of a change that does not come, or a key names the wrong change and
the right one stays untold.

How to fix it: use the key that `diff` prints. A record that comes before its change can stay.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..review import concerned, gates
from ..review.since import Since

SLUG = "idle-record"
SEVERITY: Severity = "warning"
HINT = "use the key that `aboveboard diff` prints, or remove the record"


def check_since(since: Since) -> Iterator[Finding]:
    """Each key of a new record that covers no change."""
    needs = gates.needs(since)
    told = {(id_, key) for n in needs for id_ in concerned.covering(since, n) for key in n.keys}
    changed = {change.key: change.effect for change in since.changes}
    weaker = {key for need in needs for key in need.keys}
    policy, old = since.project.policy, since.base.policy.changes
    for id_, record in policy.changes.items():
        if old.get(id_) == record:
            continue
        for index, key in enumerate(record.what):
            if (id_, key) in told or gates.fault(key) or not gates.exists(since, key):
                continue
            if key in weaker:
                message = f"'{key}' changes for other people than those of this record"
            elif key in changed:
                message = f"'{key}' needs no record: the change is '{changed[key]}'"
            else:
                message = f"'{key}' does not change since {since.name}"
            yield Finding(SLUG, message, policy.at("changes", id_, "what", index), SEVERITY, HINT)
