"""All questions of the FAQ in order, each with its answer for one project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..policy.faq import Question as Entry
from ..project import Project
from .facts import Facts
from .groups import GROUPS
from .model import Answer, LeftOut, Question, Sentence
from .prose import BadTemplate, filled
from .questions import QUESTIONS
from .wording import sentence

_ENDS = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])")


def compose(project: Project) -> list[Question]:
    """Every question, group by group; one that lacks a fact says which in `answer.missing`."""
    return Facts.of(project).kept(("compose",), lambda: _composed(project))


def _composed(project: Project) -> list[Question]:
    found = [*_built_in(project), *_own(project)]
    return [question for group in GROUPS for question in _placed(project, found, group)]


def left_out(project: Project) -> list[LeftOut]:
    """The questions of the FAQ that are left out, in their order."""
    entries = project.policy.questions
    return [
        LeftOut(
            id_,
            question.ASKS,
            sentence(entry.left_out),
            project.policy.at("questions", id_, "left-out"),
        )
        for id_, question in QUESTIONS.items()
        if (entry := entries.get(id_)) and entry.left_out
    ]


def _built_in(project: Project) -> Iterator[Question]:
    """The questions that come with the tool, in the team's words where it has some."""
    facts = Facts.of(project)
    for id_, asked in QUESTIONS.items():
        entry = project.policy.questions.get(id_)
        if entry is None:
            yield Question(
                id_, asked.GROUP, asked.ASKS, asked.PARAPHRASES, asked.RELATED,
                facts.answer(asked.answer),
            )  # fmt: skip
        elif not entry.left_out:
            yield Question(
                id_,
                entry.group or asked.GROUP,
                entry.ask or asked.ASKS,
                (*asked.PARAPHRASES, *entry.paraphrases),
                (*asked.RELATED, *entry.about),
                _with_prose(project, id_, facts.answer(asked.answer), entry),
            )


def _own(project: Project) -> Iterator[Question]:
    """The questions that a team adds; one that is not whole is a finding, and not here."""
    for id_, entry in project.policy.questions.items():
        if id_ not in QUESTIONS and entry.ask and entry.group and entry.answer:
            answer = _with_prose(project, id_, Answer(entry.ask, ()), entry)
            about = tuple(entry.about)
            yield Question(id_, entry.group, entry.ask, tuple(entry.paraphrases), about, answer)


def _with_prose(project: Project, id_: str, answer: Answer, entry: Entry) -> Answer:
    """The answer in the team's words: prose stands behind what facts say, or for what they lack."""
    asks = entry.ask or answer.question
    if not entry.answer:
        return replace(answer, question=asks)
    place = project.policy.at("questions", id_, "answer")
    try:
        text = filled(project, entry.answer)
    except BadTemplate as bad:
        return replace(answer, question=asks, missing=answer.missing or bad.fault.message)
    parts = (part for part in _ENDS.split(" ".join(text.split())) if part)
    said = tuple(
        Sentence(sentence(part), source=place, about=("questions", id_, "answer")) for part in parts
    )
    return replace(answer, question=asks, short=(*answer.short, *said), missing="")


def _placed(project: Project, found: list[Question], group: str) -> list[Question]:
    """The questions of a group in order; those with a `place` stand there."""
    entries = project.policy.questions
    mine = [question for question in found if question.group == group]
    places = {q.id: entry.place for q in mine if (entry := entries.get(q.id)) and entry.place}
    listed = [question for question in mine if question.id not in places]
    for question in sorted((q for q in mine if q.id in places), key=lambda q: places[q.id] or 0):
        listed.insert((places[question.id] or 1) - 1, question)
    return listed
