"""What changed: the versions, newest first, with what is different in each."""

from __future__ import annotations

from collections.abc import Iterator

from ..book import Book
from ..log import corrected
from ..machines.feed import ADDRESS
from ..page import Page
from ..text import count

PATH = "changes"


def pages(book: Book) -> Iterator[Page]:
    """The page; a site without releases has none."""
    history = book.history
    if not history:
        return
    project = book.project
    known = [
        c for c in project.policy.corrections.values() if c.since <= project.as_of <= c.expires
    ]
    yield Page(
        PATH,
        "What changed",
        f"What changed in what we do with your data, in {count(len(history.steps), 'version')}.",
        "changes.html.j2",
        {
            "feed": ADDRESS,
            "steps": history.steps[::-1],
            "corrections": [corrected(project, correction) for correction in known],
            "compared": {(a.version, b.version) for a, b in history.pairs()},
        },
        group="changes",
    )
