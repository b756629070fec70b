"""What data is used for: a page per use."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.entities import use_answer
from ..book import Book
from ..page import Page
from ..text import upper


def pages(book: Book) -> Iterator[Page]:
    """The list of uses, and each of them."""
    policy = book.project.policy
    yield Page(
        "uses",
        "What it is used for",
        "Each thing that your data is used for.",
        "list.html.j2",
        {
            "lead": "Each thing that we use data for. We use it for nothing else.",
            "kicker": "",
            "items": [(f"uses/{id_}", upper(use.name)) for id_, use in policy.uses.items()],
        },
        group="uses",
    )
    for id_, use in policy.uses.items():
        yield Page(
            f"uses/{id_}",
            upper(use.name),
            f"Which data is used for {use.name}, and who decides.",
            "entity.html.j2",
            {
                "kicker": "What it is used for",
                "asks": "What happens, and who decides?",
                "shown": book.show(book.answer(use_answer, id_), id_),
            },
            group="uses",
            source=policy.at("uses", id_),
        )
