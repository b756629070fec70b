"""Where somebody wrote a link that leads nowhere: in a page of their own, in the theme, in the
policy, or in the engine's configuration."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from ...findings import Finding, Location
from ...project import Project
from ...values import nearest
from .. import config, sources
from .check import Broken

RULE = "broken-link"
_RECORDS = ("versions/", "compare/")  # pages of what was once published: nobody can mend that
_MAKERS = re.compile(r"^(plugins|hooks)\s*:", re.MULTILINE)
_UP = re.compile(r"\A(\.{1,2}/)+")
_TEXT = frozenset((".md", ".html", ".css", ".svg", ".xml", ".json", ".txt", ".js"))


def findings(project: Project, overrides: str, broken: Iterable[Broken]) -> list[Finding]:
    """What to tell of links that lead nowhere, each where it is written, once.

    RuntimeError if nobody wrote one: then the fault is ours.
    """
    found: dict[Location, list[Broken]] = defaultdict(list)
    for one in broken:
        for place in _places(project, overrides, one):
            found[place].append(one)
    return [_finding(place, links) for place, links in found.items()]


def _finding(place: Location, links: list[Broken]) -> Finding:
    first = links[0]
    pages = len({link.file for link in links})
    more = f", and on {pages - 1} more" if pages > 1 else ""
    page = first.file.removesuffix("index.html").rstrip("/") or "home"
    what = f"'{first.written}'" if first.written else "this file"
    message = f"{what} on page '{page}'{more} leads nowhere: {first.why}"
    near = nearest(first.wanted, first.near) if first.wanted else None
    hint = f"did you mean '{near}'?" if near else "mend the link, or the id"
    return Finding(RULE, message, place, hint=hint)


def _places(project: Project, overrides: str, broken: Broken) -> list[Location]:
    """Every line that says it; none for a record, which nobody may change."""
    root = project.root
    own = _own_file(root, broken.file)
    theme = sorted(f for f in (root / overrides).rglob("*") if f.suffix in _TEXT and f.is_file())
    themes = [file.relative_to(root).as_posix() for file in theme]
    for among in ([own] if own else [], themes, project.policy.inputs, [config.TEAM]):
        found = [place for path in among for place in _lines(root, path, broken)]
        if found:
            return found
    if own:
        return [Location(own, 1)]
    maker = _MAKERS.search(_read(root / config.TEAM))
    if maker:  # what runs in the engine may write anything into a page
        return [Location(config.TEAM, maker.string.count("\n", 0, maker.start()) + 1)]
    if broken.file.startswith(_RECORDS) and not broken.written.startswith((".", "#")):
        return []
    raise RuntimeError(f"{broken.file} links to '{broken.written}': {broken.why}")


def _own_file(root: Path, file: str) -> str | None:
    """The hand-written file that a file of the site was made from."""
    plain = file.removesuffix("index.html").rstrip("/")
    guesses = [file]
    if file.endswith(".html"):
        guesses += [f"{plain}.md", f"{plain}/index.md", f"{plain}/README.md"]
    for guess in guesses:
        path = f"{sources.HAND_WRITTEN}/{guess.lstrip('/')}"
        if (root / path).is_file():
            return path
    return None


def _lines(root: Path, path: str, broken: Broken) -> Iterator[Location]:
    """Each line of a file that holds a link as it is written, or as HTML escapes it."""
    if not broken.written:
        return
    # A theme and a configuration name files from the root of the site, whatever the page.
    from_root = _UP.sub("", broken.written)
    file = "" if "#" in broken.written else broken.wanted.removesuffix("index.html")
    spellings = (broken.written, html.escape(broken.written), from_root, file)
    for number, line in enumerate(_read(root / path).splitlines(), 1):
        for spelling in spellings:
            column = _column(line, spelling) if spelling else 0
            if column:
                yield Location(path, number, column, number, column + len(spelling))
                break


def _read(file: Path) -> str:
    return file.read_text("utf-8", errors="replace") if file.is_file() else ""


def _column(line: str, text: str) -> int:
    """Where a text stands in a line on its own, not as a part of a longer address; 0 if nowhere."""
    start = line.find(text)
    while start >= 0:
        before, after = line[:start][-1:], line[start + len(text) :][:1]
        if not (_joins(before) or _joins(after)):
            return start + 1
        start = line.find(text, start + 1)
    return 0


def _joins(letter: str) -> bool:
    return letter.isalnum() or letter in ("-", "_", "/", ".", "%") if letter else False
