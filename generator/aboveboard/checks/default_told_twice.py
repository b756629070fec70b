"""One control is on by default in one statement and off by default in another, for one reader.

Why it matters: two policies of one company described one switch in opposite directions on the
same day. A switch that nobody touched stands in one position.

How to fix it: give both lines the same state for these readers, or name two controls; make
`asked.no-answer` agree with the state. Where nobody gets on without an answer, and none is preset,
nothing is on until it is switched off: take `asked` out, or make the state `opt-in` or `ask`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..policy.choices import Asked
from ..project import Project
from .sense import Opening, deciding, distinct, left_out

SLUG = "default-told-twice"
SEVERITY: Severity = "error"
HINT = "give it one state for these readers, or name two controls"
UNTOUCHED = {"opt-out": "allowed", "opt-in": "refused", "ask": "refused"}


def check(project: Project) -> Iterator[Finding]:
    """Each control whose untouched position is told both ways to somebody."""
    for id_, lines in deciding(project).items():
        allowed = distinct(one for one in lines if one.line.state == "opt-out")
        refused = distinct(one for one in lines if one.line.state == "opt-in")
        for one in refused:
            other, who = _clash(project, one, allowed)
            if other and who:
                yield Finding(
                    SLUG,
                    f"'{id_}' is off by default for {who}, and on by default elsewhere",
                    one.at(project, "state"),
                    SEVERITY,
                    HINT,
                    (other.at(project, "state", message="on by default here"),),
                )
        yield from _silence(project, id_, lines)


def _clash(
    project: Project, one: Opening, others: list[Opening]
) -> tuple[Opening | None, str | None]:
    """The first line that tells readers of `one` the opposite, and which readers."""
    for other in others:
        who = left_out(project, [one.readers, other.readers])
        if who:
            return other, who
    return None, None


def _silence(project: Project, id_: str, lines: list[Opening]) -> Iterator[Finding]:
    """What no answer counts as, where a line says the opposite."""
    control = project.policy.controls.get(id_)
    for index, asked in enumerate(control.asked if control else ()):
        counts = _counts(asked)
        if not counts:
            continue
        said = f"no answer counts as '{asked.no_answer}'"
        if asked.no_answer == "locked-out":
            said = "nobody gets on without an answer, and none is preset"
        for one in lines:
            who = UNTOUCHED[one.line.state] != counts and left_out(
                project, [one.readers, asked.scope]
            )
            if who:
                yield Finding(
                    SLUG,
                    f"{said}, yet {one.does} is '{one.line.state}' for {who}",
                    project.policy.at("controls", id_, "asked", index, "no-answer"),
                    SEVERITY,
                    HINT,
                    (one.at(project, "state", message="says the opposite"),),
                )
                break


def _counts(asked: Asked) -> str:
    """The position before any answer, so far as the asking says it; "" if it does not.

    Whoever must answer at once, with nothing preset, has allowed nothing until then.
    """
    if asked.no_answer == "locked-out":
        return "refused" if asked.preset == "none" and not asked.deadline else ""
    return asked.no_answer or ""
