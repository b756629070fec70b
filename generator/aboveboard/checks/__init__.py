"""One module per rule. Checks yield facts about a project; they never write and never print."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, in_order
from ..project import Project
from . import (
    fails_open,
    forbidden_flow,
    hard_to_read,
    joined_again,
    kept_too_long,
    opt_out_ignored,
    overstated_claim,
    overstated_proof,
    overstated_use,
    restated_number,
    scope_leak,
    step_bypassed,
    undeclared_flow,
    undeclared_recipient,
    undefined_term,
    vague_word,
    weaker_parameter,
)
from .base import AnswerCheck, Check, Rule

CHECKS: dict[str, Check] = {
    "undeclared-flow": undeclared_flow,
    "overstated-use": overstated_use,
    "forbidden-flow": forbidden_flow,
    "scope-leak": scope_leak,
    "step-bypassed": step_bypassed,
    "weaker-parameter": weaker_parameter,
    "opt-out-ignored": opt_out_ignored,
    "kept-too-long": kept_too_long,
    "undeclared-recipient": undeclared_recipient,
    "fails-open": fails_open,
    "joined-again": joined_again,
    "overstated-claim": overstated_claim,
    "overstated-proof": overstated_proof,
    "vague-word": vague_word,
    "restated-number": restated_number,
}
ANSWER_CHECKS: dict[str, AnswerCheck] = {
    "vague-word": vague_word,
    "hard-to-read": hard_to_read,
    "undefined-term": undefined_term,
}
ALL: dict[str, Rule] = {**CHECKS, **ANSWER_CHECKS}


def run(project: Project, *, prose: bool = False) -> list[Finding]:
    """Everything that is wrong with the project, in order of place; with `prose` also what is
    wrong with the answers that readers get."""
    found = list(project.findings)
    for check in CHECKS.values():
        found += check.check(project)
    if prose and project.loaded and project.policy.header:
        found += _of_answers(project)
    return in_order(found)


def _of_answers(project: Project) -> Iterator[Finding]:
    from ..answers.compose import compose
    from ..answers.home import leads

    answers = [*(question.answer for question in compose(project)), *leads(project)]
    for check in ANSWER_CHECKS.values():
        yield from check.check_answers(project, answers)
