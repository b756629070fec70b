"""Is it anonymised? One answer over all uses and kinds of data."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.entities import anonymisation
from ..book import Book
from ..page import Page


def pages(book: Book) -> Iterator[Page]:
    """The page."""
    yield Page(
        "anonymisation",
        "Is it anonymised?",
        "What is removed from your data, when, and what stays.",
        "entity.html.j2",
        {
            "kicker": "At a glance",
            "asks": "Is my data anonymised before it is used?",
            "shown": book.show(book.answer(anonymisation), "anonymisation"),
        },
        group="more",
    )
