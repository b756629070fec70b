"""What a check reports, and where: findings, severities and places in files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from .source import Position
from .values import digest

Severity = Literal["error", "warning", "note"]
# Where a message names a line: it moves when somebody writes above it.
_LINE = re.compile(r"(?<=\bline )\d+|(?<=\w:)\d+(?:[:-]\d+)*")


class Location(NamedTuple):
    """A place in a file, its path relative to the project; `message` says what is there."""

    path: str
    line: int
    column: int = 1
    end_line: int | None = None
    end_column: int | None = None
    message: str = ""

    @classmethod
    def at(cls, path: str, position: Position, message: str = "") -> Location:
        return cls(path, *position, message=message)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Finding(NamedTuple):
    """One fault: the rule that fired, where somebody wrote it, and what to do about it.

    `location` is None only for a finding about nothing written; `claim` is the id of the
    claim that failed, if one did.
    """

    rule: str
    message: str
    location: Location | None = None
    severity: Severity = "error"
    hint: str = ""
    related: tuple[Location, ...] = ()
    claim: str | None = None
    suppression: str | None = None

    @property
    def is_corrected(self) -> bool:
        """Whether the site says in a correction what is true."""
        return (self.suppression or "").startswith("corrections/")

    @property
    def is_suppressed(self) -> bool:
        """Whether the team has put it aside."""
        return (self.suppression or "").startswith("suppressions/")

    @property
    def fingerprint(self) -> str:
        """Stable while lines move, and of a claim while it fails at all; two findings of one rule
        that say the same in one file have the same: `fingerprints` tells them apart."""
        return _digest(self._identity)

    @property
    def _identity(self) -> tuple[str, ...]:
        if self.claim:
            return self.rule, self.claim
        path = self.location.path if self.location else ""
        return self.rule, path, "", _LINE.sub("", self.message)

    def sort_key(self) -> tuple[str, int, int, str, str]:
        place = self.location or Location("", 0, 0)
        return (place.path, place.line, place.column, self.rule, self.message)


def within(place: Location, span: Location) -> bool:
    """Whether a place begins in a region of the same file."""
    end = (span.end_line or span.line, span.end_column or span.column)
    start = (place.line, place.column)
    return place.path == span.path and (span.line, span.column) <= start < end


def in_order(findings: list[Finding]) -> list[Finding]:
    """Sorted by place, each once."""
    return sorted(dict.fromkeys(findings), key=Finding.sort_key)


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """The fingerprint of each of all findings of a run, in their order: no two are the same."""
    seen: dict[tuple[str, ...], int] = {}
    told = []
    for finding in findings:
        identity = finding._identity
        seen[identity] = count = seen.get(identity, 0) + 1
        told.append(_digest((*identity, str(count)) if count > 1 else identity))
    return told


def _digest(identity: Sequence[str]) -> str:
    return digest("\0".join(identity).encode("utf-8", "surrogatepass"))[:16]
