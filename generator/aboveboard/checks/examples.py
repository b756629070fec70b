"""Examples of rules: the repository's own projects, which the tests run.

A wheel has those of checks and claims; it comes without broken files, on which the rules fire that
have no module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..proof.model import RULES

_SHIPPED = Path(__file__).parents[1] / "examples"
PROJECTS = _SHIPPED if _SHIPPED.is_dir() else Path(__file__).parents[3] / "tests" / "projects"
HERE, RELATED = "# <- here", "# <- see also"
_MARKS = {"expect": HERE, "related": RELATED}
_MARK = re.compile(r"(?:#|--) (expect|related): ([a-z, -]+)")
_MARK_AT = re.compile(r"# (expect|related) at (\S+):(\d+): ([a-z, -]+)\n")
_HEAD = 11  # lines of a release that say what it is
_DIGEST = re.compile(r"([0-9a-f]{12})[0-9a-f]{52}")
_TOLD = re.compile(r"^(\S+?):(\d+):\d+-\S+ ([a-z-]+)", re.MULTILINE)
_CLAIM = re.compile(r"^# claim: .*\n", re.MULTILINE)
_EXPECTED, _WELL = "expected.txt", "claims/use-is-real/declared"
# The plainest example of each fault that files can have. The others are about a checkout, a run
# that is too old, a table of thousands of cells, or a build.
FAULTY = {
    "invalid-yaml": "broken/yaml-colon-glued",
    "invalid-policy": "broken/date-no-such-day",
    "unknown-key": "broken/key-misspelt",
    "unknown-value": "broken/axis-value-unknown",
    "unknown-axis": "broken/axis-unknown",
    "reserved-axis": "broken/axis-reserved",
    "unknown-reference": "broken/reference-step",
    "given-twice": "broken/pipeline-step-twice",
    "scope-cycle": "broken/scope-cycle",
    "table-gap": "broken/table-gap",
    "table-overlap": "broken/table-overlap",
    "table-unreachable": "broken/table-unreachable",
    "stray-otherwise": "broken/stray-otherwise",
    "overstated-strength": "broken/strength-overstated",
    "missing-file": "broken/file-pattern-matches-nothing",
    "unreadable-pipeline": "broken/pipeline-unknown-key",
    "unknown-setting": "readers/otel-collector/misspelt-key",
    "unknown-version": "readers/otel-collector/unknown-version",
    "cyclic-steps": "broken/pipeline-cycle",
    "overlay-contradicts": "broken/overlay-contradicts",
    "unmatched-binding": "broken/binding-matches-nothing",
}
Marks = dict[tuple[str, int], str]


class File(NamedTuple):
    """A file of an example, with its path in the project; guilty lines end in `HERE`."""

    path: str
    text: str


def examples(rule: str) -> tuple[list[File], list[File]]:
    """A project that the rule finds fault with and one that it does not, where there are such."""
    kind = next((kind for kind, slug in RULES.items() if slug == rule), "")
    if kind:
        folder, bad, good = PROJECTS / "claims" / kind, "violated", "proved"
    else:
        folder, bad, good = PROJECTS / "checks" / rule, "bad", "ok"
    if folder.is_dir():
        return list(_files(folder / bad, rule)), list(_files(folder / good, rule))
    return _of_fault(rule)


def _of_fault(rule: str) -> tuple[list[File], list[File]]:
    """The files of a project for this rule in which it finds fault, and files of the same folders
    in which all is well; of a reader's project only the former."""
    if rule not in FAULTY:
        return [], []
    folder = PROJECTS / FAULTY[rule]
    if not (folder / _EXPECTED).is_file():
        return [file for file in _files(folder, rule) if HERE in file.text], []
    found = _TOLD.findall((folder / _EXPECTED).read_text("utf-8"))
    marks = {(path, int(line)): f"  {HERE}" for path, line, slug in found if slug == rule}
    bad = [file for file in _files(folder, rule, marks) if HERE in file.text]
    kinds = {file.path.partition("/")[0] for file in bad}
    whole = _files(PROJECTS / _WELL, rule)
    return bad, [file for file in whole if file.path.partition("/")[0] in kinds]


def _files(root: Path, rule: str, told: Marks | None = None) -> Iterator[File]:
    """What an example is made of: its YAML, and the first lines of its releases."""
    marks = dict(told or {})
    for file in sorted(root.rglob("*.yml")):
        path = file.relative_to(root).as_posix()
        text = file.read_bytes().decode("utf-8-sig", "replace").rstrip()
        for word, at, line, rules in _MARK_AT.findall(text):
            marks |= {(at, int(line)): f"  {_MARKS[word]}"} if rule in rules.split(", ") else {}
        text = _MARK.sub(lambda mark: _said(mark, rule), _MARK_AT.sub("", text))
        lines = [line.rstrip() for line in text.split("\n")]
        yield File(path, _CLAIM.sub("", _marked(path, lines, marks)).replace("\n\n", "\n"))
    for file in sorted(root.rglob("*.json")):
        path = file.relative_to(root).as_posix()
        lines = _DIGEST.sub(r"\1…", file.read_text("utf-8")).split("\n")[:_HEAD]
        yield File(path, _marked(path, lines, marks))


def _said(mark: re.Match[str], rule: str) -> str:
    return _MARKS[mark[1]] if rule in mark[2].strip().split(", ") else ""


def _marked(path: str, lines: list[str], marks: Marks) -> str:
    return "\n".join(line + marks.get((path, n), "") for n, line in enumerate(lines, 1))
