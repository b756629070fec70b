"""`explain`: the proof of a claim, or its witness, in words; or what a rule finds."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ..checks import ALL
from ..project import Project
from ..proof.model import FAILING, RULES, Judged
from ..values import nearest
from .common import CLEAN, FINDINGS, CannotRun, project_at

_VERDICTS = {
    "proved": "It holds on every path, and rests on settings that a tool executes.",
    "declared": "It holds, but rests on a description, not on settings that a tool executes.",
    "vacuous": "It says nothing, since one of its ends is absent.",
    "unknown": "It cannot be decided, so it is not taken to hold.",
    "violated": "It does not hold.",
}
_GRADES = {
    "observed": "read from a file that a tool executes",
    "default": "the tool's documented default",
    "described": "read from a description",
    "declared": "the word of an overlay",
    "unknown": "could not be read",
}


def explain(folder: Path, as_of: date, name: str) -> tuple[str, int]:
    """The explanation of a claim's id, or of a rule; 1 if the claim fails."""
    if name in ALL:
        return _rule(name), CLEAN
    project = project_at(folder, as_of)
    judged = project.proof.judged.get(name)
    if judged is None:
        raise CannotRun(_not_found(project, name))
    lines = list(_claim(project, judged))
    return "\n".join(lines) + "\n", FINDINGS if judged.verdict in FAILING else CLEAN


def _rule(name: str) -> str:
    check = ALL[name]
    return f"{name} ({check.SEVERITY})\n\n{inspect.cleandoc(check.__doc__ or '')}\n"


def _not_found(project: Project, name: str) -> str:
    if not project.loaded:
        return "the project has errors, so no claim was judged: see 'aboveboard check'"
    near = nearest(name, [*project.proof.judged, *ALL])
    hint = f"; did you mean '{near}'?" if near else ""
    return f"no claim and no rule is called '{name}'{hint}"


def _claim(project: Project, judged: Judged) -> Iterator[str]:
    claim = judged.claim
    yield claim.id
    yield f"  says:    {claim.statement}"
    yield f"  written: {claim.place}"
    yield f"  verdict: {judged.verdict}. {_VERDICTS[judged.verdict]}"
    if judged.why:
        yield f"  because: {judged.why}"
    if judged.caused_by:
        yield f"  cause:   the same fault as {judged.caused_by}"
    if judged.verdict in FAILING:
        yield f"  rule:    {RULES[claim.kind]}"
    if judged.evidence:
        yield "  rests on:"
        for fact in judged.evidence:
            yield f"    {fact.location}  {fact.text} ({_GRADES[fact.grade]})"
    if judged.witness:
        yield "  the path:" if judged.verdict in FAILING else "  a path:"
        for number, hop in enumerate(judged.witness, 1):
            yield f"    {number}. {hop.node} ({hop.kind}, {hop.location.path}:{hop.location.line})"
    files = ", ".join(sorted(project.pipeline.inputs))
    yield f"  in the files listed: {files or 'none'}"
