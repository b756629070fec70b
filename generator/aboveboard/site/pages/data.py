"""Your data: a page per category."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.entities import data_answer
from ..book import Book
from ..page import Page
from ..text import upper


def pages(book: Book) -> Iterator[Page]:
    """The list of categories, and each of them."""
    policy = book.project.policy
    yield Page(
        "data",
        "Your data, kind by kind",
        "Each kind of data, what it is used for and how long it is kept.",
        "list.html.j2",
        {
            "lead": "Each kind of data that we hold, and what becomes of it.",
            "kicker": "",
            "items": [(f"data/{id_}", upper(d.name)) for id_, d in policy.data.items()],
        },
        group="data",
    )
    for id_, data in policy.data.items():
        yield Page(
            f"data/{id_}",
            upper(data.name),
            f"What happens with {data.name}.",
            "entity.html.j2",
            {
                "kicker": "Your data, kind by kind",
                "asks": "What happens with it?",
                "shown": book.show(book.answer(data_answer, id_), id_),
            },
            group="data",
            source=policy.at("data", id_),
        )
