"""All that pages are made from: the project, its questions, and who is where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from ..answers.facts import Facts
from ..answers.model import Answer, LeftOut, Question
from ..policy.entities import Controller, Header
from ..project import Project
from ..proof.model import Judged
from .evidence import Compared, compared, whole_digest
from .history import History, Step
from .page import Page
from .view import Board, Pair, Shown, show


class Wording(NamedTuple):
    """Since when words hold, None if no release has them; `one` says that they are one answer."""

    day: date | None
    one: bool


@dataclass
class Book:
    """The content of one build. Pages read it; nothing changes it."""

    project: Project
    questions: tuple[Question, ...]
    leads: tuple[Answer, ...]
    titles: dict[str, str]
    left_out: tuple[LeftOut, ...] = ()
    draft: bool = False
    errors: int = 0
    past: bool = False
    _shown: dict[tuple[int, str], Shown] = field(default_factory=dict)
    _compared: dict[str, Compared] = field(default_factory=dict)

    @cached_property
    def header(self) -> Header:
        header = self.project.policy.header
        assert header is not None, "a loaded project has a header"
        return header

    @cached_property
    def groups(self) -> dict[str, list[Question]]:
        """The questions by group, in the order of the groups; no empty ones."""
        found: dict[str, list[Question]] = {group: [] for group in self.titles}
        for question in self.questions:
            found[question.group].append(question)
        return {group: asked for group, asked in found.items() if asked}

    @cached_property
    def addresses(self) -> dict[str, str]:
        """The page and part of each question."""
        return {q.id: f"questions/{q.group}#{q.id}" for q in self.questions}

    @cached_property
    def statements(self) -> tuple[Pair, ...]:
        """Each statement of an answer to a question, once."""
        said = (pair for q in self.questions for pair in self.show(q.answer, q.id).pairs)
        return tuple({pair.text: pair for pair in said}.values())

    @cached_property
    def line(self) -> Board:
        """The line of the whole site, the statements that match first."""
        order = ("proved", "declared", "unknown", "vacuous", "violated", "corrected")
        return Board(tuple(sorted((p.verdict for p in self.statements), key=order.index)))

    @property
    def beyond(self) -> int:
        """How many statements no setting can show."""
        return sum(not pair.compared for pair in self.statements)

    @cached_property
    def history(self) -> History:
        """The releases; a book of the past has none. BadRelease says which cannot be read."""
        return History(self.project, () if self.past else None)

    def wording(self, page: Page) -> Wording | None:
        """Since when the words of a page hold; None where nothing was released, and for pages about
        versions."""
        if page.group == "changes":
            return None
        if page.group == "questions" and page.parts:
            paths = [f"questions/{id_}" for id_, _ in page.parts]
        else:
            paths = self.history.below(page.path)
        since = self.history.since(*paths)
        return Wording(since.day, paths == [page.path]) if since else None

    @cached_property
    def digest(self) -> str:
        return whole_digest(self.project)

    @property
    def since(self) -> str:
        """What stands before the day from which this version holds."""
        return "since" if self.header.effective <= self.project.as_of else "from"

    @cached_property
    def held(self) -> Step | None:
        """The release that holds today, where this version is not in force yet."""
        today = self.project.as_of
        if self.past or self.header.effective <= today:
            return None
        for step in self.history.steps:
            if step.since <= today and (step.until is None or step.until > today):
                return step if step.version != self.header.version else None
        return None

    @property
    def wrong(self) -> str:
        """How to say that something on the site is wrong."""
        return self.header.wrong or self.header.controllers[0].contact

    @cached_property
    def differs(self) -> str:
        """The question that leads to a reader's own rules; "" where all have the same."""
        lines = (line for door in self.project.doors for line in door.lines)
        if not any(line.scope for line in lines):
            return ""
        return "Was this about your plan?" if "plan" in self.header.axes else "Was this about you?"

    @property
    def controllers(self) -> list[Controller]:
        return self.header.controllers

    def show(self, answer: Answer, prefix: str) -> Shown:
        """The answer with its verdicts; `prefix` keeps the ids of its parts unique on a page."""
        key = (id(answer), prefix)
        if key not in self._shown:
            self._shown[key] = show(self.project, self.compared, answer, prefix)
        return self._shown[key]

    def answer(self, about: Callable[..., Answer], *ids: str) -> Answer:
        """What `about` says of an entity, asked once."""
        return Facts.of(self.project).answer(about, *ids)

    def compared(self, judged: Judged) -> Compared:
        """The public part of a claim."""
        key = judged.claim.id
        if key not in self._compared:
            self._compared[key] = compared(self.project, judged)
        return self._compared[key]


def make(project: Project, *, draft: bool = False, errors: int = 0) -> Book:
    """The book of a loaded project."""
    from ..answers.compose import compose, left_out
    from ..answers.groups import GROUPS
    from ..answers.home import leads

    return Book(
        project,
        tuple(compose(project)),
        tuple(leads(project)),
        dict(GROUPS),
        tuple(left_out(project)),
        draft,
        errors,
    )


def of_release(project: Project) -> Book:
    """The book of a past state: its pages are made from what was recorded."""
    return Book(project, (), (), {}, past=True)
