"""The prose of a project: the texts of its policy and the pages of `docs/`, those that matter.

What holds no word that claims or measures anything is not among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ...findings import Location
from ...policy.mentions import Place
from ...policy.texts import texts, within
from ...project import Project
from .lists import FOLDER, Lists, lists, split

if TYPE_CHECKING:
    from ...source.markdown import Page
    from .claims import Span
    from .lexicon import Hit, Lexicon, Token

PAGES = "docs"
HIDDEN = (".*", "/templates/")  # the engine leaves these out of every site


class Passage:
    """A text that somebody typed, in a language that has word lists.

    `place` is the value of the policy that it is; None for a page. `claiming` and `measuring` say
    whether a quick look found words of that sort.
    """

    place: Place | None = None

    def __init__(self, text: str, lists: Lists) -> None:
        self.text = text
        self.lists = lists
        said = set(split(text))
        self.claiming = lists.claims_in(said)
        self.measuring = lists.measures_in(text, said)

    @cached_property
    def known(self) -> Lexicon:
        from .lexicon import Lexicon

        made = vars(self.lists).get("lexicon")
        if made is None:
            made = vars(self.lists)["lexicon"] = Lexicon(self.lists)
        return made

    @cached_property
    def words(self) -> list[Token]:
        from .lexicon import tokens

        return tokens(self.text)

    @cached_property
    def sentences(self) -> list[Span]:
        from .claims import sentences

        return sentences(self.text)

    @cached_property
    def hits(self) -> list[Hit]:
        """What it claims: negations, questions and talk about a word are left out."""
        if not self.claiming:
            return []
        from .claims import is_claim

        found = list(self.known.hits(self.words))
        return [hit for hit in found if is_claim(self, hit)]

    def claims(self, name: str) -> list[Hit]:
        """What it claims with words of one list."""
        return [hit for hit in self.hits if hit.list == name]

    def quote(self, hit: Hit) -> str:
        """The words as they are written, on one line."""
        return " ".join(self.text[hit.start : hit.end].split())

    def at(self, start: int, end: int) -> Location:
        """Where a part of it stands."""
        raise NotImplementedError


class Typed(Passage):
    """A text of the policy."""

    def __init__(self, project: Project, place: Place, text: str, lists: Lists) -> None:
        super().__init__(text, lists)
        self.project = project
        self.place = place

    def at(self, start: int, end: int) -> Location:
        assert self.place
        return within(self.project.policy, self.place, self.text, start, end)


class Written(Passage):
    """A page of `docs/`; `facts` says whether references in it are filled in."""

    def __init__(self, path: str, page: Page, lists: Lists, *, facts: bool) -> None:
        super().__init__(page.prose, lists)
        self.path = path
        self.page = page
        self.facts = facts

    def at(self, start: int, end: int) -> Location:
        line, column = self.page.place(start)
        end_line, end_column = self.page.place(end)
        return Location(self.path, line, column, end_line, end_column)


def passages(project: Project) -> list[Passage]:
    """Every text that matters, kept with the project's other cached properties."""
    known: list[Passage] | None = vars(project).get("_passages")
    if known is None:
        known = vars(project)["_passages"] = [*_typed(project), *_written(project)]
    return known


def language(project: Project) -> str:
    """The language of the policy's texts."""
    return project.policy.header.language if project.policy.header else "en"


def _typed(project: Project) -> Iterator[Passage]:
    known = lists(language(project))
    if known:
        for place, text in texts(project.policy):
            typed = Typed(project, place, text, known)
            if typed.claiming or typed.measuring:
                yield typed


def _written(project: Project) -> Iterator[Passage]:
    patterns: list[str] | None = None
    for file in sorted((project.root / PAGES).rglob("*.md")):
        if not file.is_file():
            continue
        path = file.relative_to(project.root / PAGES).as_posix()
        text = file.read_bytes().decode("utf-8-sig", "replace")
        settings = front_matter(text)
        known = lists(_page_language(project, path, settings))
        quick = Passage(text, known) if known else None
        if not known or not quick or not (quick.claiming or quick.measuring):
            continue
        if patterns is None:
            patterns = _left_out(project.root / "mkdocs.yml")
        if _kept(path, patterns):
            from ...source.markdown import page

            facts = settings.get("facts") == "true"
            yield Written(f"{PAGES}/{path}", page(text), known, facts=facts)


def front_matter(text: str) -> dict[str, str]:
    """The plain settings at the head of a page."""
    first, *lines = text.split("\n", 40)[:-1] or [""]
    found = {}
    for line in lines if first.rstrip() == "---" else ():
        if line.rstrip() in ("---", "..."):
            break
        key, _, value = line.partition(":")
        found[key] = value.strip().strip("\"'")
    return found


def _page_language(project: Project, path: str, settings: dict[str, str]) -> str:
    """As the front matter says, or the folder, or the name, such as `de/about.md`."""
    if said := settings.get("language"):
        return said
    parts = [path.partition("/")[0], *Path(path).name.split(".")[1:-1]]
    listed = (part for part in parts if (FOLDER / f"{part.split('-')[0].lower()}.json").is_file())
    return next(listed, language(project))


def _left_out(file: Path) -> list[str]:
    """The patterns of `exclude_docs: |` in the team's configuration; YAML would take longer."""
    text = file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""
    found = list(HIDDEN)
    _, _, block = f"\n{text}".partition("\nexclude_docs: |")
    for line in block.splitlines()[1:]:
        if line[:1].strip():
            break
        if line.strip() and not line.strip().startswith("#"):
            found.append(line.strip())
    return found


def _kept(path: str, patterns: list[str]) -> bool:
    """Whether none of some patterns, written as for git, leaves a page out; the last one wins."""
    from fnmatch import fnmatch

    kept = True
    for pattern in patterns:
        plain = pattern.removeprefix("!").removeprefix("**/")
        names = path.split("/")
        wholes = ["/".join(names[: n + 1]) for n in range(len(names))]
        if plain.endswith("/"):
            names, wholes = names[:-1], wholes[:-1]
        rooted = "/" in plain.rstrip("/")
        if any(fnmatch(part, plain.strip("/")) for part in (wholes if rooted else names)):
            kept = pattern.startswith("!")
    return kept
