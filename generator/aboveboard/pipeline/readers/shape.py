"""Checks the shape of plain data that a reader was given; what is wrong becomes findings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from ...findings import Finding, Location
from ...source import Document, KeyPath
from ...values import Duration, did_you_mean, nearest
from ..graph import UNKNOWN
from ..predicate import Predicate, Unreadable, keeps

UNREAD = re.compile(r"\$\{|\{\{|\{%|<%|\?\?\?\Z|\$\(|%\(")
_KINDS: dict[str, tuple[str, Any]] = {
    "text": ("text", str),
    "int": ("a whole number", int),
    "bool": ("true or false", bool),
    "map": ("a mapping", dict),
    "list": ("a list", list),
    "any": ("a value", object),
}


class Keys(NamedTuple):
    """Which keys a mapping may have, of what kind, and which it must have."""

    kinds: dict[str, str]
    need: tuple[str, ...] = ()


def at(data: Any, path: KeyPath) -> Any:
    """The value at a key path that exists."""
    for step in path:
        data = data[step]
    return data


def unreadable(value: Any) -> bool:
    """Whether a value stands for something that only a run would know: `${VAR}`, Jinja, `???`."""
    return isinstance(value, str) and bool(UNREAD.search(value))


def condition(where: Any, missing: bool | None) -> Predicate:
    """The rows whose fields have the values written; what a run alone would know is not read."""
    if not isinstance(where, dict):
        return Unreadable(f"where {where}")
    return keeps({str(name): _read(value) for name, value in where.items()}, missing)


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return [_read(v) for v in value]
    return UNKNOWN if unreadable(value) else value


class Shape:
    """Speaks of one document; every fault is added to `findings`."""

    def __init__(self, document: Document, findings: list[Finding]) -> None:
        self.document = document
        self.findings = findings

    def fault(
        self,
        path: KeyPath,
        message: str,
        hint: str = "",
        *,
        key: bool = False,
        rule: str = "unreadable-pipeline",
    ) -> None:
        place = Location.at(self.document.path, self.document.position(path, key=key))
        self.findings.append(Finding(rule, message, place, hint=hint))

    def unknown_word(self, path: KeyPath, word: Any, known: Iterable[str]) -> None:
        self.fault(path, f"'{word}' is not a known {path[-1]}", did_you_mean(str(word), known))

    def keys(self, path: KeyPath, value: Any, expected: Keys) -> dict[str, Any]:
        """The content of a mapping that is as expected; what is not is told and left out."""
        if not isinstance(value, dict):
            self.fault(path, f"'{_name(path)}' must be a mapping")
            return {}
        good = {}
        meant: set[str | None] = set()
        for name, content in value.items():
            kind = expected.kinds.get(name)
            if kind is None:
                hint = did_you_mean(name, expected.kinds)
                meant.add(nearest(name, expected.kinds))
                self.fault((*path, name), f"unknown key '{name}'", hint, key=True)
                continue
            read = self._as(kind, (*path, name), content)
            if read is not None:
                good[name] = read
        for name in expected.need:
            if name not in value and name not in meant:
                self.fault(path, f"'{name}' is missing", f"add '{name}:'")
        return good

    def _as(self, kind: str, path: KeyPath, value: Any) -> Any:
        if kind == "texts":
            values = value if isinstance(value, list) else [value]
            if all(isinstance(v, str) for v in values):
                return values
            self.fault(path, f"'{_name(path)}' must be text or a list of texts")
            return None
        words, types = _KINDS[kind]
        wrong_bool = isinstance(value, bool) and kind in ("int", "text")
        if kind in ("bool", "int", "text") and unreadable(value):
            return value if kind == "text" else UNKNOWN
        if wrong_bool or not isinstance(value, types):
            self.fault(path, f"'{_name(path)}' must be {words}")
            return None
        return value

    def period(self, path: KeyPath, value: Any) -> Any:
        """A Duration, None for no limit, or UNKNOWN."""
        if unreadable(value):
            return UNKNOWN
        if value == "no-limit":
            return None
        if value == "not-kept":
            return Duration.parse("PT0S")
        try:
            return Duration.parse(str(value))
        except ValueError as error:
            self.fault(path, str(error))
            return UNKNOWN


def _name(path: KeyPath) -> str:
    return str(next((step for step in reversed(path) if isinstance(step, str)), "this file"))
