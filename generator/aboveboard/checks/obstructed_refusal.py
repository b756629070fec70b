"""Some readers can refuse only by paying, by writing to the service, or if they pass a hurdle.

Why it matters: a refusal of a default is a decision, not an application. A price, an identity
check, a reason to give, or a person who has to read and act on it keep people from it (11 CCR
7004(a)(5); EDPB Guidelines 03/2022, "obstructing").

How to fix it: offer a switch or a form that costs and needs nothing, beside the other ways if you
like.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..policy.choices import Control
from ..project import Project
from ..values import listed
from .sense import Opening, controls_of, left_out, openings

SLUG = "obstructed-refusal"
SEVERITY: Severity = "warning"
HINT = "offer a switch or a form that costs and needs nothing"
KINDS = {
    "upgrade": "by paying",
    "e-mail": "by e-mail",
    "ticket": "by a ticket",
    "contract": "by a contract",
    "workaround": "by a workaround",
}
NEEDS = {
    "identity-check": "after an identity check",
    "a-reason": "with a reason",
    "approval": "if it is approved",
}
MONEY = frozenset(
    ["pay", "pays", "paid", "paying", "payment", "price", "fee", "fees", "subscription", "upgrade"]
)


def check(project: Project) -> Iterator[Finding]:
    """Each `opt-out` line on which some people find obstructed controls only.

    What an organisation decides, it decides by contract anyway.
    """
    for opening in openings(project, "opt-out"):
        controls = controls_of(project, opening)
        free = [[control.scope] for control in controls if not _obstacle(control)[0]]
        if len(free) < len(controls) and (who := left_out(project, [opening.readers], free)):
            yield _finding(project, opening, who)


def _obstacle(control: Control) -> tuple[str, str]:
    """What stands in the way, and the key that says so."""
    if control.by not in ("you", "parent"):
        return "", ""
    if control.kind in KINDS:
        return KINDS[control.kind], "kind"
    if control.needs in NEEDS:
        return NEEDS[control.needs], "needs"
    words = {word.strip(".,;:()") for word in control.costs.lower().split()}
    costs_money = MONEY & words or any(sign in control.costs for sign in "$€£¥")
    return ("by paying", "costs") if costs_money else ("", "")


def _finding(project: Project, opening: Opening, who: str) -> Finding:
    policy = project.policy
    known = {i: policy.controls[i] for i in opening.line.control if i in policy.controls}
    ways = [(id_, *_obstacle(control)) for id_, control in known.items()]
    (first, _, key), *others = [way for way in ways if way[1]]
    only = listed(dict.fromkeys(how for _, how, _ in ways if how), "or")
    return Finding(
        SLUG,
        f"{opening.does}: {who} can refuse only {only}",
        policy.at("controls", first, key),
        SEVERITY,
        HINT,
        (
            opening.at(project, "control", message="no other control here"),
            *(policy.at("controls", i, k)._replace(message=how) for i, how, k in others),
        ),
    )
