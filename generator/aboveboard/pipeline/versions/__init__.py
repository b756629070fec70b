"""Which version of a tool runs: a tool's defaults differ from version to version.

A reader keeps a table of its tool's defaults for each version, or range of versions, in which
they were looked up. Of a version without a table, or that nobody says, the defaults are unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

from ...findings import Finding, Location
from ...source import Document
from ...values import did_you_mean, listed
from ..graph import UNKNOWN, Fact, Setting
from ..part import Context, File, Part, Pinned
from .pins import Pin, pins

T = TypeVar("T")


class Tool(NamedTuple):
    """What a tool is called in prose, in package indexes, and as the last part of an image."""

    title: str
    packages: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


TOOLS: Final[dict[str, Tool]] = {
    "data-juicer": Tool("Data-Juicer", ("py-data-juicer",), ("data-juicer",)),
    "dolma": Tool("Dolma", ("dolma",)),
    "opentelemetry-collector": Tool(
        "the OpenTelemetry Collector",
        images=(
            "opentelemetry-collector",
            "opentelemetry-collector-contrib",
            "opentelemetry-collector-k8s",
        ),
    ),
}


def version(name: str, pinned: Pinned, documents: Iterable[Document]) -> Setting:
    """The version that the bindings or the files that pin a tool say; UNKNOWN with the reason."""
    title = TOOLS[name].title
    if pinned.version:
        said = f"{title} is {pinned.version.value}"
        return Setting(pinned.version.value, Fact(said, "declared", pinned.version.place))
    read = list(documents)
    found = [(pin, document.path) for document in read for pin in _pins(name, document)]
    exact = [(pin, path) for pin, path in found if pin.version]
    loose = [(pin, path) for pin, path in found if not pin.version]
    if len({_numbers(pin.version or "") for pin, _ in exact}) > 1:
        said = listed(f"{pin.version} in {path}:{pin.line}" for pin, path in exact)
        return _unknown(f"{title} is {said}", *exact[0])
    if exact and not any(pin.decides for pin, _ in loose):
        pin, path = exact[0]
        return Setting(pin.version, _fact(f"{title} is {pin.version}", "observed", pin, path))
    if loose:
        pin, path = next(((p, f) for p, f in loose if p.decides), loose[0])
        return _unknown(f"'{pin.written}' leaves the version of {title} open", pin, path)
    names = listed(document.path for document in read) or "no file"
    fact = Fact(f"{names} does not name {title}", "unknown", pinned.place)
    return Setting(UNKNOWN, fact)


def _pins(name: str, document: Document) -> list[Pin]:
    tool = TOOLS[name]
    return pins(document.data, tool.packages, tool.images) if document.data else []


def pinned(document: Document) -> list[str]:
    """The tools of which a text pins a version."""
    return [name for name in TOOLS if any(pin.version for pin in _pins(name, document))]


def _fact(text: str, grade: str, pin: Pin, path: str) -> Fact:
    place = Location(path, pin.line, pin.column, pin.line, pin.column + len(pin.written))
    return Fact(text, grade, place)  # type: ignore[arg-type]


def _unknown(text: str, pin: Pin, path: str) -> Setting:
    return Setting(UNKNOWN, _fact(text, "unknown", pin, path))


def no_such_tool(name: str, pinned: Pinned) -> Finding:
    """The finding that nothing here depends on the version of such a tool."""
    hint = did_you_mean(name, TOOLS)
    return Finding("unknown-reference", f"no tool is called '{name}'", pinned.place, hint=hint)


# -- which table holds -----------------------------------------------------------------------


def choose(said: Setting | None, tables: Mapping[str, T]) -> T | None:
    """The table of a version; a key is a version, or `FIRST..LAST` of those that are alike."""
    number = _numbers(said.value) if said and said.known else None
    for key, table in tables.items() if number else ():
        first, _, last = key.partition("..")
        low, high = _numbers(first), _numbers(last or first)
        if low and high and number and low <= number <= high:
            return table
    return None


def _numbers(text: str) -> tuple[int, ...] | None:
    """1.6.1 as numbers without zeros at the end; None for a version that is no plain release."""
    if not re.fullmatch(r"v?\d{1,9}(\.\d{1,9}){0,5}(\+[\w.]+)?", text):
        return None
    found = [int(part) for part in text.lstrip("v").partition("+")[0].split(".")]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def newest(tables: Iterable[str]) -> str:
    """The newest version that a tool's tables, the newest first, hold for."""
    first, _, last = next(iter(tables)).partition("..")
    return last or first


def undecided(
    name: str, tables: Mapping[str, object], files: Iterable[File], context: Context
) -> Finding:
    """The finding that no table of defaults holds for these files, with the nearest way out."""
    title, said = TOOLS[name].title, context.version(name)
    known = [key.replace("..", " to ") for key in tables]
    here = f"so what {listed(file.document.path for file in files)} does not set is unknown"
    if said is None:
        place = next(iter(files)).entry.patterns[0].place
        say = f'{{{name}: "{newest(tables)}"}}'  # without quotes, 0.164 is a number
        hint = f"below 'bindings:' say 'tools: {say}', or 'pinned:' with the file that pins it"
        return _warning(f"nothing says which version of {title} runs, {here}", place, hint)
    if not said.known:
        hint = "pin one version there, or say it in 'tools:'"
        return _warning(f"{said.fact.text}, {here}", said.fact.location, hint)
    hint = f"known: {listed(known)}; or set in the files what the claims rest on"
    message = f"the defaults of {title} {said.value} are not known here, {here}"
    return _warning(message, said.fact.location, hint)


def unversioned(
    name: str, tables: Mapping[str, object], files: Sequence[File], context: Context
) -> Part:
    """The part that says of these files that no table of defaults holds for them."""
    found = undecided(name, tables, files, context)
    return Part(findings=[found], unversioned={file.document.path: found for file in files})


def _warning(message: str, place: Location, hint: str) -> Finding:
    return Finding("unknown-version", message, place, "warning", hint)
