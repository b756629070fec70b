"""Everything on one page: all answers, for printing, saving and reading through."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...answers.entities import control_answer, data_answer, use_answer
from ...answers.model import Answer
from ...answers.whole import TOPICS
from ..book import Book
from ..page import Page
from ..text import upper
from ..view import Shown


def pages(book: Book) -> Iterator[Page]:
    """The page."""
    yield Page(
        "everything",
        "Everything on one page",
        "All answers on one page, to print or keep.",
        "everything.html.j2",
        {
            "groups": [
                (
                    book.titles[group],
                    [(q.asks, book.show(q.answer, f"all-{q.id}")) for q in asked],
                    True,
                )
                for group, asked in book.groups.items()
            ],
            "chapters": [
                ("Your choices", _each(book, "controls", control_answer), False),
                ("What it is used for", _each(book, "uses", use_answer), False),
                ("Your data, kind by kind", _each(book, "data", data_answer), False),
                ("At a glance", _topics(book), False),
            ],
        },
        group="more",
        searched=False,
    )


def _each(book: Book, kind: str, answer: Callable[..., Answer]) -> list[tuple[str, Shown]]:
    return [
        (upper(entity.name), book.show(book.answer(answer, id_), f"all-{kind}-{id_}"))
        for id_, entity in book.project.policy.entities(kind).items()
    ]


def _topics(book: Book) -> list[tuple[str, Shown]]:
    return [
        (title, book.show(book.answer(about), f"all-topic-{number}"))
        for number, (title, about) in enumerate(TOPICS.values(), 1)
    ]
