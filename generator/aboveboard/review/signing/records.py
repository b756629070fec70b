"""Records of signatures: one file for each time that somebody signs, so that branches merge.

Each sentence is in it as it was read, with the fingerprint that the signature holds for. The digest
of the file shows an edit by hand, not an ill will: whoever can write files can write digests.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date as Day
from pathlib import Path
from typing import Any, NamedTuple

from ...findings import Finding, Location
from ...policy.load import REVIEWS
from ...source import Document, KeyPath, Position, read
from ...values import digest
from .prints import Print

DAMAGED = "damaged-record"
HINT = "restore it from git, or delete it and sign again"
VERSION = 1
_Shape = dict[str, type]
_MAY: _Shape = {"expires": str, "name": str, "settled": str}
_TOP: _Shape = {
    "version": int,
    "role": str,
    "date": str,
    "note": str,
    "signed": list,
    "digest": str,
}
_EACH: _Shape = {"what": str, "fingerprint": str, "says": dict, "claim": str, "evidence": str}


class Signed(NamedTuple):
    """A sentence as somebody signed it."""

    what: str
    print: Print
    place: Location | None = None


class Record(NamedTuple):
    """One act of signing; `name` only if it was given, since names are personal data.

    `settled` is the state in which it left nothing open, if it did.
    """

    role: str
    date: Day
    note: str
    signed: tuple[Signed, ...]
    expires: Day | None = None
    name: str = ""
    path: str = ""
    settled: str = ""

    @property
    def digest(self) -> str:
        """Of all that it says, the path left out."""
        return _digest(_plain(self))

    @property
    def file(self) -> str:
        """The name of its file: two records never share one."""
        return f"{self.date.isoformat()}-{self.role}-{self.digest[:8]}.yml"


# -- writing -------------------------------------------------------------------------------------


def text(record: Record) -> str:
    """The record as a file; every value is in JSON's quotes, so that no text is read as YAML."""
    plain = _plain(record)
    said = (f"{key}: {_json(value)}" for key, value in plain.items() if key != "signed")
    lines = ["# Written by `aboveboard review sign`. Its digest shows an edit by hand.", *said]
    lines.append("signed:")
    for each in plain["signed"]:
        start = "  - "
        for key, value in each.items():
            lines.append(f"{start}{key}: {_json(value)}")
            start = "    "
    return "\n".join([*lines, f"digest: {_json(_digest(plain))}", ""])


def _plain(record: Record) -> dict[str, Any]:
    """A record as plain data, without its digest."""
    expires = {"expires": record.expires.isoformat()} if record.expires else {}
    name = {"name": record.name} if record.name else {}
    settled = {"settled": record.settled} if record.settled else {}
    return {
        "version": VERSION,
        "role": record.role,
        "date": record.date.isoformat(),
        **expires,
        **name,
        "note": record.note,
        **settled,
        "signed": [
            {
                "what": each.what,
                "fingerprint": each.print.fingerprint,
                "says": dict(each.print.says),
                "claim": each.print.claim,
                "evidence": each.print.evidence,
            }
            for each in record.signed
        ],
    }


def _json(value: Any) -> str:
    """The value in JSON; what YAML could not hold, or nobody could see, in YAML's own escapes."""
    written = json.dumps(value, ensure_ascii=False)
    if written.isprintable():
        return written
    return "".join(c if c.isprintable() else _escaped(ord(c)) for c in written)


def _escaped(letter: int) -> str:
    return f"\\u{letter:04x}" if letter < 0x10000 else f"\\U{letter:08x}"


def _digest(plain: dict[str, Any]) -> str:
    return digest(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode())


# -- reading -------------------------------------------------------------------------------------


class Fault(Exception):
    """What is wrong with a record, at a key path of it, or where its reader says."""

    def __init__(
        self, message: str, path: KeyPath = (), hint: str = HINT, at: Position | None = None
    ) -> None:
        super().__init__(message)
        self.path, self.hint, self.at = path, hint, at


def load(root: Path) -> tuple[list[Record], list[Finding]]:
    """The records of a project in order of their files, and what is wrong with others."""
    records: list[Record] = []
    found: list[Finding] = []
    for file in _files(root):
        name = file.relative_to(root).as_posix()
        document = read(file, name)
        try:
            records.append(_record(document))
        except Fault as fault:
            place = Location.at(name, fault.at or document.position(fault.path))
            found.append(Finding(DAMAGED, str(fault), place, hint=fault.hint))
    return records, found


def _files(root: Path) -> Iterator[Path]:
    folder = root / REVIEWS
    inside = root.resolve()
    for file in sorted((*folder.glob("*.yml"), *folder.glob("*.yaml"))):
        try:
            here = file.resolve().is_relative_to(inside)
        except (OSError, RuntimeError):
            here = False
        if here and not file.is_dir():
            yield file


def _record(document: Document) -> Record:
    for problem in document.problems:
        message = f"this record cannot be read: {problem.message}"
        raise Fault(message, hint=problem.hint or HINT, at=problem.position)
    data = document.data
    _shape(data, {**_TOP, **_MAY}, _TOP, ())
    if data["version"] != VERSION:
        message = f"version {data['version']} of a record is not known to this program"
        raise Fault(message, ("version",), "use the version of aboveboard that wrote it")
    signed = tuple(_signed(document, n, each) for n, each in enumerate(data["signed"]))
    if _digest({key: value for key, value in data.items() if key != "digest"}) != data["digest"]:
        raise Fault("this record was edited by hand: its digest is of another text", ("digest",))
    expires = _day(data["expires"], "expires") if "expires" in data else None
    return Record(
        data["role"], _day(data["date"], "date"), data["note"], signed, expires,
        data.get("name", ""), document.path, data.get("settled", ""),
    )  # fmt: skip


def _signed(document: Document, number: int, data: Any) -> Signed:
    here: KeyPath = ("signed", number)
    _shape(data, _EACH, _EACH, here)
    says = tuple(data["says"].items())
    if not says or not all(isinstance(said, str) for _, said in says):
        raise Fault("'says' holds no wording", (*here, "says"))
    print_ = Print(data["claim"], says, data["evidence"])
    if print_.fingerprint != data["fingerprint"]:
        message = "this record was edited by hand: the fingerprint is of another sentence"
        raise Fault(message, (*here, "fingerprint"))
    place = Location.at(document.path, document.position((*here, "what")))
    return Signed(data["what"], print_, place)


def _shape(data: Any, known: _Shape, needed: _Shape, here: KeyPath) -> None:
    """A mapping with these keys and types of values, no others."""
    if not isinstance(data, dict):
        raise Fault("this is no record of a signature: it must be a mapping", here)
    for key in needed:
        if key not in data:
            raise Fault(f"'{key}' is missing: the record is cut short", here)
    for key, value in data.items():
        if key not in known:
            raise Fault(f"a record has no '{key}'", (*here, key))
        if not isinstance(value, known[key]) or isinstance(value, bool):
            raise Fault(f"'{key}' is not what a record holds there", (*here, key))


def _day(text: str, key: str) -> Day:
    try:
        return Day.fromisoformat(text)
    except ValueError:
        raise Fault(f"'{text}' is not a date such as 2026-12-01", (key,)) from None
