"""A recipient that must not train gets data for training.

Why it matters: two promises about one recipient exclude each other, and a reader sees both.

How to fix it: take the recipient out of the use, take `no-training` out of what it must, or split
it in two when it holds data under different terms.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project

SLUG = "trains-despite-promise"
SEVERITY: Severity = "error"
HINT = "take it out of the use, or take 'no-training' out of its 'must'"
TRAINING = ("train-model", "fine-tune-model")


def check(project: Project) -> Iterator[Finding]:
    """Each recipient of an open training use whose `must` says `no-training`."""
    policy = project.policy
    for use_id in dict.fromkeys(d.use_id for d in project.doors if not d.closed):
        use = policy.uses[use_id]
        for index, id_ in enumerate(use.recipients if use.purpose in TRAINING else ()):
            recipient = policy.recipients.get(id_)
            if recipient and "no-training" in recipient.must:
                promise = policy.at("recipients", id_, "must", recipient.must.index("no-training"))
                yield Finding(
                    SLUG,
                    f"{recipient.name} must not train, yet gets data for {use.name}",
                    policy.at("uses", use_id, "recipients", index),
                    SEVERITY,
                    HINT,
                    (promise._replace(message="promised here"),),
                )
