"""What may stand on a page: text from YAML is data, cleaned and escaped where it is printed."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

_JOINERS = "\u200c\u200d"  # invisible, but several scripts are misspelt without them
_FORMAT = ("Cc", "Cf", "Cs")
_NO_LETTERS = "\ufffe\uffff"  # neither XML nor YAML may hold them
# A Markdown or templating extension of a team looks for these in raw HTML too.
_SPECIAL = re.compile(r"[`~{}\[\]\\$]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_MORE = re.compile(r"\w+ other kinds of data")
_HTTPS = re.compile(r"https://[^\s<>\"'`{}\\]+", re.ASCII)
_LINK = re.compile(rf"(?P<web>{_HTTPS.pattern})|(?P<mail>{_EMAIL.pattern})", re.ASCII)


def clean(text: str) -> str:
    """One line in NFC without control, format and direction characters."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", text)
        text = "".join(" " if c.isspace() else c for c in text if c.isspace() or _visible(c))
    return " ".join(text.split())


def _visible(char: str) -> bool:
    if char in _JOINERS:
        return True
    return char not in _NO_LETTERS and unicodedata.category(char) not in _FORMAT


def escape(value: Any) -> Markup:
    """The value as inert HTML that no Markdown extension touches; Markup stays as it is."""
    if isinstance(value, Markup):
        return value
    if value is None:
        raise TypeError("a template printed None")
    return _inert(str(value))


@lru_cache(maxsize=1 << 14)
def _inert(text: str) -> Markup:
    safe = html.escape(clean(text))
    return Markup(_SPECIAL.sub(lambda found: f"&#{ord(found[0])};", safe))


def inert_svg(drawn: str) -> Markup:
    """A drawing, which escapes what it is given, so that no Markdown extension touches it."""
    return Markup(_SPECIAL.sub(lambda found: f"&#{ord(found[0])};", drawn))


def more(text: str, href: str) -> Markup:
    """The text, with "four other kinds of data" as a link to where they are listed."""
    found = _MORE.search(text) if href else None
    if not found:
        return escape(text)
    before, after = text[: found.start()], text[found.end() :]
    link = Markup('<a href="{}">{}</a>').format(escape(href), escape(found[0]))
    # Escaping takes the spaces at the ends of a text, which are in its middle here.
    return Markup("{}{}{}{}{}").format(
        escape(before),
        " " if before.endswith(" ") else "",
        link,
        " " if after.startswith(" ") else "",
        escape(after),
    )


def host(url: str) -> str:
    """The host of an https address; "" for what is none."""
    return urlsplit(url).hostname or "" if url.startswith("https://") else ""


def inert_markdown(text: str) -> str:
    """The text as it stands in a hand-written page: no letter of it is Markdown, HTML or a link."""
    return "".join(c if c.isalnum() or c in " ," else f"&#{ord(c)};" for c in clean(text))


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with where it leads: e-mail and https addresses are links."""
    end, text = 0, clean(text)
    for match in _LINK.finditer(text):
        address = match[0].rstrip(".,;:!?)")
        if match.start() > end:
            yield text[end : match.start()], ""
        yield address, address if match["web"] else f"mailto:{address}"
        end = match.start() + len(address)
    if end < len(text):
        yield text[end:], ""


def linked(text: str) -> Markup:
    """The text with its e-mail and https addresses as links."""
    found = Markup("")
    for piece, link in pieces(text):
        if link:
            found += Markup('<a href="{}">{}</a>').format(escape(link), escape(piece))
        else:
            found += _spaced(piece)
    return found


def _spaced(text: str) -> Markup:
    """Escaped, with the spaces at both ends kept."""
    inner = escape(text)
    lead = " " if text[:1] == " " else ""
    tail = " " if text[-1:] == " " and inner else ""
    return Markup(lead) + inner + Markup(tail)


def upper(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def day(value: date) -> str:
    """`2 December 2026`."""
    return f"{value.day} {value:%B} {value.year}"


def count(number: int, thing: str, things: str = "") -> str:
    """`1 statement`, `2 statements`."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"


def number(count: int) -> str:
    """A small number as a word that begins a sentence; `Nothing` for 0."""
    few = ("Nothing", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    return few[count] if count < len(few) else str(count)
