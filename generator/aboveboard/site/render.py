"""Writes pages out: one raw HTML block each, which no Markdown processing touches."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template

from ..answers.model import ClickList, Sentence
from ..answers.wording import lower
from ..findings import Finding, Location
from .book import Book
from .page import Page, relative, to_file
from .text import clean, count, day, escape, linked, upper
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

    def markdown(self, page: Page) -> str:
        """The page with its front matter."""
        template = self.environment.get_template(page.template)
        context = {
            "page": page,
            "url": partial(self._url, page),
            "to_file": partial(to_file, page.path),
            "wording": self.book.wording(page),
            **page.context,
        }
        body = _block(template, context)
        self.parts[page.path].update(_ID.findall(body))
        return f"---\n{_front_matter(page)}\n---\n\n{body}\n"

    def _url(self, page: Page, target: str, sentence: Sentence | None = None) -> str:
        source = sentence.source if sentence else page.source
        self.links.append(Link(page.path, target, source))
        return relative(page.path, target)

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
    environment.filters["lower_first"] = lower
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
