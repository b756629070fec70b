"""One module per rule. Checks yield facts about a project; they never write and never print."""

from __future__ import annotations

from ..findings import Finding, in_order
from ..project import Project
from . import (
    fails_open,
    forbidden_flow,
    incomplete_question,
    joined_again,
    kept_too_long,
    opt_out_ignored,
    overstated_use,
    scope_leak,
    step_bypassed,
    unanswered_question,
    undeclared_flow,
    undeclared_recipient,
    unknown_fact,
    unknown_question,
    weaker_parameter,
)
from .base import Check

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
    "unanswered-question": unanswered_question,
    "unknown-question": unknown_question,
    "incomplete-question": incomplete_question,
    "unknown-fact": unknown_fact,
}


def run(project: Project) -> list[Finding]:
    """Everything that is wrong with the project, in order of place."""
    found = list(project.findings)
    for check in CHECKS.values():
        found += check.check(project)
    return in_order(found)
