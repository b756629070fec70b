"""Your choices: a page per control, with the steps on every platform."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.about_control import EFFECTS
from ...answers.entities import control_answer
from ...answers.model import ClickList
from ..book import Book
from ..page import Page
from ..pictures.effects import effects
from ..text import host, upper
from ..view import Grid


def pages(book: Book) -> Iterator[Page]:
    """The list of choices, and each of them."""
    policy = book.project.policy
    yield Page(
        "controls",
        "Your choices",
        "What you decide about your data, and where.",
        "list.html.j2",
        {
            "lead": "What you decide, and where you do it. Each page has the steps.",
            "kicker": "",
            "items": [(f"controls/{id_}", upper(c.name)) for id_, c in policy.controls.items()],
        },
        group="controls",
    )
    for id_ in policy.controls:
        yield _control(book, id_)


def _control(book: Book, id_: str) -> Page:
    controls = book.project.policy.controls
    control, answer = controls[id_], book.answer(control_answer, id_)
    url = next((h.url for h in control.how if h.url and host(h.url)), "")
    others = [(f"controls/{other}", upper(c.name)) for other, c in controls.items() if other != id_]
    drawn, shown = effects(book, id_), book.show(answer, id_)
    table = next((b for b in shown.details if isinstance(b, Grid) and b.caption == EFFECTS), None)
    return Page(
        f"controls/{id_}",
        upper(control.name),
        f"How to change this choice, step by step: {control.name}.",
        "control.html.j2",
        {
            "shown": shown,
            "effects": drawn,
            "effects_table": table,
            "clicks": [block for block in answer.details if isinstance(block, ClickList)],
            "url_out": url,
            "host": host(url),
            "others": others[:2],
        },
        group="controls",
        source=book.project.policy.at("controls", id_),
    )
