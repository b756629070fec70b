"""How long is it kept? One answer over all uses and kinds of data."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.entities import retention
from ..book import Book
from ..page import Page
from ..pictures import Figure
from ..pictures.keeping import timeline


def pages(book: Book) -> Iterator[Page]:
    """The page."""
    yield Page(
        "retention",
        "How long is it kept?",
        "How long each kind of data is kept, and where.",
        "entity.html.j2",
        {
            "kicker": "At a glance",
            "asks": "How long do you keep it?",
            "shown": book.show(book.answer(retention), "retention"),
            "figure": _figure(book),
        },
        group="more",
    )


def _figure(book: Book) -> Figure:
    drawn = timeline(book)
    lead = (
        "Each bar is a time to keep. It ends where the data is deleted; an arrow has no last day. "
        "The details below say the same in words."
    )
    return Figure("picture", drawn.finding, lead, drawn.picture)
