"""`release`: freezes what the project says into a file that is never changed again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from .. import __version__
from ..findings import Location
from ..project import Project
from ..reporters import REPORTERS
from ..review.releases import chain, form
from ..review.releases.chain import Chain, Entry
from ..review.releases.form import Head
from ..review.releases.release import Release, frozen, says_the_same
from ..site.log import log
from .common import CLEAN, FINDINGS, CannotRun, project_at, report_of
from .files import Taken, put
from .states import released

LONGEST_NOTE = 2000


class Refused(Exception):
    """Why nothing was released."""


def release(
    folder: Path, as_of: date, *, note: str, version: str | None, colour: bool
) -> tuple[str, int]:
    """What is to be told, and the exit status: 1 if errors or an earlier release stand in the way.

    Without a version the release has the policy's.
    """
    project_at(folder, as_of)
    with _alone(folder):
        project = project_at(folder, as_of)
        report = report_of(project, colour=colour, prose=True)
        if report.count("error"):
            report.findings[:] = [f for f in report.findings if f.severity == "error"]
            return f"{REPORTERS['text'](report)}Nothing was released.\n", FINDINGS
        try:
            return _released(project, _note(note), version), CLEAN
        except Refused as why:
            return f"{why}\nNothing was released.\n", FINDINGS


def _released(project: Project, note: str, asked: str | None) -> str:
    known = chain.of(project)
    last = known.last
    before = released(project.root, last.path) if last else None
    if before is not None and says_the_same(project, before):
        version, day = before.head.version, before.head.released
        return f"Nothing to release: all is said as in release '{version}' of {day}.\n"
    head = Head(
        _version(project, known, asked),
        _day(project.as_of, last),
        last.head.number + 1 if last else 1,
        last.digest if last else "",
        note,
        f"aboveboard {__version__}",
    )
    if before is not None:
        _holds_later(project, before)
    raw = frozen(project, head)
    path = f"{form.FOLDER}/{head.version}.json"
    _write(project.root / path, raw)
    return (
        f"Release '{head.version}' of {head.released}, number {head.number}: {path}\n"
        f"Digest {form.claimed(raw)}\n"
        "Commit this file. It is never changed again; what comes later is a release of its own.\n"
    )


def _version(project: Project, known: Chain, asked: str | None) -> str:
    header = project.policy.header
    assert header is not None, "a project without errors has a header"
    version, place = asked or header.version, project.policy.at("policy", "", "version")
    where = "" if asked else f" ({place})"
    if not form.VERSION.match(version) or version.lower() == form.LATEST:
        raise Refused(
            f"'{version}'{where} cannot name a release: letters, digits and . + _ - are what a "
            f"file and an address can hold, and '{form.LATEST}' is taken; name it with --version"
        )
    for entry in known.entries:
        if entry.head.version.lower() == version.lower():  # file names, on many systems
            raise Refused(_taken(entry, version, place))
    return version


def _taken(entry: Entry, version: str, place: Location) -> str:
    return (
        f"version '{version}' was released on {entry.head.released}, and something else is said "
        f"now: raise 'version' in {place.path}:{place.line}, or name this release with --version"
    )


def _day(as_of: date, last: Entry | None) -> date:
    if last and as_of < last.head.released:
        raise Refused(f"release {last.name} is of {last.head.released}, and this is of {as_of}")
    return as_of


def _holds_later(project: Project, before: Release) -> None:
    """Refused if readers would be told that new words hold since a day on which others held."""
    header, old = project.policy.header, before.project.policy.header
    assert header is not None
    if old is None or header.effective > old.effective or not log(before.project, project).entries:
        return
    place = project.policy.at("policy", "", "effective")
    raise Refused(
        f"'effective' is {header.effective}, and release '{before.head.version}', in which other "
        f"words hold, has {old.effective}: set in {place.path}:{place.line} the day from which "
        "these hold"
    )


def _note(note: str) -> str:
    try:
        note.encode()
    except UnicodeEncodeError:
        raise CannotRun("the note is not UTF-8") from None
    if len(note) > LONGEST_NOTE:
        raise CannotRun(f"the note is longer than {LONGEST_NOTE} letters")
    return " ".join(note.split())


def _write(file: Path, raw: bytes) -> None:
    """Puts a release in its place whole, and never over another one."""
    try:
        put(file, raw)
    except Taken:
        raise Refused(f"'{file.name}' was written by somebody else in this moment") from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two releases at once would follow the same one, so the second is sent away."""
    try:
        import fcntl
    except ImportError:  # not on this system; what two made at once is then a fork, and found
        yield
        return
    held = os.open(folder / "policy_data", os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise CannotRun(
            "another `release` is at work in this project; run this one again"
        ) from None
    finally:
        os.close(held)
