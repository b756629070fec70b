"""What search engines read beside a page: its questions with their answers, and who is responsible,
in the words of schema.org. It is data that no browser runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from .book import Book
from .text import clean
from .view import Shown

Node = dict[str, Any]
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_SPECIAL = re.compile("[<>&\u2028\u2029`~{}\\[\\]$+]")
Asked = tuple[str, Shown]  # a question, and the answer as it is shown


def faq(asked: Iterable[Asked]) -> Markup:
    """The questions of a page; one without an answer is left out."""
    questions = [
        {
            "@type": "Question",
            "name": clean(ask),
            "acceptedAnswer": {"@type": "Answer", "text": clean(said)},
        }
        for ask, shown in asked
        if (said := _said(shown))
    ]
    return _script({"@type": "FAQPage", "mainEntity": questions}) if questions else Markup()


def organisation(book: Book) -> Markup:
    """Who is responsible, the first of them as the one who publishes the site."""
    nodes = [{"@type": "Organization", "name": clean(c.name), **_contact(c.contact)}
             for c in book.controllers]  # fmt: skip
    return _script({"@graph": nodes})


def _said(shown: Shown) -> str:
    """The short answer with its exceptions: a "no" never goes without what stays open."""
    short = " ".join(pair.text for pair in shown.short)
    if not shown.exceptions:
        return short
    title = shown.answer.exceptions.title if shown.answer.exceptions else ""
    return " ".join([short, title, *(pair.text for pair in shown.exceptions)])


def _contact(contact: str) -> Node:
    if contact.startswith("https://") and " " not in contact:
        return {"url": contact}
    if "@" in contact and " " not in contact:
        return {"email": clean(contact)}
    return {"contactPoint": {"@type": "ContactPoint", "description": clean(contact)}}


def _script(node: Node) -> Markup:
    """The node in a page; no letter of it ends the element that it stands in, and no Markdown
    extension of a team finds in it what it looks for."""
    text = json.dumps({"@context": "https://schema.org", **node}, ensure_ascii=False)
    text = _STRING.sub(lambda string: _SPECIAL.sub(_code, string[0]), text)
    return Markup(f'<script type="application/ld+json">{text}</script>')


def _code(letter: re.Match[str]) -> str:
    return f"\\u{ord(letter[0]):04x}"
