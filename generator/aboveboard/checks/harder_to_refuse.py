"""To refuse is harder than to allow: more clicks, another channel, a form, a reason, a price.

Why it matters: the way to more privacy must not be longer than the way to less (11 CCR 7004(a)(2));
consent is as easy to withdraw as to give (GDPR Article 7(3)).

How to fix it: let people refuse where they allow, in as many clicks, with no more conditions.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Location, Severity
from ..policy.choices import Control, Way
from ..project import Project
from .sense import Opening, controls_of, deciding, left_out, openings

SLUG = "harder-to-refuse"
SEVERITY: Severity = "warning"
HINT = "let people refuse where they allow, in as many clicks, with no more conditions"
# from the easiest to the hardest
KINDS = (
    "prompt",
    "signal",
    "switch",
    "form",
    "e-mail",
    "ticket",
    "contract",
    "upgrade",
    "workaround",
)
NEEDS = ("nothing", "an-account", "a-reason", "identity-check", "approval")
IN_PRODUCT = ("sign-up", "pop-up", "each-time")


def check(project: Project) -> Iterator[Finding]:
    """Within one control, its clicks and the way it is asked; and between controls of one route."""
    for id_ in deciding(project):
        control = project.policy.controls.get(id_)
        if control and control.by == "you":
            yield from _longer(project, id_, control)
            yield from _asked_nearer(project, id_, control)
    yield from _between(project)


# -- one control -----------------------------------------------------------------------------


def _longer(project: Project, id_: str, control: Control) -> Iterator[Finding]:
    """Ways to refuse that are longer than the way to allow of the same readers."""
    allowing = [(n, way) for n, way in enumerate(control.how) if way.to == "allowed"]
    refusing = [(n, way) for n, way in enumerate(control.how) if way.to != "allowed"]
    for index, way in refusing if allowing else ():
        for other, easier in allowing:
            if _effort(way) <= _effort(easier):
                continue
            short = [[w.scope] for _, w in refusing if _effort(w) <= _effort(easier)]
            who = left_out(project, [way.scope, easier.scope], short)
            if who:
                yield _finding(
                    f"'{id_}': to refuse takes {_said(way)}, to allow {_said(easier)}, for {who}",
                    project.policy.at("controls", id_, "how", index, "do"),
                    project.policy.at("controls", id_, "how", other, "do"),
                    "the way to allow",
                )
                break


def _effort(way: Way) -> tuple[bool, int]:
    return (bool(way.url and way.url.startswith("mailto:")), len(way.do))


def _said(way: Way) -> str:
    clicks = f"{len(way.do)} step{'' if len(way.do) == 1 else 's'}"
    return f"{clicks} and an e-mail" if _effort(way)[0] else clicks


def _asked_nearer(project: Project, id_: str, control: Control) -> Iterator[Finding]:
    """A yes that is asked for in the product, and a no that has to be sent or bought."""
    if KINDS.index(control.kind) <= KINDS.index("switch"):
        return
    for index, asked in enumerate(control.asked):
        if asked.where in IN_PRODUCT:
            place = project.policy.at("controls", id_, "asked", index, "where")
            yield _finding(
                f"'{id_}' is allowed in the product ({asked.where}), and refused by {control.kind}",
                project.policy.at("controls", id_, "kind"),
                place,
                "asked here",
            )
            break


# -- two controls of one route ---------------------------------------------------------------


def _between(project: Project) -> Iterator[Finding]:
    """An `opt-out` line whose easiest control is harder than that of an `opt-in` line beside it."""
    ins: dict[str, Opening] = {}
    for opening in openings(project, "opt-in"):
        ins.setdefault(opening.door.key, opening)
    for opening in openings(project, "opt-out") if ins else ():
        beside = ins.get(opening.door.key)
        one, other = _easiest(project, opening), beside and _easiest(project, beside)
        if one and other and beside and (said := _conditions(one, other)):
            yield _finding(
                f"{opening.does}: to opt out {said}",
                opening.at(project, "control"),
                beside.at(project, "control"),
                "to opt in is easier",
            )


def _easiest(project: Project, opening: Opening) -> Control | None:
    mine = [c for c in controls_of(project, opening) if c.by == "you"]
    return min(mine, key=lambda c: (KINDS.index(c.kind), NEEDS.index(c.needs)), default=None)


def _conditions(one: Control, other: Control) -> str:
    """What makes the first harder to use than the second."""
    if KINDS.index(one.kind) > max(KINDS.index(other.kind), KINDS.index("switch")):
        return f"takes a {one.kind}, to opt in a {other.kind}"
    if NEEDS.index(one.needs) > NEEDS.index(other.needs):
        return f"needs {one.needs}, to opt in {other.needs}"
    return ""


def _finding(message: str, place: Location, related: Location, said: str) -> Finding:
    return Finding(SLUG, message, place, SEVERITY, HINT, (related._replace(message=said),))
