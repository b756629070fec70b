"""Two versions side by side: what differs between them, and a page to choose them on."""

from __future__ import annotations

from collections.abc import Iterator

from ..book import Book
from ..history import EACH, compared
from ..page import Page

TITLE = "Compare two versions"


def pages(book: Book) -> Iterator[Page]:
    """The chooser and each comparison; none while there is one version at most."""
    history = book.history
    pairs = history.pairs()
    if not pairs:
        return
    steps = history.steps
    yield Page(
        "compare",
        TITLE,
        "Choose two versions of what we say, and see what differs.",
        "compare.html.j2",
        {
            "recent": steps[-EACH:],
            "older": steps[:-EACH][::-1],
            "after": {one.version: steps[n + 1] for n, one in enumerate(steps[:-1])},
            "newest": history.newest,
        },
        group="changes",
    )
    for one, other in pairs:
        yield Page(
            f"compare/{one.version}/{other.version}",
            f"From version {one.version} to {other.version}",
            f"What differs between version {one.version} and version {other.version}.",
            "comparison.html.j2",
            {"one": one, "other": other, "log": compared(one.release, other.release)},
            group="changes",
            listed=False,
            searched=False,
            indexed=False,
        )
