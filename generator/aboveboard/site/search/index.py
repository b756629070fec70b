"""The search index: one record for each answer and page, in the words that people use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..book import Book
from ..page import Page
from ..text import clean
from ..view import Shown
from .asked import asked
from .synonyms import beside
from .wordings import WORDINGS

_MARKUP = re.compile(
    r"\A---\n.*?\n---\n|<[^>]*>|\{[:{%].*?[}%]?\}|!?\[|\]\([^)]*\)|[#*_`>|]+", re.S
)
_HEADING = re.compile(r"^#\s+(.+?)\s*$", re.M)
SNIPPET = 180


class Record(NamedTuple):
    """One thing that can be found: `text` is shown below its title, as far as there is room.

    `also` are other wordings of the title and `rest` is what else it says: both are searched alone.
    """

    address: str
    title: str
    text: str
    rest: str = ""
    also: tuple[str, ...] = ()


def index(book: Book, pages: Iterable[Page], own: Mapping[str, bytes]) -> bytes:
    """The index as JSON: `own` are the team's hand-written pages, by path in the tree."""
    records = [*_answers(book), *_pages(book, pages), *hand_written(own)]
    return json.dumps(list(map(_row, records)), ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=1 << 12)
def _row(record: Record) -> tuple[str, ...]:
    shown, hidden = _cut(clean(record.text))
    near = beside(record.title)
    far = [word for word in beside(" ".join(record.also)) if word not in near]
    rest = f"{hidden} {clean(record.rest)}".strip()
    also = "\n".join(record.also)
    return (record.address, record.title, shown, also, " ".join(near), " ".join(far), rest)


def _cut(text: str) -> tuple[str, str]:
    """The start of a text in whole words, and what is left of it."""
    if len(text) <= SNIPPET:
        return text, ""
    start = text[:SNIPPET].rpartition(" ")[0] or text[:SNIPPET]
    return f"{start}\u2026", text[len(start) :]


def _answers(book: Book) -> Iterator[Record]:
    for question in book.questions:
        page, _, part = book.addresses[question.id].partition("#")
        said = _said(book.show(question.answer, question.id))
        also = (*question.paraphrases, *WORDINGS.get(question.id, ()))
        yield Record(f"{page}/#{part}", question.asks, *said, also)


def _pages(book: Book, pages: Iterable[Page]) -> Iterator[Record]:
    """Every page that is not a list of answers, which are found one by one."""
    for page in pages:
        if page.searched and page.group != "questions":
            shown = page.context.get("shown")
            text, rest = _said(shown) if isinstance(shown, Shown) else ("", "")
            address = f"{page.path}/" if page.path else ""
            yield Record(address, page.title, text or page.description, rest, asked(book, page))


def _said(shown: Shown) -> tuple[str, str]:
    """The short answer, and then what limits it and the details."""
    short = [pair.text for pair in shown.short]
    details = dict.fromkeys(p.text for p in (*shown.exceptions, *shown.pairs))
    return " ".join(short), " ".join(text for text in details if text not in short)


def hand_written(own: Mapping[str, bytes]) -> Iterator[Record]:
    """The team's own pages, by path in the tree: their heading, and their text without Markdown."""
    for path, raw in own.items():
        source = raw.decode("utf-8", "replace")
        heading = _HEADING.search(source)
        address = re.sub(r"(^|/)(index|README)\.md\Z", r"\1", path).removesuffix(".md").rstrip("/")
        title = _MARKUP.sub("", heading[1]) if heading else address.rpartition("/")[2]
        body = source.replace(heading[0], "", 1) if heading else source
        yield Record(f"{address}/" if address else "", clean(title), _MARKUP.sub(" ", body))
