"""A question of your own lacks what the site prints: its words, or the group it stands in.

Why it matters: a question without words has no heading, and without a group no place.

How to fix it: add `ask:` in the words of a reader, and the `group:` that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..answers.needs import NEEDS
from ..findings import Finding, Severity
from ..project import Project

SLUG = "incomplete-question"
SEVERITY: Severity = "error"
HINT = "add it, or use the id of a question that exists"


def check(project: Project) -> Iterator[Finding]:
    policy = project.policy
    for id_, entry in policy.questions.items():
        if id_ in NEEDS or not entry.answer:
            continue
        for key in ("ask", "group"):
            if getattr(entry, key) is None:
                message = f"'{id_}' is a question of your own, and '{key}' is missing from it"
                yield Finding(SLUG, message, policy.at("questions", id_), hint=HINT)
