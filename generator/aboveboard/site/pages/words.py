"""Words we use: the few words of this site that mean something exact."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.glossary import explained
from ..book import Book
from ..page import Page


def pages(book: Book) -> Iterator[Page]:
    """The page."""
    yield Page(
        "words",
        "Words we use",
        "What the words on this site mean.",
        "words.html.j2",
        {"words": explained(book.header.words)},
        group="more",
    )
