"""Whether every link of a finished site leads somewhere: to a file, and to a part of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from . import files
from .address import Site, Target
from .page import Read, Ref


class Broken(NamedTuple):
    """A link that leads nowhere: the file that it stands in, as it is written, and why.

    `near` is what it may have been meant to name: files of the site, or ids of a page.
    """

    file: str
    written: str
    why: str
    wanted: str = ""
    near: frozenset[str] = frozenset()


class Checked(NamedTuple):
    """A folder that was checked: what is broken, and how many links there are."""

    broken: tuple[Broken, ...]
    links: int


def check(folder: Path, address: str = "") -> Checked:
    """Reads every file of a site once and follows every link; `address` is where it will lie."""
    site = Site(frozenset(_files(folder)), address)
    read: dict[str, Read] = {}
    broken: list[Broken] = []
    for path in sorted(site.files):
        reader = files.reader(path)
        if reader:
            try:
                read[path] = reader((folder / path).read_bytes())
            except files.Unreadable as error:
                broken.append(Broken(path, "", f"{error}"))
    for path, found in read.items():
        broken += _own(path, found)
        broken += _others(site, path, read)
    return Checked(tuple(broken), sum(len(r.refs) + len(r.named) for r in read.values()))


def _files(folder: Path) -> Iterator[str]:
    start = len(str(folder)) + 1
    for place, _, names in os.walk(folder):
        for name in names:
            yield f"{place}/{name}"[start:].replace(os.sep, "/")


def _own(path: str, found: Read) -> Iterator[Broken]:
    """Names of things on the same page that are not there."""
    for name in found.named:
        if name not in found.ids:
            yield Broken(path, name, f"the page has no part '{name}'", name, found.ids)


def _others(site: Site, path: str, read: dict[str, Read]) -> Iterator[Broken]:
    for ref in read[path].refs:
        target = site.target(path, ref.value)
        fault = _fault(site, target, ref, read)
        if fault:
            yield Broken(path, ref.value, fault, *_near(site, target, read))


def _fault(site: Site, target: Target, ref: Ref, read: dict[str, Read]) -> str:
    if target.away:
        return _foreign(site, ref) if ref.loaded else ""
    if target.fault:
        return target.fault
    if ref.loaded and not ref.value.strip():
        return "it is empty"
    page = read.get(target.file)
    # What a part of any other file is, its own kind says: a page of a PDF, a second of a film.
    if not target.part or page is None or not target.file.endswith((".html", ".svg")):
        return ""
    if target.part in page.ids or target.part == "top" or ":~:" in target.part:
        return ""
    return f"'{target.file}' has no part '{target.part}'"


def _foreign(site: Site, ref: Ref) -> str:
    """Pages load files of this site, and no others: their own rules for browsers say so."""
    try:
        host = urlsplit(ref.value.strip()).netloc
    except ValueError:
        host = ""
    return (
        f"no browser loads it: pages take files of this site only, not of '{host}'" if host else ""
    )


def _near(site: Site, target: Target, read: dict[str, Read]) -> tuple[str, frozenset[str]]:
    """What was asked for, and what there is of the kind."""
    if target.part and target.file in read and not target.fault:
        return target.part, read[target.file].ids
    if target.file:
        return target.file, site.files
    return "", frozenset()
