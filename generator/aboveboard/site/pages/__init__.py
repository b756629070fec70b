"""The pages of the site, one module each; their order is the order of the menus."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..book import Book
from ..page import Page
from . import (
    anonymisation,
    changes,
    check,
    compare,
    controls,
    data,
    everything,
    home,
    index,
    questions,
    recipients,
    retention,
    rights,
    rules,
    safeguards,
    uses,
    versions,
    words,
)

PAGES: dict[str, Callable[[Book], Iterator[Page]]] = {
    "home": home.pages,
    "questions": questions.pages,
    "controls": controls.pages,
    "rules": rules.pages,
    "data": data.pages,
    "uses": uses.pages,
    "anonymisation": anonymisation.pages,
    "retention": retention.pages,
    "recipients": recipients.pages,
    "rights": rights.pages,
    "safeguards": safeguards.pages,
    "check": check.pages,
    "changes": changes.pages,
    "compare": compare.pages,
    "versions": versions.pages,
    "words": words.pages,
    "a-z": index.pages,
    "everything": everything.pages,
}


def all_pages(book: Book) -> list[Page]:
    """Every generated page of the site."""
    return [page for make in PAGES.values() for page in make(book)]
