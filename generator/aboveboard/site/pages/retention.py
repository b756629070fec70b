"""How long is it kept? One answer over all uses and kinds of data."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.entities import retention
from ..book import Book
from ..page import Page


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
        },
        group="more",
    )
