"""What a build takes from outside the policy: hand-written pages, and the theme."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import schemas
from ..answers import pages as written
from ..answers import prose
from ..findings import Finding, Location
from ..project import Project
from . import worker
from .page import Page
from .text import inert_markdown

THEME = Path(__file__).parent / "theme"
HAND_WRITTEN = "docs"


@dataclass(frozen=True, slots=True)
class Own:
    """The team's hand-written files below `docs/`, by path, and those of them that are pages."""

    files: dict[str, bytes]

    @property
    def pages(self) -> list[str]:
        return [path for path in self.files if path.endswith(".md")]


def hand_written(root: Path, team: worker.Team) -> Own:
    """Everything below `docs/` but theme overrides and what the team excludes."""
    folder = root / HAND_WRITTEN
    overrides = root / team.overrides
    found = {}
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if not file.is_file() or overrides in file.parents or team.excluded(path):
            continue
        found[path] = file.read_bytes()
    return Own(found)


def published() -> dict[str, bytes]:
    """What stands on the site as it is: JSON Schema of the files that people write."""
    return {f"schemas/{schemas.file(n).name}": schemas.file(n).read_bytes() for n in schemas.NAMES}


def filled(project: Project, own: Own) -> tuple[Own, list[Finding]]:
    """The same, with facts in the pages that ask for them; what comes from facts is inert text."""
    files, found = dict(own.files), list[Finding]()
    for path in own.pages:
        page = written.of(f"{HAND_WRITTEN}/{path}", files[path])
        if page is None:
            continue
        try:
            body = prose.filled(project, page.body, longest=written.LONGEST, escape=inert_markdown)
        except prose.BadTemplate as bad:
            place = Location(page.path, page.line)
            found.append(Finding("unknown-fact", bad.fault.message, place, hint=bad.fault.hint))
        else:
            files[path] = f"{page.front}{body}".encode()
    return Own(files), found


def collisions(own: Own, pages: list[Page]) -> Iterator[Finding]:
    """Each hand-written file at an address of a generated page, which would replace it."""
    taken = {page.path.casefold(): page for page in pages}
    for path in own.files:
        page = taken.get(_address(path))
        if page is not None:
            message = f"'{HAND_WRITTEN}/{path}' has the address of a generated page: {page.title}"
            place = Location(f"{HAND_WRITTEN}/{path}", 1)
            yield Finding("page-collision", message, place, hint="rename the file")


def _address(path: str) -> str:
    """The address that the engine gives a file, without slashes at the ends."""
    plain = path.casefold()
    for ending in (".md", ".html"):
        plain = plain.removesuffix(ending)
    head, _, name = plain.rpartition("/")
    return head if name in ("index", "readme") else plain


def theme(
    root: Path, team: worker.Team, footing: str, index: bytes
) -> tuple[dict[str, bytes], dict[str, str]]:
    """The files of the theme, the team's own winning, and the addresses of its style and scripts.

    `footing` stands at the foot of each printed page; `index` is what the search loads.
    """
    files = _below(THEME, skipped=("css", "js", "vendor"))
    made = {"style": ("aboveboard.css", style_sheet(footing).encode())}
    made |= {file.stem: (file.name, file.read_bytes()) for file in sorted((THEME / "js").glob("*"))}
    engine = b"".join(file.read_bytes() for file in sorted((THEME / "vendor").glob("*.js")))
    made["search"] = ("search.js", engine + made["search"][1])
    made["index"] = ("search.json", index)
    assets = {name: _hashed(file, content) for name, (file, content) in made.items()}
    files |= {assets[name]: content for name, (_, content) in made.items()}
    return {**files, **_below(root / team.overrides)}, assets


def _hashed(file: str, content: bytes) -> str:
    """An address that changes with the content, so that no browser keeps an old one."""
    name, ending = file.rsplit(".", 1)
    return f"assets/{name}.{hashlib.sha256(content).hexdigest()[:8]}.{ending}"


def _below(folder: Path, skipped: tuple[str, ...] = ()) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in skipped
    }


def style_sheet(footing: str) -> str:
    """One sheet: the engine's own in a layer, so that any rule of ours wins over them."""
    ours = "".join(file.read_text("utf-8") for file in sorted((THEME / "css").glob("*.css")))
    ours = ours.replace("@FOOTING@", _css_text(footing))
    return f"@layer material{{{worker.stylesheets()}}}\n{ours}"


def _css_text(text: str) -> str:
    """The inside of a CSS string; whatever is not plain is written as its code point."""
    return "".join(c if c.isalnum() or c in " .,:" else f"\\{ord(c):x} " for c in text)
