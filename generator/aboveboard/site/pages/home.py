"""Home: the short version, with the three answers that most readers come for."""

from __future__ import annotations

from collections.abc import Iterator

from .. import linked_data
from ..book import Book
from ..label import label
from ..page import Page
from ..view import Board, mark
from . import rules

LEADS_TO = ("data", "anonymisation", "controls")
GLANCE = (
    ("rules", rules.TITLE),
    ("anonymisation", "Is it anonymised?"),
    ("retention", "How long is it kept?"),
    ("recipients", "Who gets it?"),
    ("safeguards", "What do models learn from it?"),
)


def pages(book: Book) -> Iterator[Page]:
    """The home page."""
    service = book.header.service
    shown = label(book.project)
    yield Page(
        "",
        f"What {service} does with your data",
        f"What {service} uses, whether it is anonymised, and how to switch it off.",
        "home.html.j2",
        {
            "leads": [book.show(a, f"lead-{n}") for n, a in enumerate(book.leads, 1)],
            "targets": LEADS_TO,
            "label": shown,
            "label_board": Board(tuple(mark(book.project, row.sentence) for row in shown.rows)),
            "glance": GLANCE,
            "linked_data": linked_data.organisation(book),
        },
        look="ab-home",
    )
