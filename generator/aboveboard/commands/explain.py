"""`explain`: the proof of a claim, or its witness, in words; or what a rule finds."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import indent

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
# The repository's own examples, which the tests run.
PROJECTS = Path(__file__).parents[3] / "tests" / "projects"
_MARK = re.compile(r"# (expect|related): [a-z, -]+")
_MARK_AT = re.compile(r"# (expect|related) at (\S+):(\d+): [a-z, -]+\n")
_HEAD = 11  # lines of a release that say what it is
_DIGEST = re.compile(r"([0-9a-f]{12})[0-9a-f]{52}")
_MARKS = {"expect": "# <- here", "related": "# <- see also"}


def explain(folder: Path, as_of: date, name: str) -> tuple[str, int]:
    """The explanation of a claim's id, or of a rule; 1 if the claim fails. Without a name, what
    rules there are."""
    if not name:
        return _rules(), CLEAN
    if name in ALL:
        return _rule(name), CLEAN
    project = project_at(folder, as_of)
    judged = project.proof.judged.get(name)
    if judged is None:
        raise CannotRun(_not_found(project, name))
    lines = list(_claim(project, judged))
    return "\n".join(lines) + "\n", FINDINGS if judged.verdict in FAILING else CLEAN


def _rules() -> str:
    """Every rule with its severity and what it finds."""
    lines = []
    for name, check in ALL.items():
        finds = inspect.cleandoc(check.__doc__ or "").partition("\n\n")[0]
        lines.append(f"{name} ({check.SEVERITY})\n{indent(finds, '    ')}\n")
    return "".join(lines)


def _rule(name: str) -> str:
    check = ALL[name]
    parts = [f"{name} ({check.SEVERITY})", inspect.cleandoc(check.__doc__ or ""), *_examples(name)]
    return "\n\n".join(parts) + "\n"


def _examples(rule: str) -> Iterator[str]:
    """A project that the rule finds fault with and one that it does not, where they can be found:
    an installed package comes without them."""
    kind = next((kind for kind, slug in RULES.items() if slug == rule), "")
    folder = PROJECTS / "claims" / kind if kind else PROJECTS / "checks" / rule
    for title, name in (
        ("An example that it finds fault with:", "violated" if kind else "bad"),
        ("An example that passes:", "proved" if kind else "ok"),
    ):
        for index, (path, text) in enumerate(_files(folder / name)):
            said = "with" if index else title
            yield said + "\n\n" + indent(f"# {path}\n{text}", "    ")


def _files(root: Path) -> Iterator[tuple[str, str]]:
    """What an example is made of: its YAML, and the first lines of its releases."""
    marks: dict[tuple[str, int], str] = {}
    for file in sorted(root.rglob("*.yml")):
        text = file.read_text("utf-8").rstrip().replace("\n\n", "\n")
        for word, path, line in _MARK_AT.findall(text):
            marks[(path, int(line))] = f"  {_MARKS[word]}"
        text = _MARK.sub(lambda mark: _MARKS[mark[1]], _MARK_AT.sub("", text))
        yield file.relative_to(root).as_posix(), text
    for file in sorted(root.rglob("*.json")):
        path = file.relative_to(root).as_posix()
        lines = _DIGEST.sub(r"\1…", file.read_text("utf-8")).split("\n")[:_HEAD]
        said = [line + marks.get((path, n), "") for n, line in enumerate(lines, 1)]
        yield path, "\n".join(said)


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
