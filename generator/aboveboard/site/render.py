"""Writes pages out: one raw HTML block each, which no Markdown processing touches."""

from __future__ import annotations

import html
import json
import re
from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template

from ..answers.model import ClickList, Sentence
from ..answers.wording import lower
from ..findings import Finding, Location
from .book import Book
from .page import Page, relative, to_file
from .text import clean, count, day, escape, host, linked, more, upper
from .view import Grid
from .words import GRADE, KIND, MEANING, VERDICT

TEMPLATES = Path(__file__).parent / "templates"
_ID = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Link:
    """A link that a page made, to be checked when all are written."""

    here: str
    target: str
    source: Location | None


class Written(NamedTuple):
    """A page as it was written, with the links and the parts that it has."""

    text: str
    links: tuple[Link, ...]
    parts: frozenset[str]


_KNOWN: OrderedDict[tuple[Hashable, ...], Written] = OrderedDict()  # by what they are made from
_MOST = 64  # pages that are remembered, for a process that makes a site again and again


class Renderer:
    """Turns the pages of one book into Markdown; collects links that lead nowhere.

    `cache` is a folder for compiled templates.
    """

    def __init__(self, book: Book, pages: Iterable[Page], cache: Path) -> None:
        self.book = book
        self.pages = {page.path: page for page in pages}
        self.links: list[Link] = []
        self.parts: dict[str, set[str]] = defaultdict(set)
        self.environment = _environment(book, cache)
        self.stamp = tuple((file.name, file.stat().st_mtime_ns) for file in TEMPLATES.iterdir())

    def markdown(self, page: Page) -> str:
        """The page with its front matter."""
        key = (page.path, self.stamp, page.key)
        written = _KNOWN.get(key) if page.key is not None else None
        if written is None:
            written = self._written(page)
        if page.key is not None:
            _KNOWN[key] = written
            _KNOWN.move_to_end(key)
            while len(_KNOWN) > _MOST:
                _KNOWN.popitem(last=False)
        self.links += written.links
        self.parts[page.path] |= written.parts
        return written.text

    def _written(self, page: Page) -> Written:
        links: list[Link] = []
        template = self.environment.get_template(page.template)
        context = {
            "page": page,
            "url": partial(_url, links, page),
            "to_file": partial(to_file, page.path),
            "wording": self.book.wording(page),
            **page.context,
        }
        body = _block(template, context)
        text = f"---\n{_front_matter(page)}\n---\n\n{body}\n"
        return Written(text, tuple(dict.fromkeys(links)), frozenset(_ID.findall(body)))

    def dead_links(self) -> Iterable[Finding]:
        """Each link of a written page to a page or part that does not exist."""
        for link in dict.fromkeys(self.links):
            path, _, part = link.target.partition("#")
            if path not in self.pages:
                what = f"no page '{path}'"
            elif part and part != "top" and part not in self.parts[path]:
                what = f"page '{path}' has no part '{part}'"
            else:
                continue
            message = f"a link on page '{link.here or 'home'}' leads nowhere: {what}"
            yield Finding("broken-link", message, link.source, hint="mend the link, or the id")


def _url(links: list[Link], page: Page, target: str, sentence: Sentence | None = None) -> str:
    """The link from a page, which is noted."""
    links.append(Link(page.path, target, sentence.source if sentence else page.source))
    return relative(page.path, target)


def _environment(book: Book, cache: Path) -> Environment:
    cache.mkdir(parents=True, exist_ok=True)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=escape,
        bytecode_cache=FileSystemBytecodeCache(str(cache)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "book": book,
        "verdicts": VERDICT,
        "meanings": MEANING,
        "grades": GRADE,
        "kinds": KIND,
    }
    environment.tests |= {
        "clicks": lambda block: isinstance(block, ClickList),
        "table": lambda block: isinstance(block, Grid),
    }
    environment.filters |= {"day": day, "linked": linked, "upper_first": upper, "count": count}
    environment.filters |= {"lower_first": lower, "host": host, "more": more}
    return environment


def _block(template: Template, context: dict[str, Any]) -> str:
    """One HTML block: no blank lines, which would end it, and no indent, which would be code."""
    text = template.render(context)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _front_matter(page: Page) -> str:
    """Each value is JSON that is YAML too, and escaped: the engine prints titles and descriptions
    raw. A letter beyond the first plane stands as itself: YAML joins no two halves of one."""
    values: dict[str, Any] = {
        "title": _raw(page.title),
        "description": _raw(page.description),
        "aboveboard": {
            "look": page.look,
            "group": page.group,
            "path": page.path,
            "indexed": page.indexed,
            "parts": [{"id": _raw(id_), "title": _raw(title)} for id_, title in page.parts],
        },
    }
    if not page.searched:
        values["search"] = {"exclude": True}
    return "\n".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()
    )


def _raw(text: str) -> str:
    return html.escape(clean(text))
