"""One control decides over purposes that have nothing to do with each other.

Why it matters: whoever wants the one has to accept the other; a choice is free only if it can be
made apart (GDPR recital 43, 11 CCR 7004(a)(4)(B)).

How to fix it: give each purpose its own control, or say in the `why` of its line for what reason
they belong together.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .sense import Opening, deciding

SLUG = "bundled-purposes"
SEVERITY: Severity = "warning"
HINT = "give each purpose its own control, or explain it in the line's 'why'"
GROUPS = {
    "provide-service": "the service itself",
    "personalise": "the service itself",
    "support": "the service itself",
    "train-model": "better models and service",
    "fine-tune-model": "better models and service",
    "evaluate-model": "better models and service",
    "improve-service": "better models and service",
    "analytics": "better models and service",
    "research": "better models and service",
    "anonymise": "better models and service",
    "human-review": "reading by people",
    "advertising": "advertising and sale",
    "profiling": "advertising and sale",
    "sell-or-license": "advertising and sale",
    "safety-and-abuse": "safety and law",
    "legal-duty": "safety and law",
}


def check(project: Project) -> Iterator[Finding]:
    """Each control whose lines, those with a `why` left aside, serve more than one group."""
    for id_, lines in deciding(project).items():
        by_group: dict[str, Opening] = {}
        for one in lines:
            if not one.line.why:
                by_group.setdefault(GROUPS[one.door.use.purpose], one)
        if len(by_group) > 1:
            yield Finding(
                SLUG,
                f"'{id_}' decides {' and '.join(by_group)} at once",
                project.policy.at("controls", id_),
                SEVERITY,
                HINT,
                tuple(
                    one.at(project, "control", message=f"for {group}")
                    for group, one in by_group.items()
                ),
            )
