"""Who gets it? One answer over all uses and kinds of data."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.entities import recipients
from ..book import Book
from ..page import Page


def pages(book: Book) -> Iterator[Page]:
    """The page."""
    yield Page(
        "recipients",
        "Who gets it?",
        "Who else gets your data, and who reads it.",
        "entity.html.j2",
        {
            "kicker": "At a glance",
            "asks": "Who else gets it?",
            "shown": book.show(book.answer(recipients), "recipients"),
        },
        group="more",
    )
