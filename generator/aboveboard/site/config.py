"""The derived configuration of the engine: the team's `mkdocs.yml`, plus what a build adds."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from . import shared
from .book import Book
from .machines import feed
from .page import Page
from .search.index import Record
from .text import clean, count, day, pieces

TEAM = "mkdocs.yml"
MENU = {
    "questions": "Questions",
    "controls": "Your choices",
    "rules": "Which rules apply",
    "data": "Your data",
    "uses": "What it is used for",
    "check": "How we check",
    "changes": "What changed",
    "more": "More",
}
WARN = "warn"
# What a page may load and do: files of this site, and nothing else. Data that no browser runs, such
# as JSON for search engines, is no script.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
Assets = dict[str, str]  # what the theme calls it -> its address


@dataclass(frozen=True, slots=True)
class Said:
    """What goes into a configuration: `own` are the hand-written pages, `assets` the addresses of
    ours in the theme, `plugins` the team's, since the search is ours and needs none."""

    book: Book
    pages: list[Page]
    own: list[Record]
    assets: Assets
    plugins: list[Any]


def derived(said: Said, own: Iterable[str], team: bool) -> str:
    """The configuration as JSON, so that no YAML tag can slip in.

    `own` are the files of the hand-written pages; `team` says whether there is a `mkdocs.yml` to
    inherit from. Paths are relative to the folder of the configuration.
    """
    book = said.book
    settings: dict[str, Any] = {"INHERIT": posixpath.join("..", "..", TEAM)} if team else {}
    if not team:
        settings["site_name"] = f"{clean(book.header.service)}: your data"
    settings |= {
        "docs_dir": "docs",
        "site_dir": "site",
        "use_directory_urls": True,
        "strict": True,
        "exclude_docs": "!/.well-known/",  # what the team leaves out is not in the tree
        "nav": _navigation(said.pages, own),
        "theme": _theme(),
        "plugins": said.plugins,
        "validation": {
            "nav": {"omitted_files": WARN, "not_found": WARN, "absolute_links": WARN},
            "links": {
                "not_found": WARN,
                "anchors": WARN,
                "absolute_links": WARN,
                "unrecognized_links": WARN,
            },
        },
        "extra": {"aboveboard": _extra(said)},
    }
    return json.dumps(settings, indent=1, ensure_ascii=False) + "\n"


def _navigation(pages: Iterable[Page], own: Iterable[str]) -> list[Any]:
    groups: dict[str, list[str]] = {group: [] for group in MENU}
    for page in pages:
        if page.group:
            groups[page.group].append(page.file)
    groups["more"] += own
    filled = [{MENU[group]: files} for group, files in groups.items() if files]
    return ["index.md", *filled]


def _theme() -> dict[str, Any]:
    return {
        "name": "material",
        "language": "en",
        "custom_dir": "theme",
        "font": False,
        "favicon": "assets/aboveboard.svg",
        "features": ["navigation.prune"],
        "palette": {"scheme": "default"},
    }


def _groups(said: Said) -> dict[str, list[dict[str, str]]]:
    """The pages of each group of the menu, for the side of a page; the last are hand-written."""
    groups: dict[str, list[dict[str, str]]] = {group: [] for group in MENU}
    for page in said.pages:
        if page.group and page.listed:
            groups[page.group].append({"title": clean(page.title), "path": page.path})
    own = [{"title": page.title, "path": page.address.rstrip("/")} for page in said.own]
    groups["more"] += own
    return {**groups, "own": own}


def _extra(said: Said) -> dict[str, Any]:
    """What the theme prints around every page; it escapes each of these."""
    book, header = said.book, said.book.header
    return {
        **said.assets,
        "groups": _groups(said),
        "policy": POLICY,
        "service": clean(header.service),
        "version": clean(header.version),
        "effective": header.effective.isoformat(),
        "effective_words": day(header.effective),
        "since": book.since,
        "compared": book.project.as_of.isoformat(),
        "compared_words": day(book.project.as_of),
        "wrong": _linked(book.wrong),
        "controllers": [
            {"name": clean(c.name), "contact": _linked(c.contact)} for c in book.controllers
        ],
        "draft": _draft(book),
        "preview": shared.PREVIEW,
        "preview_says": shared.said(book),
        "feed": feed.ADDRESS if book.history else "",
    }


def _linked(text: str) -> list[dict[str, str]]:
    """A text in pieces, the addresses in it with a link: templates of no engine cut text alike."""
    return [{"text": piece, "link": link} for piece, link in pieces(text)]


def _draft(book: Book) -> str:
    """Why a site is a draft, in a sentence; nothing if it is none."""
    if not book.draft:
        return ""
    if not book.errors:
        return "The check finds no error here. This is a draft only."
    return f"Words and settings part ways here: {count(book.errors, 'error')}."
