"""A question of the FAQ cannot be answered, because a fact is not in the policy.

Why it matters: readers ask these questions of every such service. Where the policy is silent, the
page has to say "We do not say yet".

How to fix it: write the fact down, answer in prose (`answer:`), or leave the question out and give
the reason (`left-out:`), which the site prints; both stand in `questions`. The finding stands at
the `policy:` block, since nobody has written the fact anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..answers.needs import NEEDS, missing
from ..findings import Finding, Severity
from ..project import Project

SLUG = "unanswered-question"
SEVERITY: Severity = "warning"
_START = "question '"
HINT = "write it down, or leave the question out: questions: {ID: {left-out: REASON}}"


def check(project: Project) -> Iterator[Finding]:
    policy = project.policy
    if not project.loaded:
        return  # the fact may stand in the part that could not be read
    place = policy.at("policy", "")
    for id_ in NEEDS:
        entry = policy.questions.get(id_)
        if entry and (entry.left_out or entry.answer):
            continue
        if lacking := missing(id_, policy):
            message = f"{_START}{id_}' lacks a fact: {lacking}"
            yield Finding(SLUG, message, place, severity=SEVERITY, hint=HINT)


def question_of(finding: Finding) -> str:
    """The id of the question that a finding of this rule is about."""
    return finding.message.removeprefix(_START).partition("'")[0]
