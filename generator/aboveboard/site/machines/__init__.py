"""Machines are readers too: the files that a site holds for programs, one module each."""

from __future__ import annotations

from collections.abc import Callable

from ..book import Book
from . import facts, feed, gpc, llms, vocabulary

FILES: dict[str, Callable[[Book], str | None]] = {
    "policy.json": facts.file,
    "dpv.jsonld": vocabulary.file,
    "llms.txt": llms.file,
    feed.ADDRESS: feed.file,
    ".well-known/gpc.json": gpc.file,
}
"""Address to what makes the file; None: this site has none."""


def files(book: Book) -> dict[str, str]:
    """The files of a book, by address."""
    made = {path: make(book) for path, make in FILES.items()}
    return {path: text for path, text in made.items() if text is not None}
