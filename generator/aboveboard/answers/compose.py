"""All questions of the FAQ in order, each with its answer for one project."""

from __future__ import annotations

from ..project import Project
from .groups import GROUPS
from .model import Question
from .questions import QUESTIONS


def compose(project: Project) -> list[Question]:
    """Every question, group by group; one that lacks a fact says which in `answer.missing`."""
    order = list(GROUPS)
    asked = sorted(QUESTIONS.values(), key=lambda question: order.index(question.GROUP))
    return [
        Question(q.ID, q.GROUP, q.ASKS, q.PARAPHRASES, q.RELATED, q.answer(project)) for q in asked
    ]
