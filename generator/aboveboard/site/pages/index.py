"""A to Z: every page and question by its main words, for search without a script."""

from __future__ import annotations

from collections.abc import Iterator

from ..book import Book
from ..page import Page
from ..text import clean, upper
from . import rules

SKIPPED = frozenset(("a", "an", "the", "your"))


def pages(book: Book) -> Iterator[Page]:
    """The page."""
    letters: dict[str, list[tuple[str, str]]] = {}
    for key, title, target in sorted(_entries(book)):
        letters.setdefault(_letter(key), []).append((title, target))
    yield Page(
        "a-z",
        "A to Z",
        "Every question and page, by letter.",
        "index.html.j2",
        {"letters": letters},
        group="more",
        searched=False,
    )


def _entries(book: Book) -> Iterator[tuple[str, str, str]]:
    """Key, title and target; questions stand under each wording that people use."""
    policy = book.project.policy
    yield _key(rules.TITLE), rules.TITLE, "rules"
    for question in book.questions:
        target = book.addresses[question.id]
        for wording in (question.asks, *question.paraphrases):
            yield _key(wording), upper(clean(wording)), target
    for one in book.left_out:
        yield _key(one.asks), f"{clean(one.asks)} Left out: {clean(one.reason)}", "questions"
    for kind in ("data", "uses", "controls"):
        for id_, entity in policy.entities(kind).items():
            yield _key(entity.name), upper(clean(entity.name)), f"{kind}/{id_}"


def _key(title: str) -> str:
    words = [word for word in clean(title).casefold().split() if word.isalnum() or len(word) > 1]
    while len(words) > 1 and words[0] in SKIPPED:
        words.pop(0)
    return " ".join(words) or "#"


def _letter(key: str) -> str:
    first = next((c for c in key if c.isalnum()), "#")
    return first.upper() if first.isalpha() else "#"
