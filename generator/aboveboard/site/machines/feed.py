"""`changes.xml`: the change log as an Atom feed (RFC 4287).

Each id is made from the digest of a release: it stays wherever the site moves, and a history that
was written anew shows in every reader as entries that are new. Where the address of the site is not
known, links are relative to the feed.
"""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID
from xml.etree import ElementTree as xml

from ...values import digest as sha256
from ..book import Book
from ..history import Step
from ..log import Entry, Log
from ..text import clean, day

ADDRESS: Final = "changes.xml"
ATOM: Final = "http://www.w3.org/2005/Atom"
XHTML: Final = "http://www.w3.org/1999/xhtml"
_FIRST: Final = "Nothing is recorded before this version."


def file(book: Book, home: str = "") -> str | None:
    """The text of the file; None while nothing was released."""
    history = book.history
    if not history:
        return None
    feed = xml.Element("feed", {"xmlns": ATOM, "xml:lang": clean(book.header.language)})
    _text(feed, "id", _id(history.steps[0].release.digest, "feed"))
    _text(feed, "title", f"{book.header.service}: what changed")
    _text(feed, "subtitle", "What we do with your data, and what changed.")
    _text(feed, "updated", _moment(history.newest.release.head.released))
    _link(feed, "self", f"{home}{ADDRESS}", "application/atom+xml")
    _link(feed, "alternate", f"{home}changes/")
    author = xml.SubElement(feed, "author")
    _text(author, "name", book.controllers[0].name)
    _text(feed, "generator", "Aboveboard")
    for step in reversed(history.steps):
        _entry(feed, step, home)
    xml.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{xml.tostring(feed, encoding="unicode")}\n'


def _entry(feed: xml.Element, step: Step, home: str) -> None:
    release = step.release
    entry = xml.SubElement(feed, "entry")
    _text(entry, "id", _id(release.digest))
    _text(entry, "title", f"Version {step.version}")
    _text(entry, "published", _moment(release.head.released))
    _text(entry, "updated", _moment(release.head.released))
    _link(entry, "alternate", f"{home}versions/{step.version}/")
    content = xml.SubElement(entry, "content", {"type": "xhtml"})
    block = xml.SubElement(content, "div", {"xmlns": XHTML})
    _text(block, "p", f"Released on {day(release.head.released)}, in force from {day(step.since)}.")
    if release.head.note:
        _text(block, "p", release.head.note)
    if step.log is None:
        _text(block, "p", _FIRST)
    else:
        _changes(block, step.log)
    _text(block, "p", f"SHA-256 of this release: {release.digest}")


def _changes(block: xml.Element, log: Log) -> None:
    if log.entries:
        found = xml.SubElement(block, "ul")
        for each in log.entries:
            _text(found, "li", _line(each))
    for said in log.summary:
        _text(block, "p", said)


def _line(entry: Entry) -> str:
    who = f" For: {entry.who}." if entry.who else ""
    why = f" Why: {entry.why}" if entry.why else ""
    return f"{entry.turn}: {entry.sentence}{who}{why}"


def _link(parent: xml.Element, rel: str, address: str, kind: str = "text/html") -> None:
    xml.SubElement(parent, "link", {"rel": rel, "type": kind, "href": address})


def _text(parent: xml.Element, name: str, text: str) -> None:
    xml.SubElement(parent, name).text = clean(text)


def _moment(day_: date) -> str:
    return f"{day_.isoformat()}T00:00:00Z"


def _id(digest: str, of: str = "") -> str:
    """A UUID of version 8 (RFC 9562): bits of a digest, of a release or of what it stands for."""
    bits = sha256(f"{of} {digest}".encode()) if of else digest
    return UUID(f"{bits[:12]}8{bits[13:16]}{'89ab'[int(bits[16], 16) % 4]}{bits[17:32]}").urn
