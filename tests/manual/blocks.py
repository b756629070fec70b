"""Blocks of code in Markdown, each with how it is tested: a comment before it says so.

    <!-- test: KIND -->              of the next block
    <!-- every block: KIND -->       of all blocks of the page that say nothing themselves

| kind | the block |
|---|---|
| `policy` | is a whole policy that loads without a fault |
| `entities` | is a part of one: each entity is as its class takes it |
| `rows` | is a list of rows of `applies` |
| `pipeline` | is a native pipeline file that is read without a fault |
| `run WORLD [STATUS]...` | is run in a scratch copy of a world, and ends with a status (0 unless said); what stands after `$ ` prints what is below it |
| `file WORLD PATH` | is saved there |
| `change WORLD PATH` | takes lines out of that file (`-`) and puts others in (`+`) |
| `python` | is run |
| `make` | has targets of the Makefile |
| `github`, `gitlab` | is a workflow, or a pipeline, with inputs and options that our parts have |
| `by FILE` | is held by a test of its own, which names the page |
| `not: REASON` | is not tested |

In what is printed, `…` stands for anything on a line, and `...` on a line of its own for any lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_PARTS = re.compile(
    r"^(?P<indent> *)(?P<fence>```+|~~~+)(?P<language>[\w-]*)[^\n]*\n(?P<text>.*?)^ *(?P=fence) *$"
    r"|<!-- (?P<of>test|every block): (?P<kind>.*?) -->",
    re.DOTALL | re.MULTILINE,
)


class Block(NamedTuple):
    """A block at a line of a page, with its kind; "" if nothing says how it is tested."""

    page: str
    line: int
    language: str
    text: str
    kind: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks() -> Iterator[Block]:
    """Every block of these pages, in order."""
    for page in PAGES:
        yield from of_page(page.relative_to(ROOT).as_posix(), page.read_text("utf-8"))


def of_page(name: str, text: str) -> Iterator[Block]:
    """Every block of a page."""
    every = own = ""
    for part in _PARTS.finditer(text):
        if part["of"] == "every block":
            every = part["kind"]
        elif part["of"]:
            own = part["kind"]
        else:
            line = text.count("\n", 0, part.start()) + 1
            cut = re.compile(rf"^{part['indent']}", re.MULTILINE)
            yield Block(name, line, part["language"], cut.sub("", part["text"]), own or every)
            own = ""


class Command(NamedTuple):
    """A command, and what it prints; None if the page does not say."""

    text: str
    printed: str | None


def commands(block: Block) -> Iterator[Command]:
    """What somebody types who follows a block: lines after `$ `, or each line that is no comment."""
    if block.language == "console":
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, _, printed = part.replace("\\\n", "").partition("\n")
            yield Command(command, printed)
        return
    for line in block.text.replace("\\\n", "").split("\n"):
        if line.strip() and not line.startswith("#"):
            yield Command(line, None)


def fits(printed: str, said: str) -> bool:
    """Whether what is printed is what a page says, of which it may leave out parts."""
    lines = [line.rstrip() for line in said.rstrip("\n").split("\n")]
    pattern = "".join(
        r"(?:[^\n]*\n)*?"
        if line in ("...", "…")
        else "[^\n]*?".join(map(re.escape, line.split("…"))) + r" *\n"
        for line in lines
    )
    return re.fullmatch(pattern, printed.rstrip("\n") + "\n") is not None
