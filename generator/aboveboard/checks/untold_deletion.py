"""A deletion by the reader ends a retention, and is not known to be one.

Why it matters: pages say what goes when a reader deletes something, and what stays. They know this
from the event `you-delete`. With an event of another name, what it ends is listed as staying.

How to fix it: use `you-delete` in `until`, and give it words of your own under `events`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project

SLUG = "untold-deletion"
SEVERITY: Severity = "error"
HINT = "write 'you-delete', with your words: events: {you-delete: {name: …, by: you}}"
DELETES = ("delete", "erase", "remove")
KNOWN = ("you-delete", "account-closed")


def check(project: Project) -> Iterator[Finding]:
    """Each `until` with an event by the reader that says it deletes and is not the known one."""
    policy = project.policy
    deletions = {
        id_
        for id_, event in policy.events.items()
        if id_ not in KNOWN
        and event.by == "you"
        and any(word in event.name.lower() for word in DELETES)
    }
    for id_, row in policy.retention.items() if deletions else ():
        for index, event_id in enumerate(row.until):
            if event_id in deletions and "you-delete" not in row.until:
                event = policy.at("events", event_id, "name")
                yield Finding(
                    SLUG,
                    f"'{event_id}' reads like a deletion by the reader, but only 'you-delete' is "
                    "known to be one",
                    policy.at("retention", id_, "until", index),
                    SEVERITY,
                    HINT,
                    (event._replace(message="what it is called"),),
                )
