"""How we check this: the tally, and every claim with its verdict."""

from __future__ import annotations

from collections.abc import Iterator

from ...proof.model import FAILING, Kind
from ..book import Book
from ..evidence import Compared
from ..page import WIDE, Page
from ..pictures.flow import flow
from ..text import day
from ..view import Board
from ..words import KIND, MEANING


def pages(book: Book) -> Iterator[Page]:
    """The page."""
    yield Page(
        "check",
        "How we check this",
        "How each sentence of this site is held against the settings of the pipeline, "
        f"compared on {day(book.project.as_of)}.",
        "check.html.j2",
        {"kinds": _kinds(book), "examples": MEANING, "failing": FAILING, "flow": flow(book)},
        group="check",
        look=WIDE,
    )


def _kinds(book: Book) -> list[tuple[Kind, str, str, Board, list[Compared]]]:
    """The claims by kind; a kind without claims is left out."""
    found = []
    for kind, (title, meaning) in KIND.items():
        shown = [book.compared(judged) for judged in book.project.proof.about(kind=kind)]
        if shown:
            line = Board(tuple(one.verdict for one in shown))
            found.append((kind, title, meaning, line, shown))
    return found
