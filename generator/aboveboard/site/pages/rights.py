"""Your rights: what people can ask for, how, and what the policy does not say."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.entities import rights_answer
from ..book import Book
from ..page import Page


def pages(book: Book) -> Iterator[Page]:
    """The page."""
    yield Page(
        "rights",
        "Your rights",
        "How to get a copy of your data, correct it, have it erased, or object.",
        "entity.html.j2",
        {
            "kicker": "At a glance",
            "asks": "What can I ask for, and how?",
            "shown": book.show(book.answer(rights_answer), "rights"),
        },
        group="more",
    )
