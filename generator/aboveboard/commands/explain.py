"""`explain`: the proof of a claim, or its witness, in words; or what a rule finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import indent

from ..checks.examples import File, examples
from ..checks.told import rules, told
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


def explain(
    folder: Path, as_of: date, name: str, *, with_examples: bool = False
) -> tuple[str, int]:
    """The explanation of a claim's id, or of a rule, with its examples or where they are; 1 if the
    claim fails. Without a name, what rules there are."""
    if not name:
        return _rules(), CLEAN
    if name in rules():
        return _rule(name, with_examples), CLEAN
    project = project_at(folder, as_of)
    judged = project.proof.judged.get(name)
    if judged is None:
        raise CannotRun(_not_found(project, name))
    lines = list(_claim(project, judged))
    return "\n".join(lines) + "\n", FINDINGS if judged.verdict in FAILING else CLEAN


def _rules() -> str:
    """Every rule with its severity and what it finds."""
    said = (told(name) for name in rules())
    return "".join(f"{one.slug} ({one.severity})\n{indent(one.short, '    ')}\n" for one in said)


def _rule(name: str, with_examples: bool) -> str:
    """What a rule says of itself; its examples, where they can be found, only if asked for."""
    said, found = told(name), examples(name)
    parts = [f"{name} ({said.severity})", said.text]
    if with_examples:
        parts += _examples(*found)
    elif any(found):
        parts.append(f"Examples: `aboveboard explain {name} --examples`")
    return "\n\n".join(parts) + "\n"


def _examples(bad: list[File], good: list[File]) -> Iterator[str]:
    """The files of a project that the rule finds fault with, and of one that passes."""
    titles = ("An example that it finds fault with:", bad), ("An example that passes:", good)
    for title, files in titles:
        for index, (path, text) in enumerate(files):
            yield "with" if index else title
            yield indent(f"# {path}\n{text}", "    ")


def _not_found(project: Project, name: str) -> str:
    if not project.loaded:
        return "the project has errors, so no claim was judged: see 'aboveboard check'"
    near = nearest(name, [*project.proof.judged, *rules()])
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
    if correction := project.corrected.get(claim.id):
        expires = project.policy.corrections[correction].expires.isoformat()
        yield f"  instead: corrections/{correction} stands in its place until {expires}"
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
