"""The FAQ: an index of all questions, and a page of answers for each group."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.model import Question, Sentence
from .. import linked_data
from ..book import Book
from ..page import Page
from ..text import count, upper


def pages(book: Book) -> Iterator[Page]:
    """The index and the groups."""
    yield Page(
        "questions",
        "Questions and answers",
        f"{count(len(book.questions), 'answer')} about your data, in "
        f"{count(len(book.groups), 'group')}.",
        "questions.html.j2",
        group="questions",
    )
    groups = list(book.groups)
    for number, (group, questions) in enumerate(book.groups.items()):
        shown = [(q, book.show(q.answer, q.id)) for q in questions]
        yield Page(
            f"questions/{group}",
            book.titles[group],
            " ".join(q.asks for q in questions)[:300],
            "group.html.j2",
            {
                "number": number + 1,
                "answers": shown,
                "linked_data": linked_data.faq((q.asks, answer) for q, answer in shown),
                "choices": {q.id: _choices(book, q) for q in questions},
                "related": {q.id: _related(book, q) for q in questions},
                "before": groups[number - 1] if number else "",
                "after": groups[number + 1] if number + 1 < len(groups) else "",
            },
            group="questions",
            parts=tuple((q.id, q.asks) for q in questions),
        )


def _related(book: Book, question: Question) -> list[tuple[str, str]]:
    """What a question names as related: questions, and pages by their path; others are not here."""
    policy = book.project.policy
    asks = {q.id: q.asks for q in book.questions}
    found = []
    for name in question.related:
        kind, _, id_ = name.partition("/")
        if name in asks:
            found.append((book.addresses[name], asks[name]))
        elif kind in ("controls", "data", "uses") and id_ in policy.entities(kind):
            found.append((name, upper(policy.entities(kind)[id_].name)))
    return found


def _choices(book: Book, question: Question) -> list[tuple[str, str]]:
    """The controls that the answer leads to."""
    controls = book.project.policy.controls
    found = {s.link.removeprefix("controls/"): s.link for s in _said(question)}
    return [(link, upper(controls[id_].name)) for id_, link in found.items() if id_ in controls]


def _said(question: Question) -> list[Sentence]:
    return [s for s in question.answer.sentences() if s.link.startswith("controls/")]
