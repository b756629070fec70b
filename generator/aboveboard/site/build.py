"""From a project to a site: renders the tree, runs the engine, swaps the result in."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from ..findings import Finding, Location, in_order
from ..phases import phase
from ..project import Project
from . import config, hosting, machines, shared, sources, tree
from .book import Book, make
from .links import check as links
from .links import written
from .page import Page
from .pages import all_pages
from .render import Renderer
from .search import index as search
from .swap import swap
from .text import clean, count, day
from .worker import NOBODY, BadConfig, Engine, Team

RULE = "site-fault"
_FRESH = "fresh-"


@dataclass(slots=True)
class Tree:
    """A rendered tree: its folder, its pages, and what is wrong with it.

    `unreleased` says what it publishes that stands in no release, in a sentence; "" for nothing.
    """

    folder: Path
    pages: list[Page] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    compress: bool = False
    unreleased: str = ""
    team: Team = NOBODY

    @property
    def config(self) -> Path:
        return self.folder / config.TEAM

    @property
    def cache(self) -> Path:
        """Compiled templates, ours and the engine's."""
        return self.folder / "templates"


def language(project: Project) -> str:
    """The language of the site, which names its folder."""
    header = project.policy.header
    found = header.language if header else "en"
    return found if re.fullmatch(r"[A-Za-z0-9-]+", found) else "en"


def build(
    project: Project,
    out: Path,
    engine: Engine,
    *,
    draft: bool = False,
    errors: int = 0,
    compress: bool = False,
) -> Tree:
    """Makes the site of a loaded project in `out`, or says in `findings` why it could not.

    With `compress`, a compressed copy stands beside each text.
    """
    made = Tree(project.root.absolute() / "build" / language(project), compress=compress)
    with tree.locked(made.folder):
        clearing = Thread(target=_clear, args=(made,))
        clearing.start()
        with phase("making the pages"):
            render(made, make(project, draft=draft, errors=errors), engine)
        clearing.join()
        if not made.findings:
            with phase("making the site of them"):
                made.findings = run(project, made, out, engine)
    return made


def _clear(made: Tree) -> None:
    """Removes what earlier builds left; it takes a while, so nobody waits for it alone."""
    for left in made.folder.glob(f"{_FRESH}*"):
        if left.is_symlink():  # in the place of a site there may have been one
            left.unlink()
        shutil.rmtree(left, ignore_errors=True)


def render(made: Tree, book: Book, engine: Engine) -> None:
    """Writes the tree of a book, unless something is wrong with it.

    The engine is asked after the pages are made: it answers when it has started up.
    """
    root = book.project.root
    made.pages = all_pages(book)
    made.unreleased = _unreleased(book)
    renderer = Renderer(book, made.pages, made.cache)
    written = {page.file: renderer.markdown(page) for page in made.pages}
    try:
        team = made.team = engine.team(root.absolute() / config.TEAM)
    except BadConfig as error:
        made.findings = [Finding(RULE, f"{error}", Location(config.TEAM, 1))]
        return
    own, faults = sources.filled(book.project, sources.hand_written(root, team))
    collisions = sources.collisions(own, made.pages)
    made.findings = in_order([*faults, *collisions, *renderer.dead_links()])
    if made.findings:
        return
    mine = {path: own.files[path] for path in own.pages}
    found = search.index(book, made.pages, mine)
    theme, assets = sources.theme(root, team, _footing(book), found)
    told: dict[str, tree.Content] = {
        **own.files,
        **sources.published(),
        **machines.files(book, _home(team)),
        **shared.files(book),
        **written,
    }
    tree.write(made.folder / "docs", told)
    tree.write(made.folder / "theme", theme)
    said = config.Said(book, made.pages, list(search.hand_written(mine)), assets, team.plugins)
    _write_config(made, config.derived(said, own.pages, (root / config.TEAM).is_file()))


def _home(team: Team) -> str:
    """Where the site lies, as the engine has it: with a slash at its end."""
    return f"{team.address.rstrip('/')}/" if team.address else ""


def _unreleased(book: Book) -> str:
    history = book.history
    if not history or history.released:
        return ""
    words = count(len(history.unreleased), "answer has", "answers have")
    return (
        f"this site is not what release '{history.newest.version}' records: {words} other words, "
        "and the pages say so; `aboveboard release` makes the next version"
    )


def _footing(book: Book) -> str:
    header, compared = book.header, day(book.project.as_of)
    return clean(f"{header.service}: your data. Version {header.version}, compared {compared}")


def _write_config(made: Tree, settings: str) -> None:
    if not made.config.is_file() or made.config.read_text("utf-8") != settings:
        made.config.write_text(settings, "utf-8")


def run(project: Project, made: Tree, out: Path, engine: Engine) -> list[Finding]:
    """Runs the engine into a fresh folder and swaps it with `out` if it has no complaint, and
    every link leads somewhere."""
    # Its own: the engine of a build that was killed may still be at work in another.
    fresh = made.folder / f"{_FRESH}{os.getpid()}"
    try:
        return in_order(_run(project, made, (fresh, out), engine))
    finally:
        _clear(made)


def _run(project: Project, made: Tree, folders: tuple[Path, Path], engine: Engine) -> list[Finding]:
    fresh, out = folders
    whole = [page.file for page in made.pages]
    warnings = engine.build(made.config, fresh, project.as_of, made.cache, whole)
    if warnings:
        return [_finding(project, made, warning) for warning in warnings]
    hosting.settle(fresh, compress=made.compress)
    broken = links.check(fresh, made.team.address).broken
    found = written.findings(project, made.team.overrides, broken)
    if not found:
        swap(fresh, out)
    return found


def _finding(project: Project, made: Tree, warning: str) -> Finding:
    """A warning of the engine, at the file that a person wrote."""
    text = " ".join(warning.split())
    named = re.search(r"'([^']+\.md)'", text)
    if named is None:
        return Finding(RULE, text, Location(config.TEAM, 1))
    page = next((p for p in made.pages if p.file == named[1]), None)
    if page is not None:
        return Finding(RULE, text, page.source)
    path = f"{sources.HAND_WRITTEN}/{named[1]}"
    links = re.findall(r"'([^']+)'", text[named.end() :])
    return Finding(RULE, text, Location(path, _line(project.root / path, links)))


def _line(file: Path, texts: list[str]) -> int:
    """The first line of a file that holds one of these texts; 1 if none does."""
    lines = file.read_text("utf-8", errors="replace").splitlines() if file.is_file() else []
    found = (n for n, line in enumerate(lines, 1) if any(text in line for text in texts))
    return next(found, 1)
