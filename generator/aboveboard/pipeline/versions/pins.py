"""Where a text pins a tool: requirements, locks, project tables, Dockerfiles, manifests of images.

Lines are read one by one, so that each pin has its place. A range, `latest` and `${TAG}` are pins
without a version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_ONE: Final = r"(?:[=<>!~]=|===|[<>])\s*[^\s,;\"'#()\\]+"
_BOUND: Final = rf"(?:\s*\(?(?P<bound>{_ONE}(?:\s*,\s*{_ONE})*)|(?P<url>\s*@\s*\S+))?"
# Plain texts: `re` compiles and keeps those that a project's files need.
_EXACT: Final = r"(?:^|,)\s*={2,3}\s*(?P<version>[^\s,]+)\s*(?=,|$)"
_RELEASE: Final = r"v?\d+(\.\d+)+([-.]?(a|b|rc|dev|post)\d+)?(\+[\w.]+)?\Z"
_PLATFORM: Final = r"-(amd64|arm64|armv7|386|ppc64le|s390x|riscv64|linux)\Z"
_PACKAGE: Final = "[[package]]"
_ENTRY: Final = r"""\s*(?:name|version)\s*=\s*["'](?P<value>[^"']*)["']"""
_IMAGE: Final = (
    r"""(?i:(?:^\s*FROM\s+(?:--\S+\s+)*|(?<![\w/-])image["']?\s*:\s*)["']?)(?P<ref>[^\s"',}]+)"""
)
_NAMED: Final = (
    r"""(?P<indent>\s*(?:-\s+)?)["']?(?:repository|name)["']?\s*:\s*["']?(?P<ref>[\w./:-]+)"""
)
_TAG: Final = r"""\s*["']?(?:tag|newTag)["']?\s*:\s*["']?(?P<tag>[^\s"',}]+)"""


class Pin(NamedTuple):
    """What stands at one place, and the version that it fixes, if it does.

    decides: it is what runs, and no bound that another file makes exact.
    """

    line: int
    column: int
    written: str
    version: str | None
    decides: bool = True


def pins(text: str, packages: Sequence[str], images: Sequence[str]) -> list[Pin]:
    """Every place of a text that pins one of these packages or images."""
    lines = [_uncommented(line) for line in text.splitlines()]
    found: list[Pin] = []
    if packages:
        names = "|".join(re.escape(name).replace(r"\-", "[-_.]+") for name in packages)
        named = re.compile(names, re.IGNORECASE)
        locked = any(line.lstrip().startswith(_PACKAGE) for line in lines)
        found += _locked(lines, named) if locked else _required(lines, named)
    if any(name in text for name in images):
        found += _images(lines, images)
    return found


def _uncommented(line: str) -> str:
    """A line without its comment; a `#` within a word, as in a URL, begins none."""
    at = 0 if line.startswith("#") else next((m.start() for m in re.finditer(r"\s#", line)), None)
    return line if at is None else line[:at]


# -- packages ------------------------------------------------------------------------------


def _locked(lines: list[str], named: re.Pattern[str]) -> Iterator[Pin]:
    """uv.lock, poetry.lock, pdm.lock: a table for each package, its version below its name."""
    inside = False
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("["):
            inside = False
        entry = re.match(_ENTRY, line)
        if entry and line.lstrip().startswith("name"):
            inside = bool(named.fullmatch(entry["value"]))
        elif entry and inside:
            yield Pin(number, entry.start("value") + 1, entry["value"], _release(entry["value"]))


def _required(lines: list[str], named: re.Pattern[str]) -> Iterator[Pin]:
    """A requirement anywhere: in a file of them, a list of texts, a table, a command."""
    requirement = re.compile(
        rf"(?<![\w./@-])(?P<name>{named.pattern})(?![\w-]|\.\w)(?P<extras>\s*\[[^\]]*\])?{_BOUND}",
        re.IGNORECASE,
    )
    table = re.compile(
        rf"""\s*["']?(?P<name>{named.pattern})["']?\s*=\s*(?:["'](?P<bound>[^"']*)["']|\{{.*)""",
        re.IGNORECASE,
    )
    for number, line in enumerate(lines, 1):
        if found := table.match(line):
            yield _of_table(number, line, found)
            continue
        for found in requirement.finditer(line):
            if found["bound"] or found["url"] or _alone(found):
                exact = re.search(_EXACT, found["bound"] or "")
                version = _release(exact["version"]) if exact else None
                written, column = found[0].strip(), found.start() + 1
                yield Pin(number, column, written, version, decides=bool(found["url"]))


def _alone(found: re.Match[str]) -> bool:
    """Whether nothing but quotes, brackets and a marker stands beside a name."""
    line = found.string
    rest = line[: found.start()] + line[found.end() :].partition(";")[0]
    return not rest.strip(" \t\"',[]-\\")


def _of_table(number: int, line: str, found: re.Match[str]) -> Pin:
    """Poetry's `name = "1.0"`, or `{version = "1.0"}`, where a bare number is exact."""
    bound = found["bound"]
    if bound is None:
        inner = re.search(r"""version\s*=\s*["']([^"']*)["']""", line)
        bound = inner[1] if inner else ""
    version = _release(bound.removeprefix("==").strip())
    return Pin(number, found.start("name") + 1, line.strip(), version, decides=False)


def _release(text: str) -> str | None:
    """A version that names one release; `1.6.*` and `^1.6` do not."""
    return text.removeprefix("v") if re.match(_RELEASE, text) or text.isdigit() else None


# -- images --------------------------------------------------------------------------------


def _images(lines: list[str], images: Sequence[str]) -> Iterator[Pin]:
    """Dockerfiles, compose files, Kubernetes manifests, values of Helm and Kustomize."""
    for number, line in enumerate(lines, 1):
        if found := re.search(_IMAGE, line):
            name, tag = _reference(found["ref"])
            if name in images:
                yield Pin(number, found.start("ref") + 1, found["ref"], _tagged(tag))
        elif (found := re.match(_NAMED, line)) and _reference(found["ref"])[0] in images:
            tag_at = _beside(lines, number - 1, len(found["indent"]))
            if tag_at is not None:
                beside = re.match(_TAG, lines[tag_at])
                assert beside is not None
                tag, column = beside["tag"], beside.start("tag") + 1
                yield Pin(tag_at + 1, column, tag, _tagged(tag))


def _reference(ref: str) -> tuple[str, str]:
    """The last part of an image's name, and its tag; the digest pins more, and says less."""
    name, _, tag = ref.partition("@")[0].rpartition("/")[2].partition(":")
    return name, tag


def _tagged(tag: str) -> str | None:
    return _release(re.sub(_PLATFORM, "", tag))


def _beside(lines: list[str], at: int, indent: int) -> int | None:
    """The line of a tag in the same mapping as a line."""
    for step in (1, -1):
        n = at + step
        while 0 <= n < len(lines) and lines[n].strip():
            depth = len(lines[n]) - len(lines[n].lstrip(" -"))
            if depth < indent:
                break
            if depth == indent and re.match(_TAG, lines[n]):
                return n
            if step == 1 and lines[n].lstrip().startswith("- "):
                break
            n += step
    return None
