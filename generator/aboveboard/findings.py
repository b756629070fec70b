"""What a check reports, and where: findings, severities and places in files."""

from __future__ import annotations

from typing import Literal, NamedTuple

from .source import Position
from .values import digest

Severity = Literal["error", "warning", "note"]


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
    def fingerprint(self) -> str:
        """Stable while rule, file, claim and message stay; lines may move."""
        path = self.location.path if self.location else ""
        text = "\0".join((self.rule, path, self.claim or "", self.message))
        return digest(text.encode())[:16]

    def sort_key(self) -> tuple[str, int, int, str, str]:
        place = self.location or Location("", 0, 0)
        return (place.path, place.line, place.column, self.rule, self.message)


def in_order(findings: list[Finding]) -> list[Finding]:
    """Sorted by place, each once."""
    return sorted(dict.fromkeys(findings), key=Finding.sort_key)
