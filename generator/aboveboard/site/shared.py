"""What people hand on: pictures of a site that make sense without it."""

from __future__ import annotations

from ..answers.wording import day
from .book import Book
from .label import label
from .pictures import card
from .pictures import label as drawn
from .text import clean

LABEL = "label.svg"
PREVIEW = "preview.png"


def files(book: Book) -> dict[str, str | bytes]:
    """The pictures of a book, by address."""
    shown = label(book.project)
    made: dict[str, str | bytes] = {PREVIEW: card.card(book, shown)}
    if shown.rows:
        made[LABEL] = drawn.draw(book, shown).file
    return made


def said(book: Book) -> str:
    """The preview in words."""
    return clean(
        f"What {book.header.service} does with your data. {label(book.project).finding} "
        f"Compared {day(book.project.as_of)}."
    )
