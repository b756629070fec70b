"""What a team has already: its pipeline's files, read, and what they suggest a policy to say."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ...findings import Finding, Location
from ...pipeline.discover import Other, Search, search
from ...pipeline.graph import Pipeline
from ...pipeline.load import load
from ...pipeline.part import Checkout, Context, Entry, Pinned, Said
from ...pipeline.readers import data_juicer, dolma, otel_collector, sql
from ...pipeline.readers.data_juicer.catalogue import TABLES as DATA_JUICER
from ...pipeline.readers.dolma.catalogue import TABLES as DOLMA
from ...pipeline.readers.otel_collector.versions import KNOWN as COLLECTOR
from ...pipeline.versions import newest
from ..checkouts import as_they_lie, given
from ..revisions import commit_of
from ..status import CannotRun
from .proposal import propose
from .shapes import Proposal

HERE = Location("policy_data/bindings.yml", 1)
# The versions of each tool that are known, the newest first.
KNOWN: Mapping[str, Iterable[str]] = {
    data_juicer.NAME: DATA_JUICER,
    dolma.NAME: DOLMA,
    otel_collector.NAME: COLLECTOR,
}
DIALECT = "say which dialect it is in, such as `--dialect postgres`"


class Found(NamedTuple):
    """The files of each place that was searched ("" is the project's own), and their graph.

    files, checkouts and tools are what the bindings hold of them.
    """

    searches: Mapping[str, Search]
    pipeline: Pipeline
    files: list[Any]
    checkouts: dict[str, Any]
    tools: dict[str, Any]

    @property
    def proposal(self) -> Proposal:
        return propose(self.pipeline)

    @property
    def assumed(self) -> dict[str, str]:
        """The version of each tool that no file pins: the newest that is known."""
        return {tool: said for tool, said in self.tools.items() if isinstance(said, str)}

    @property
    def others(self) -> Iterator[tuple[str, Other]]:
        """What looks like part of a pipeline and is not read, by the place where it lies."""
        for name, found in self.searches.items():
            yield from ((name, other) for other in found.others)


def look(folder: Path, as_of: date, dialect: str | None) -> Found:
    """Searches the project's folder and every checkout that the command line names."""
    places = {"": folder, **given()}
    searches = {name: _known(search(path), dialect) for name, path in places.items()}
    found = Found(searches, Pipeline(), [], {}, {})
    entries = list[Entry]()
    for name, path in places.items():
        if not path.is_dir():
            if name:
                raise CannotRun(f"checkout '{name}': '{path}' is not a folder")
            continue
        entries += _entries(name, path, searches[name], dialect, found)
    pinned = {tool: Pinned(HERE, files=entry) for tool, entry in _pins(found, entries)}
    formats = {known.format for result in searches.values() for known in result.known}
    for tool in sorted(formats & KNOWN.keys() - pinned.keys()):
        found.tools[tool] = newest(KNOWN[tool])
        pinned[tool] = Pinned(HERE, version=Said(found.tools[tool], HERE))
    return found._replace(pipeline=load(folder, entries, Context(as_of), pinned))


def _pins(found: Found, entries: list[Entry]) -> Iterator[tuple[str, Entry]]:
    """The entry of the files that pin each tool."""
    opened = {e.checkout.name: e.checkout for e in entries if e.checkout}
    for tool, said in found.tools.items():
        paths = tuple(Said(path, HERE) for path in said["pinned"])
        yield tool, Entry(paths, checkout=opened.get(said.get("checkout", "")))


def _known(found: Search, dialect: str | None) -> Search:
    """SQL without a dialect cannot be read."""
    plain = tuple(k.path for k in found.known if k.path.endswith(".sql"))
    if not plain or dialect:
        return found
    return found._replace(
        known=tuple(k for k in found.known if k.path not in plain),
        others=(*found.others, Other("SQL", DIALECT, plain, " --dialect postgres")),
    )


def _entries(
    name: str, folder: Path, found: Search, dialect: str | None, into: Found
) -> Iterator[Entry]:
    """The entries of the bindings that name what was found in a place; `into` gets them, too."""
    checkout = _checkout(name, folder) if name and found.known else None
    if checkout:
        into.checkouts[name] = {"revision": checkout.commit}
    for known in found.known:
        path = glob.escape(known.path)
        is_sql = known.format == sql.NAME and known.path.endswith(".sql")
        more = {**({"dialect": dialect} if is_sql else {}), **({"checkout": name} if name else {})}
        into.files.append({"path": path, **more} if more else path)
        said = Said(dialect, HERE) if is_sql and dialect else None
        yield Entry((Said(path, HERE),), said, checkout)
    formats = {known.format for known in found.known}
    for tool, paths in found.pins.items():
        if tool in formats and tool not in into.tools:
            pinned = {"pinned": [glob.escape(path) for path in paths]}
            into.tools[tool] = {**pinned, **({"checkout": name} if name else {})}


def _checkout(name: str, folder: Path) -> Checkout:
    """Another repository as its folder has it now."""
    try:
        opened = as_they_lie(name, commit_of(folder, "HEAD"))
    except CannotRun as error:
        raise CannotRun(f"checkout '{name}': {error}") from None
    if isinstance(opened, Finding):
        raise CannotRun(opened.message)
    return opened
