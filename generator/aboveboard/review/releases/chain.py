"""The releases of a project as a chain: each names the digest of the one before it.

Only first lines are read as JSON, so this costs little more than reading the files.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ...findings import Finding, Location
from ...project import Project
from . import form
from .form import FOLDER, Head, Unreadable

UNREADABLE, EDITED, MISSING = "unreadable-release", "edited-release", "missing-release"
REORDERED, FORKED = "reordered-release", "forked-release"
MANY, MOST_WORKERS = 16, 4  # files that are worth some threads, and how many


class Entry(NamedTuple):
    """A release file: its path in the project, its digest as it says, and its head."""

    path: str
    digest: str
    head: Head
    edited: bool = False

    def at(self, key: str) -> Location:
        """Where a key of its head stands."""
        return Location(self.path, form.line_of(self.head, key), 3)

    @property
    def name(self) -> str:
        return f"'{self.head.version}'"


class Chain(NamedTuple):
    """The releases that can be read, first to last, and what is wrong with them or their order."""

    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def last(self) -> Entry | None:
        return self.entries[-1] if self.entries else None

    def named(self, version: str) -> Entry | None:
        """The release of this version, or the last one if that is what is asked for."""
        if version == form.LATEST:
            return self.last
        return next((e for e in self.entries if e.head.version == version), None)


def read(root: Path) -> Chain:
    """The chain of the project at `root`; empty without releases."""
    entries, found = list[Entry](), list[Finding]()
    for each in _each(root, paths(root)):
        if isinstance(each, Entry):
            entries.append(each)
        else:
            found.append(each)
    entries.sort(key=lambda e: (e.head.number, e.head.released, e.path))
    found += [f for check in _CHECKS for f in check(entries, bool(found))]
    return Chain(tuple(entries), tuple(found))


def of(project: Project) -> Chain:
    """The chain of a project, read once."""
    known = vars(project)
    if "_chain" not in known:
        known["_chain"] = read(project.root)
    found: Chain = known["_chain"]
    return found


def told(project: Project, rule: str, hint: str) -> Iterator[Finding]:
    """What is wrong by one rule; each with this hint unless it has a better one."""
    for finding in of(project).findings:
        if finding.rule == rule:
            yield finding._replace(hint=finding.hint or hint)


def paths(root: Path) -> list[str]:
    """The release files of a project, relative to it."""
    try:
        names = os.listdir(root / FOLDER)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(f"{FOLDER}/{n}" for n in names if n.endswith(".json") and n[0] != ".")


def contents(file: Path) -> bytes:
    """What a release file holds; Unreadable says why it cannot be read."""
    if file.is_symlink() or not file.is_file():  # a pipe would wait for ever
        raise Unreadable("this is not a file of its own, and a release must be")
    try:
        if file.stat().st_size > form.MAX_BYTES:
            raise Unreadable(f"this file is larger than {form.MAX_BYTES // 1_000_000} MB")
        raw = file.read_bytes()
    except OSError as error:
        raise Unreadable(f"this file cannot be read: {error.strerror}") from None
    if raw.startswith(b"{\r\n"):
        hint = f"say `{FOLDER}/*.json -text` in .gitattributes, and check the file out anew"
        raise Unreadable("the lines of this file end with CR LF: it was converted", 1, hint)
    if not raw.endswith(b"\n}\n"):
        column = len(raw[raw.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = "this release was cut short: its end is missing"
        raise Unreadable(message, raw.count(b"\n") + 1, column=column)
    return raw


def _each(root: Path, files: list[str]) -> Iterable[Entry | Finding]:
    """Each file as an entry, or what is wrong with it; digests of many are made at once."""
    entry = partial(_entry, root)
    if len(files) < MANY:
        return map(entry, files)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(MOST_WORKERS) as pool:
        return list(pool.map(entry, files))


def _entry(root: Path, path: str) -> Entry | Finding:
    try:
        raw = contents(root / path)
        return Entry(path, *form.opened(raw))
    except Unreadable as fault:
        return fault.finding(UNREADABLE, path)


# -- what can be wrong ----------------------------------------------------------------------------


def _edited(entries: list[Entry], _gaps: bool) -> Iterator[Finding]:
    for entry in entries:
        if entry.edited:
            message = f"release {entry.name} was changed after it was made: its digest does not fit"
            yield Finding(EDITED, message, Location(entry.path, 2, 2))


def _rewritten(entries: list[Entry], gaps: bool) -> Iterator[Finding]:
    """A digest that a later release names, and no release has."""
    known = {entry.digest for entry in entries}
    by_number = {entry.head.number: entry for entry in entries}
    for entry in entries:
        if not entry.head.previous or entry.head.previous in known:
            continue
        before = by_number.get(entry.head.number - 1)
        if before:
            message = (
                f"release {before.name} is not the one that {entry.name} follows: it was made anew"
            )
            place = Location(before.path, 2, 2)
            yield Finding(EDITED, message, place, related=(entry.at("previous"),))
        elif not gaps:
            message = f"the release before {entry.name} is missing: {entry.head.previous[:12]}…"
            yield Finding(MISSING, message, entry.at("previous"))


def _reordered(entries: list[Entry], _gaps: bool) -> Iterator[Finding]:
    by_digest = {entry.digest: entry for entry in entries}
    for entry in entries:
        head, name = entry.head, entry.path.removeprefix(f"{FOLDER}/").removesuffix(".json")
        if name != head.version:
            message = f"this file is named '{name}', and holds release {entry.name}"
            yield Finding(REORDERED, message, entry.at("version"))
        before = by_digest.get(head.previous)
        number = before.head.number + 1 if before else 1
        if head.number != number and (before or not head.previous):
            message = f"release {entry.name} says it is number {head.number}, and is {number}"
            yield Finding(REORDERED, message, entry.at("number"))
        if before and head.released < before.head.released:
            message = f"release {entry.name} is dated before {before.name}, which it follows"
            related = (before.at("released"),)
            yield Finding(REORDERED, message, entry.at("released"), related=related)


def _forked(entries: list[Entry], _gaps: bool) -> Iterator[Finding]:
    after: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        after[entry.head.previous].append(entry)
    for first, *others in after.values():
        for other in others:
            what = "follow the same release" if other.head.previous else "are both the first"
            message = f"releases {first.name} and {other.name} {what}"
            related = (first.at("previous"),)
            yield Finding(FORKED, message, other.at("previous"), related=related)


_CHECKS = (_edited, _rewritten, _reordered, _forked)
