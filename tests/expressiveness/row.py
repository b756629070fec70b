"""One row of statements.tsv as a project: its policy, what the site says, and one changed value."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from aboveboard.checks import run
from aboveboard.load import load_project
from aboveboard.project import Project
from aboveboard.site.book import make
from aboveboard.site.pages import all_pages
from aboveboard.site.render import Renderer

HERE = Path(__file__).parent
ROWS = HERE / "rows"
DAY = date(2026, 12, 2)

# What a row may leave out. A row with a `policy:` block of its own replaces it.
HEADER = (HERE / "header.yml").read_text("utf-8")

# Keys whose values are prose: a statement that only they carry would be free text.
PROSE = frozenset(
    [
        "name",
        "label",
        "examples",
        "includes",
        "excludes",
        "why",
        "costs",
        "side-effects",
        "limits",
        "tested",
        "detector",
        "does",
        "cannot",
        "interest",
        "last-tested",
        "note",
        "ask",
        "answer",
        "contact",
        "reason",
    ]
)

Says = dict[str, list[str]]


@dataclass(frozen=True)
class Side:
    """One version of a row: its policy, what each page says, and what the check finds."""

    policy: str
    pipeline: str
    says: Says
    verdicts: dict[str, str]
    errors: list[str]


@dataclass(frozen=True)
class Change:
    """The one value that differs, as text; `effect` and `diff` are what `diff` says of it."""

    before: str
    after: str
    effect: str
    diff: str


@dataclass(frozen=True)
class Row:
    """A row's file: `policy` and `pipeline` as text, `says` by page, `verdicts` by claim."""

    id: str
    first: Side
    second: Side
    change: Change

    @classmethod
    def read(cls, file: Path) -> Row:
        """The file's content; KeyError or AssertionError where it is not a row."""
        said: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
        changed = said["change"]
        change = Change(changed["from"], changed["to"], changed["effect"], changed.get("diff", ""))
        first = _side(said["policy"], said.get("pipeline", ""), said)
        whole = first.policy + "\0" + first.pipeline
        assert whole.count(change.before) == 1, f"{file.name}: 'from' has to stand there once"
        policy, _, pipeline = whole.replace(change.before, change.after).partition("\0")
        return cls(file.stem, first, _side(policy, pipeline, said["then"]), change)


def _side(policy: str, pipeline: str, said: dict[str, Any]) -> Side:
    says = {page: [unnumbered(text) for text in texts] for page, texts in said["says"].items()}
    return Side(policy, pipeline, says, said.get("verdicts", {}), sorted(said.get("errors", [])))


@dataclass
class Made:
    """The project of one side, written to a folder and loaded."""

    folder: Path
    side: Side
    _pages: dict[str, str] = field(default_factory=dict)

    @cached_property
    def project(self) -> Project:
        own = re.search(r"^policy:", self.side.policy, re.MULTILINE)
        files = {"policy_data/row.yml": self.side.policy, "pipeline/row.yml": self.side.pipeline}
        if not own:
            files["policy_data/header.yml"] = HEADER
        for name, text in files.items():
            if text:
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / name).write_text(text, "utf-8")
        return load_project(self.folder, DAY)

    @property
    def errors(self) -> list[str]:
        """Rules of the errors, sorted, each finding once."""
        return sorted(f.rule for f in run(self.project) if f.severity == "error")

    @property
    def messages(self) -> list[str]:
        return [f"{f.location}: {f.message}" for f in run(self.project) if f.severity == "error"]

    @property
    def verdicts(self) -> dict[str, str]:
        return {id_: judged.verdict for id_, judged in self.project.proof.judged.items()}

    def page(self, path: str) -> str:
        """The text of a page as a reader sees it, white space folded."""
        if not self._pages:
            book = make(self.project)
            pages = all_pages(book)
            renderer = Renderer(book, pages, self.folder / "templates")
            self._pages = {page.path: _text(renderer.markdown(page)) for page in pages}
        return self._pages[path]


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NUMBER = re.compile(rf" \d{{1,2}}(?= (?!(?:{_MONTHS})\b)[A-Z“]|$)")


def unnumbered(text: str) -> str:
    """Without the numbers of notes, which change with whatever stands before them."""
    return _NUMBER.sub("", text)


def _text(markdown: str) -> str:
    body = markdown.split("\n---\n", 1)[1]
    said = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split()).replace(" .", ".")
    return unnumbered(said)
