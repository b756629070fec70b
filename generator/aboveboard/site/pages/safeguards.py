"""What do models learn from it? One answer over all uses and kinds of data."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.entities import safeguards
from ..book import Book
from ..page import Page


def pages(book: Book) -> Iterator[Page]:
    """The page."""
    yield Page(
        "safeguards",
        "What do models learn from it?",
        "What is done against learned bias, and what that cannot do.",
        "entity.html.j2",
        {
            "kicker": "At a glance",
            "asks": "What is done so that models do not learn bias?",
            "shown": book.show(book.answer(safeguards), "safeguards"),
        },
        group="more",
    )
