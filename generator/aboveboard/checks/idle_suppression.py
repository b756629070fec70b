"""A suppression puts nothing aside: no finding of its rule stands where it says.

Why it matters: somebody thinks that something is known and put aside. What was meant is still red,
or it was mended and the suppression waits for the next one.

How to fix it: remove it; or take the spelling of the hint for its rule, its place or its
fingerprint.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..answers import pages
from ..findings import Finding, Location, Severity, fingerprints
from ..project import Project
from ..values import nearest
from . import paths
from .suppressing import RULES, covers
from .told import rules

SLUG = "idle-suppression"
SEVERITY: Severity = "warning"
HINT = "remove it"


def check_found(
    project: Project, found: Sequence[Finding], asked: frozenset[str]
) -> Iterator[Finding]:
    """Each part of a suppression that is about no finding; of a rule that had no say in this run
    nobody can tell."""
    prints = dict(zip(fingerprints(found), found, strict=True))
    for id_, one in project.policy.suppressions.items():
        if one.rule not in rules():
            place = project.policy.at("suppressions", id_, "rule")
            yield _idle(f"'{one.rule}' is no rule", place, nearest(one.rule, sorted(RULES)))
        elif one.rule in RULES and one.expires >= project.as_of:
            yield from _nowhere(project, id_, prints)
            if one.rule in asked:
                yield from _nothing(project, id_, prints)


def _nowhere(project: Project, id_: str, prints: dict[str, Finding]) -> Iterator[Finding]:
    """Each place of a suppression that is not there at all."""
    policy = project.policy
    about, files = covers(project, policy.suppressions[id_]), _files(project, prints)
    for index, path in enumerate(about.suppression.at):
        if about.spans[index] is None and path not in files:
            place = policy.at("suppressions", id_, "at", index)
            if path in policy.inputs:
                yield _idle(f"'{path}' is a file of the policy: name an entity in it", place, None)
                continue
            near = nearest(path, [*paths.known(policy), *files])
            yield _idle(f"nothing is read at '{path}'", place, near)


def _nothing(project: Project, id_: str, prints: dict[str, Finding]) -> Iterator[Finding]:
    """Each place where the rule finds nothing, and each fingerprint that no finding there has."""
    policy = project.policy
    about, files = covers(project, policy.suppressions[id_]), _files(project, prints)
    one = about.suppression
    for index, path in enumerate(one.at):
        there = about.spans[index] is not None or path in files
        if there and not any(about.at(index, finding) for finding in prints.values()):
            place = policy.at("suppressions", id_, "at", index)
            yield _idle(f"'{one.rule}' finds nothing at '{path}'", place, None)
    for index, fingerprint in enumerate(one.findings):
        finding = prints.get(fingerprint)
        if not finding or not about.holds(finding, fingerprint):
            place = policy.at("suppressions", id_, "findings", index)
            known = [p for p, each in prints.items() if each.rule == one.rule]
            message = f"no finding of '{one.rule}' there has the fingerprint '{fingerprint}'"
            yield _idle(message, place, nearest(fingerprint, known))


def _files(project: Project, prints: dict[str, Finding]) -> set[str]:
    """The files outside of the policy: those of the pipeline, pages, and those with findings."""
    found = {each.location.path for each in prints.values() if each.location}
    found |= {page.path for page in pages.written(project.root)}
    return {*project.pipeline.inputs, *found} - {*project.policy.inputs}


def _idle(message: str, place: Location, near: str | None) -> Finding:
    hint = f"did you mean '{near}'?" if near else HINT
    return Finding(SLUG, message, place, SEVERITY, hint)
