"""Who gets it? One answer over all uses and kinds of data."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.entities import recipients
from ..book import Book
from ..page import Page
from ..pictures import Figure
from ..pictures.seeing import matrix


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
            "figure": _figure(book),
        },
        group="more",
    )


def _figure(book: Book) -> Figure:
    found = matrix(book)
    lead = "A mark for each kind of data and each recipient. It shows the most that they get."
    return Figure(
        "picture", found.finding, lead, found.picture, found.marks, found, numbers=found.numbers
    )
