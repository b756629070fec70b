"""All that the site says, in the order of its page with everything on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ..project import Project
from .compose import compose
from .entities import (
    anonymisation,
    control_answer,
    data_answer,
    recipients,
    retention,
    rights_answer,
    safeguards,
    use_answer,
)
from .facts import Facts
from .groups import GROUPS
from .home import leads
from .model import Answer, Question
from .wording import upper

# The topics that have a page each, by its path.
TOPICS: dict[str, tuple[str, Callable[[Project], Answer]]] = {
    "anonymisation": ("Is it anonymised?", anonymisation),
    "retention": ("How long is it kept?", retention),
    "recipients": ("Who gets it?", recipients),
    "rights": ("Your rights", rights_answer),
    "safeguards": ("What do models learn from it?", safeguards),
}
_OF_KINDS: tuple[tuple[str, str, Callable[[Project, str], Answer]], ...] = (
    ("controls", "Your choices", control_answer),
    ("uses", "What it is used for", use_answer),
    ("data", "Your data, kind by kind", data_answer),
)
SHORT = "The short version"

Ask = Callable[..., Answer]  # answers `about(project, *ids)`, or knows that answer already


class Part(NamedTuple):
    """An answer with its title; `path` is where it stands for good, such as `controls/ID`.

    Of a question it is `questions/ID`, whatever group it stands in.
    """

    path: str
    title: str
    answer: Answer


class Chapter(NamedTuple):
    """Some answers under one title."""

    title: str
    parts: tuple[Part, ...]


def whole(project: Project) -> tuple[Chapter, ...]:
    """Every answer of a project, the short version first; chapters without any are left out."""
    ask = Facts.of(project).answer
    short = (Part(f"home/{n}", a.question, a) for n, a in enumerate(leads(project), 1))
    found = (
        Chapter(SHORT, tuple(short)),
        *of_questions(compose(project)),
        *of_entities(project, ask),
    )
    return tuple(chapter for chapter in found if chapter.parts)


def of_questions(questions: Sequence[Question]) -> Iterator[Chapter]:
    """A chapter for each group of the FAQ."""
    for group, title in GROUPS.items():
        asked = (q for q in questions if q.group == group)
        yield Chapter(title, tuple(Part(f"questions/{q.id}", q.asks, q.answer) for q in asked))


def of_entities(project: Project, ask: Ask) -> Iterator[Chapter]:
    """Choices, uses and data one by one, and the topics over all of them."""
    for kind, title, about in _OF_KINDS:
        entities = project.policy.entities(kind)
        parts = (
            Part(f"{kind}/{id_}", upper(e.name), ask(about, id_)) for id_, e in entities.items()
        )
        yield Chapter(title, tuple(parts))
    topics = (Part(path, title, ask(about)) for path, (title, about) in TOPICS.items())
    yield Chapter("At a glance", tuple(topics))
