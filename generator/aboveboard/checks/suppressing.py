"""What a suppression takes out of the errors and warnings: advice, and never an untruth.

A rule can be suppressed if nothing on the site is false because of what it finds. What a claim
breaks can only be corrected, since readers have to learn of it; rules that keep records, releases
and corrections themselves trustworthy cannot be put aside at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..findings import Finding, Location, fingerprints, within
from ..policy.review import Suppression
from ..project import Project
from . import paths
from .base import set_aside

KIND = "suppressions"
RULES = frozenset(
    {
        "bundled-purposes",
        "consent-by-default",
        "consent-without-withdrawal",
        "differing-labels",
        "double-negative",
        "hard-to-read",
        "harder-to-refuse",
        "interests-without-objection",
        "kept-too-briefly",
        "misleading-label",
        "missing-choice",
        "obstructed-refusal",
        "presumed-yes",
        "special-without-condition",
        "steering-words",
        "undefined-term",
        "unknown-setting",
        "unknown-version",
        "unused-control",
        "vague-word",
    }
)
# Found while files are read: an error of theirs says that something could not be.
OF_FILES = frozenset({"unknown-setting", "unknown-version"})


class Covers(NamedTuple):
    """What one suppression is about: the place of each of its `at`, or None for a file or for what
    is not written."""

    suppression: Suppression
    spans: list[Location | None]

    def at(self, index: int, finding: Finding) -> bool:
        """Whether a finding is of the rule, and stands at this one of its places."""
        if finding.rule != self.suppression.rule or not finding.location:
            return False
        span = self.spans[index]
        if span is None:
            path = finding.location.path
            return path == self.suppression.at[index] and not path.startswith("policy_data/")
        return within(finding.location, span)

    def holds(self, finding: Finding, fingerprint: str) -> bool:
        """Whether a finding is among those that it is about."""
        only = self.suppression.findings
        return (not only or fingerprint in only) and any(
            self.at(index, finding) for index in range(len(self.spans))
        )


def covers(project: Project, suppression: Suppression) -> Covers:
    """What a suppression of the project is about."""
    policy = project.policy
    found = [paths.written(policy, path) for path in suppression.at]
    return Covers(suppression, [one.span(policy) if one else None for one in found])


def applied(project: Project, found: Sequence[Finding]) -> list[Finding]:
    """The findings, in their order; those that a suppression of today is about are notes."""
    policy, today = project.policy, project.as_of
    live = {
        id_: covers(project, one)
        for id_, one in policy.suppressions.items()
        if one.rule in RULES and one.expires >= today
    }
    return list(_applied(project, live, found))


def _applied(
    project: Project, live: dict[str, Covers], found: Sequence[Finding]
) -> Iterator[Finding]:
    for finding, fingerprint in zip(found, fingerprints(found), strict=True):
        if finding.rule in OF_FILES and finding.severity == "error":
            yield finding
            continue
        known = (id_ for id_, one in live.items() if one.holds(finding, fingerprint))
        id_ = next(known, "")
        yield set_aside(project, finding, KIND, id_) if id_ else finding
