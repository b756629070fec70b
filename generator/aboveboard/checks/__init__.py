"""One module per rule. Checks yield facts about a project; they never write and never print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..findings import Finding, in_order
from ..policy.load import REVIEWS
from ..project import Project
from ..proof.model import FAILING, RULES
from ..review.releases.form import FOLDER as RELEASES
from .base import AnswerCheck, BaseCheck, Check, FoundCheck, LinkCheck, Rule

if TYPE_CHECKING:
    from ..links.model import Link, Trip
    from ..review.since import Since

OF_CLAIMS = frozenset(RULES.values())
R = TypeVar("R", bound=Rule)


class Rules(Mapping[str, R]):
    """Rules by slug; the module of a rule has its name, and is loaded when it is needed."""

    def __init__(self, *slugs: str) -> None:
        self._slugs = dict.fromkeys(slugs)

    def __getitem__(self, slug: str) -> R:
        if slug not in self._slugs:
            raise KeyError(slug)
        module: Any = import_module(f".{slug.replace('-', '_')}", __name__)
        return cast(R, module)

    def __iter__(self) -> Iterator[str]:
        return iter(self._slugs)

    def __len__(self) -> int:
        return len(self._slugs)


CHECKS: Rules[Check] = Rules(
    "undeclared-flow",
    "overstated-use",
    "forbidden-flow",
    "scope-leak",
    "step-bypassed",
    "weaker-parameter",
    "opt-out-ignored",
    "kept-too-long",
    "undeclared-recipient",
    "fails-open",
    "joined-again",
    "choice-without-how",
    "consent-by-default",
    "consent-without-withdrawal",
    "default-told-twice",
    "disagreeing-sources",
    "joined-despite-promise",
    "never-yet-used",
    "paid-yet-not-sold",
    "refusal-without-effect",
    "retention-told-twice",
    "special-without-condition",
    "trains-despite-promise",
    "used-and-never",
    "used-yet-not-kept",
    "untold-deletion",
    "linked-despite-promise",
    "bundled-purposes",
    "differing-labels",
    "double-negative",
    "harder-to-refuse",
    "interests-without-objection",
    "kept-too-briefly",
    "misleading-label",
    "missing-choice",
    "obstructed-refusal",
    "presumed-yes",
    "steering-words",
    "unused-control",
    "overstated-claim",
    "overstated-proof",
    "vague-word",
    "restated-number",
    "unanswered-question",
    "unknown-question",
    "incomplete-question",
    "unknown-fact",
    "unknown-claim",
    "untimely-correction",
    "needless-correction",
    "promise-beside-correction",
    "untimely-suppression",
    "forbidden-suppression",
    "unknown-change",
    "unreadable-release",
    "edited-release",
    "missing-release",
    "reordered-release",
    "forked-release",
    "damaged-record",
    "unsigned-statement",
    "reopened-statement",
    "expired-signature",
    "idle-signature",
    "unconfirmed-proposal",
)
# Rules about entities that few policies have; without one they are not even loaded.
OF_KINDS = {
    "unknown-claim": "corrections",
    "untimely-correction": "corrections",
    "needless-correction": "corrections",
    "promise-beside-correction": "corrections",
    "untimely-suppression": "suppressions",
    "forbidden-suppression": "suppressions",
    "unknown-change": "changes",
}
OF_RELEASES = frozenset(
    (
        "unreadable-release",
        "edited-release",
        "missing-release",
        "reordered-release",
        "forked-release",
    )
)
OF_REVIEWS = frozenset(
    (
        "damaged-record",
        "unsigned-statement",
        "reopened-statement",
        "expired-signature",
        "idle-signature",
    )
)
ANSWER_CHECKS: Rules[AnswerCheck] = Rules("vague-word", "hard-to-read", "undefined-term")
BASE_CHECKS: Rules[BaseCheck] = Rules(
    "unread-base",
    "inherited-answer",
    "outside-sign-off",
    "unannounced-change",
    "short-notice",
    "misdated-change",
    "idle-record",
    "unknown-change",
)
LINK_CHECKS: Rules[LinkCheck] = Rules(
    "dead-link",
    "unreached-link",
    "walled-link",
    "circular-link",
    "downgraded-link",
    "detoured-link",
)
FOUND_CHECKS: Rules[FoundCheck] = Rules("idle-suppression")
ALL: Rules[Rule] = Rules(*CHECKS, *ANSWER_CHECKS, *BASE_CHECKS, *LINK_CHECKS, *FOUND_CHECKS)


def run(project: Project, *, prose: bool = False) -> list[Finding]:
    """Everything that is wrong with the project, in order of place; with `prose` also what is
    wrong with the answers that readers get.

    Advice waits until everything could be loaded: before, it would be about what is half there.
    """
    found = list(project.findings)
    whole = all(finding.severity != "error" for finding in found)
    skipped = frozenset(_skipped(project))
    for slug in (slug for slug in CHECKS if slug not in skipped):
        check = CHECKS[slug]
        if check.SEVERITY == "error" or whole:
            found += check.check(project)
    if prose and project.loaded and project.policy.header:
        found += _of_answers(project)
    if project.policy.suppressions:
        found = _suppressed(project, in_order(found), prose)
    return in_order(found)


def _suppressed(project: Project, found: list[Finding], prose: bool) -> list[Finding]:
    """The findings, those that the team has put aside as notes; and what puts nothing aside."""
    from .suppressing import OF_FILES, applied

    idle: list[Finding] = []
    if all(finding.severity != "error" for finding in project.findings):
        had_say = asked(project, prose=prose) | OF_FILES
        if not prose:
            had_say -= set(ANSWER_CHECKS)
        for check in FOUND_CHECKS.values():
            idle += check.check_found(project, found, had_say)
    return [*applied(project, found), *idle]


def asked(project: Project, *, prose: bool = False) -> frozenset[str]:
    """The rules that had their say in a run: no finding of one means that it finds no fault.
    Of what could not be loaded whole, no rule can say so."""
    if not project.loaded:
        return frozenset()
    whole = all(finding.severity != "error" for finding in project.findings)
    known = {slug for slug, check in CHECKS.items() if whole or check.SEVERITY == "error"}
    return frozenset(known | (set(ANSWER_CHECKS) if prose and project.policy.header else set()))


def _skipped(project: Project) -> Iterator[str]:
    """The rules that can have nothing to say, so that their modules need not be loaded."""
    policy, judged = project.policy, project.proof.judged
    broken = {RULES[j.claim.kind] for j in judged.values() if j.verdict in FAILING}
    yield from OF_CLAIMS - broken
    gates = policy.review and policy.review.gates
    for slug, kind in OF_KINDS.items():
        if not getattr(policy, kind) and not (gates and slug == "unknown-change"):
            yield slug
    if not (project.root / RELEASES).is_dir():
        yield from OF_RELEASES
    if not (policy.review and policy.review.to_confirm):
        yield "unconfirmed-proposal"
    asked = policy.review and policy.review.sign_off
    if not asked and not (project.root / REVIEWS).is_dir():
        yield from OF_REVIEWS


def run_since(since: Since) -> list[Finding]:
    """Everything that is wrong with a project beside an earlier state of it."""
    return [found for check in BASE_CHECKS.values() for found in check.check_since(since)]


def run_links(links: Iterable[Link], trips: Mapping[str, Trip], site: str) -> list[Finding]:
    """Everything that is wrong with links that were followed, by address."""
    pairs = [(link, trips[link.address]) for link in links]
    checks = LINK_CHECKS.values()
    return [f for check in checks for pair in pairs for f in check.check_link(*pair, site)]


def _of_answers(project: Project) -> Iterator[Finding]:
    from ..answers.compose import compose
    from ..answers.home import leads

    answers = [*(question.answer for question in compose(project)), *leads(project)]
    for check in ANSWER_CHECKS.values():
        yield from check.check_answers(project, answers)
