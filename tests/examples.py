"""What tests share about the example projects: where they are, and how to run one."""

import re
from datetime import date
from pathlib import Path

import yaml

from aboveboard import checks
from aboveboard.findings import Finding, in_order
from aboveboard.links import run as following
from aboveboard.links.address import Web
from aboveboard.links.collect import links
from aboveboard.links.web import Answer, Client
from aboveboard.load import load_project
from aboveboard.project import Project
from aboveboard.review.since import Since

PROJECTS = Path(__file__).parent / "projects"
CLAIMS = PROJECTS / "claims"
BROKEN = PROJECTS / "broken"
EXAMPLES = PROJECTS / "checks"
READERS = PROJECTS / "readers"
TODAY = date(2026, 12, 1)
OPEN = "unanswered-question"

# JSON has no comments: there a key "//" holds the mark, or a mark elsewhere says where its fault
# is: `# expect at PATH:LINE: RULE`.
_MARK = re.compile(
    r'(?:# |-- |<!-- |"//\d?": ")(expect|related)(?: at (\S+):(\d+))?: ([a-z-]+(?:, [a-z-]+)*)'
)
_MARKED = (".yml", ".md", ".txt", ".json", ".ndjson", ".sql")

Marks = list[tuple[str, int, str]]


def run(root: Path, *, prose: bool = False) -> tuple[Project, list[Finding]]:
    """The project in a folder, and everything that is wrong with it.

    In `base/` is the earlier state that it is compared with, if there is one, and in `answers.yml` what hosts answer, and where the site will lie. An example is short on purpose: of the questions that it leaves open nothing is told here,
    unless it is about just that.
    """
    project = load_project(root, TODAY)
    left = "" if root.parent.name == OPEN else OPEN
    found = [f for f in checks.run(project, prose=prose) if f.rule != left]
    if (root / "base").is_dir():
        found += checks.run_since(Since(load_project(root / "base", TODAY), project, "base", "/"))
    if (root / "answers.yml").is_file():
        found += _led(root / "answers.yml", project)
    return project, in_order(found)


class _Hosts(Client):
    """Answers as a file says; no network is asked, and nobody waits."""

    def get(self, target: Web) -> Answer:
        said = _ANSWERS[target.address]
        return Answer(int(said["status"]), str(said.get("location", "")))


_ANSWERS: dict[str, dict[str, str | int]] = {}


def _led(file: Path, project: Project) -> list[Finding]:
    """What is wrong with the links of an example."""
    said = yaml.safe_load(file.read_text("utf-8"))
    site = said.pop("site", "https://elsewhere.example/")
    _ANSWERS.clear()
    _ANSWERS.update(said)
    found = links(project.policy, site)
    return checks.run_links(found, following.trips(found, _Hosts(), pause=0), site)


def marked(root: Path, word: str) -> Marks:
    """The (path, line, rule) of every `# expect:` or `# related:` in a project's files."""
    found = []
    for file in sorted(f for f in root.rglob("*") if f.suffix in _MARKED):
        for number, line in enumerate(file.read_text("utf-8").split("\n"), 1):
            for kind, there, at, rules in _MARK.findall(line):
                if kind == word:
                    path = there or file.relative_to(root).as_posix()
                    found += [(path, int(at or number), rule) for rule in rules.split(", ")]
    return sorted(found)


def rendered(findings: list[Finding]) -> str:
    """One line a finding: `path:line:column-end rule message | hint`, `-` for nowhere."""
    return "".join(_line(finding) + "\n" for finding in findings)


def _line(finding: Finding) -> str:
    place, rule = finding.location, finding.rule
    where = "-" if place is None else f"{place}-{place.end_line}:{place.end_column}"
    if finding.severity != "error":
        rule += f" ({finding.severity})"
    related = "".join(f" [{other}]" for other in finding.related)
    hint = f" | {finding.hint}" if finding.hint else ""
    return f"{where} {rule} {finding.message}{hint}{related}"
