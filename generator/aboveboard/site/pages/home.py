"""Home: the short version, with the three answers that most readers come for."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.model import Answer
from .. import linked_data, shared
from ..book import Book
from ..label import label
from ..page import Page
from ..pictures import Figure
from ..pictures import label as drawing
from ..pictures.flow import flow
from ..pictures.threads import threads
from ..view import Board, mark
from . import rules

LEADS_TO = ("data", "anonymisation", "controls")
GLANCE = (
    ("rules", rules.TITLE),
    ("anonymisation", "Is it anonymised?"),
    ("retention", "How long is it kept?"),
    ("recipients", "Who gets it?"),
    ("rights", "Your rights"),
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
            "targets": [_target(*both) for both in zip(book.leads, LEADS_TO, strict=False)],
            "applies": _applies(book),
            "label": shown,
            "bands": drawing.bands(shown),
            "picture": drawing.draw(book, shown).picture,
            "label_file": shared.LABEL,
            "label_board": Board(tuple(mark(book.project, row.sentence) for row in shown.rows)),
            "threads": _threads(book),
            "glance": GLANCE,
            "linked_data": linked_data.organisation(book),
        },
        look="ab-home",
    )


def _applies(book: Book) -> str:
    """The readers of the three answers; "" if they hold for everyone, or differ."""
    named = {answer.applies for answer in book.leads} - {"everyone"}
    return named.pop() if len(named) == 1 else ""


def _threads(book: Book) -> Figure:
    """The way of data to the models, with the protections on it."""
    found = threads(book)
    lead = (
        "Each line is data on its way to a model. A square is a protection that it passes: full "
        "where it matches settings, open where it is only stated."
    )
    full = (
        ("check#flow", "All places and steps of the pipeline") if flow(book).picture else ("", "")
    )
    return Figure(
        "threads", found.finding, lead, found.picture, table=found, gates=found.gates, more=full
    )


def _target(answer: Answer, otherwise: str) -> str:
    """Where a lead goes on: where its first statement leads."""
    return next((said.link for said in answer.short[:1] if said.link), otherwise)
