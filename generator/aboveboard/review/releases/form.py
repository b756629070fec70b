"""The form of a release file: canonical JSON, with its digest and its place in the chain in front.

    {
     "digest": "<SHA-256 of this file without this line>",
     "head": {
      "format": 1, "note": "", "number": 2, "previous": "<digest>", "released": "2026-12-01", ...
     },
     "inputs": {...}, "policy": {...}, "text": {...}, "verdicts": {...}
    }

Keys are sorted, each value has its line, indents are one space, lines end with a line feed, text
is UTF-8 as it is. So what a file holds decides each of its bytes, the digest is of plain bytes,
and a check of the chain reads no JSON but the head.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any, Final, NamedTuple

from ...findings import Finding, Location
from ...source import CONFLICT
from ...values import digest

FORMAT: Final = 1
FOLDER: Final = "policy_data/releases"
LATEST: Final = "latest"  # stands for the newest release where one is named
MOST: Final = 999_999  # releases
MAX_BYTES: Final = 64_000_000
VERSION: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.+_-]{0,62}[A-Za-z0-9])?\Z")
_SHA256: Final = re.compile(r"[0-9a-f]{64}\Z")
_OPEN, _NAME, _END = b"{\n", b' "digest": "', b'",\n'
_BODY = len(_OPEN + _NAME + _END) + 64
_HEAD, _HEAD_END = b' "head": {\n', b"\n },\n"
_MAX_HEAD = 100_000


class Unreadable(Exception):
    """Bytes that are no release, or a release of a form that we do not know, and where."""

    def __init__(self, message: str, line: int = 1, hint: str = "", *, column: int = 1) -> None:
        super().__init__(message)
        self.message, self.line, self.column, self.hint = message, line, column, hint

    def finding(self, rule: str, path: str) -> Finding:
        """The fault as a finding in this file."""
        return Finding(rule, self.message, Location(path, self.line, self.column), hint=self.hint)


class Head(NamedTuple):
    """What a release says of itself. `previous` is the digest of the one before, "" for the first;
    `number` counts from 1."""

    version: str
    released: date
    number: int
    previous: str
    note: str
    tool: str

    def plain(self) -> dict[str, Any]:
        """As it stands in the file."""
        rest = {"format": FORMAT, "released": self.released.isoformat()}
        return {**self._asdict(), **rest}


def canonical(content: dict[str, Any]) -> bytes:
    """The one way to write this content."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def sealed(content: dict[str, Any]) -> bytes:
    """The file that holds this content, with its digest."""
    return canonical({**content, "digest": digest(canonical(content))})


def opened(raw: bytes) -> tuple[str, Head, bool]:
    """The digest that a file says it has, its head, and whether it was edited since."""
    try:
        digest_, found = claimed(raw), head(raw)
        edited = actual(raw) != digest_
    except Unreadable:
        _no_conflict(raw)
        raise
    if edited:
        _no_conflict(raw)
    return digest_, found, edited


def _no_conflict(raw: bytes) -> None:
    """Unreadable, if a merge was left undone: nothing else is worth saying then."""
    if (at := raw.find(b"<<<<<<< ")) >= 0 and raw[at - 1 : at] in (b"", b"\n"):
        hint = "two branches made this release: keep the one that was published, and release again"
        raise Unreadable(CONFLICT, raw[:at].count(b"\n") + 1, hint)


def claimed(raw: bytes) -> str:
    """The digest that a file says it has."""
    found = raw[len(_OPEN + _NAME) : _BODY - len(_END)]
    if not raw.startswith(_OPEN + _NAME) or raw[_BODY - len(_END) : _BODY] != _END:
        raise Unreadable("this is no release: its first lines are '{' and its digest")
    text = found.decode("ascii", "replace")
    if not _SHA256.match(text):
        raise Unreadable("this is no release: its digest is not a SHA-256", 2)
    return text


def actual(raw: bytes) -> str:
    """The digest of what a file holds."""
    from hashlib import sha256

    found = sha256(_OPEN)
    found.update(memoryview(raw)[_BODY:])
    return found.hexdigest()


def head(raw: bytes) -> Head:
    """What a file says of itself, read from its first lines."""
    start, end = _BODY + len(_HEAD), raw.find(_HEAD_END, _BODY, _BODY + _MAX_HEAD)
    if raw[_BODY:start] != _HEAD or end < 0:
        raise Unreadable("this is no release: its head is missing", 3)
    try:
        found = json.loads(b"{" + raw[start:end] + b"}")
    except ValueError:  # UnicodeDecodeError is one
        raise Unreadable("the head of this release cannot be read", 3) from None
    return _head(found)


def _head(found: dict[str, Any]) -> Head:
    form = found.pop("format", None)
    if type(form) is int and form > FORMAT:
        raise Unreadable(
            f"this release has format {form}, and this version of Aboveboard reads {FORMAT}",
            line_of(found, "format"),
            "use the version that wrote it, or a later one",
        )
    for key, holds in _HOLDS.items():
        value = found.get(key)
        good = type(value) is int if isinstance(holds, range) else isinstance(value, str)
        if not good or not (value in holds if isinstance(holds, range) else holds.match(value)):
            raise Unreadable(f"'{key}' of this release cannot be read", line_of(found, key))
    if found.keys() != _HOLDS.keys() or form != FORMAT:
        raise Unreadable("the head of this release has other keys than a head has", 3)
    try:
        return Head(**{**found, "released": date.fromisoformat(found["released"])})
    except ValueError:
        message = f"'{found['released']}' is not a date such as 2026-12-01"
        raise Unreadable(message, line_of(found, "released")) from None


_HOLDS: Final[dict[str, Any]] = {
    "note": re.compile(""),
    "number": range(1, MOST + 1),
    "previous": re.compile(r"(?:[0-9a-f]{64})?\Z"),
    "released": re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII),
    "tool": re.compile(""),
    "version": VERSION,
}


def line_of(found: dict[str, Any] | Head, key: str) -> int:
    """The line of a key of the head."""
    keys = sorted({*(found if isinstance(found, dict) else found.plain()), "format"})
    return 4 + keys.index(key) if key in keys else 3
