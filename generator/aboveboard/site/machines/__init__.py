"""Machines are readers too: the files that a site holds for programs, one module each."""

from __future__ import annotations

from collections.abc import Callable

from ..book import Book
from . import facts, feed, gpc, llms, vocabulary

FILES: dict[str, Callable[[Book], str | None]] = {
    "policy.json": facts.file,
    "dpv.jsonld": vocabulary.file,
    ".well-known/gpc.json": gpc.file,
}
LINKED: dict[str, Callable[[Book, str], str | None]] = {
    "llms.txt": llms.file,
    feed.ADDRESS: feed.file,
}
"""Address to what makes the file; None: this site has none. Those of `LINKED` are read elsewhere:
where the address of the site is known, their links are whole."""


def files(book: Book, home: str = "") -> dict[str, str]:
    """The files of a book, by address; `home` is where the site lies, if that is known."""
    made = {path: make(book) for path, make in FILES.items()}
    made |= {path: make(book, home) for path, make in LINKED.items()}
    return {path: text for path, text in made.items() if text is not None}
