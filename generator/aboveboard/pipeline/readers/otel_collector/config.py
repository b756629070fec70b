"""One collector's configuration: its files merged as the collector merges them, with places.

Maps are joined key by key; everything else, lists and null too, replaces what stood there before.
Seen in a run of the collector 0.135.0, which prints the configuration that it has merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Final

from ....findings import Finding, Location, Severity
from ....source import Document, KeyPath
from ....values import nearest
from ...graph import UNKNOWN, Fact, Grade, Setting
from ...part import fact_at
from .versions import NEWEST, Change, Version

_LOST: Final = object()
_OPEN: Final = re.compile(r"\$\{|\$[A-Z_][A-Z0-9_]+")  # the second up to version 0.104


def merged(documents: Iterable[Any]) -> Any:
    """The data of several files as one; the later ones override."""
    result: Any = {}
    for data in documents:
        result = _joined(result, {} if data is None else data)
    return result


def _joined(before: Any, after: Any) -> Any:
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return after
    result = dict(before)
    for key, value in after.items():
        result[key] = _joined(before[key], value) if key in before else value
    return result


def is_open(value: Any) -> bool:
    """Whether a text names what is filled in when the collector starts: `${env:NAME}`."""
    return isinstance(value, str) and bool(_OPEN.search(value.replace("$$", "")))


def plain(text: str) -> str:
    """A text as the collector reads it: `$$` stands for one dollar."""
    return text.replace("$$", "$")


def _at(data: Any, path: KeyPath) -> Any:
    for key in path:
        if (isinstance(data, dict) and key in data) or (
            isinstance(data, list) and isinstance(key, int) and 0 <= key < len(data)
        ):
            data = data[key]  # type: ignore[index]
        else:
            return _LOST
    return data


@dataclass(slots=True, eq=False, repr=False)
class Config:
    """A configuration, its files in the order in which they override, and what is wrong with it.

    root: where in the files it stands; () for a file that holds nothing else. undecided: what the
    configuration does depends on a version that is not known. tried: how many patterns were run.
    """

    documents: tuple[Document, ...]
    data: Any
    stem: str
    version: Version | None
    root: KeyPath = ()
    findings: dict[Finding, None] = field(default_factory=dict)
    undecided: bool = False
    tried: int = 0

    def since(self, change: Change) -> bool | None:
        """Whether the version that runs has a change; None, which is told, if that is not known."""
        found = change.since(self.version)
        self.undecided = self.undecided or found is None
        return found

    def at(self, path: KeyPath) -> Any:
        """The value at a key path: None if nothing stands there, UNKNOWN if it is filled in when
        the collector starts."""
        value = _at(self.data, path)
        if value is _LOST:
            return None
        return UNKNOWN if is_open(value) else plain(value) if isinstance(value, str) else value

    def has(self, path: KeyPath) -> bool:
        """Whether anything stands at a key path, null too."""
        return _at(self.data, path) is not _LOST

    def mapping(self, path: KeyPath) -> dict[str, Any]:
        """The mapping at a key path; null is an empty one, anything else is told."""
        return self._shape(path, dict, "a mapping", {})  # type: ignore[no-any-return]

    def items(self, path: KeyPath) -> list[Any]:
        """The list at a key path; null is an empty one, anything else is told."""
        return self._shape(path, list, "a list", [])  # type: ignore[no-any-return]

    def _shape(self, path: KeyPath, kind: type, words: str, empty: Any) -> Any:
        value = self.at(path)
        if value is None or value is UNKNOWN:
            return empty
        if isinstance(value, kind):
            return value
        self.find(path, f"'{path[-1]}' must be {words}: the collector refuses to start")
        return empty

    def texts(self, path: KeyPath) -> list[Any]:
        """The texts of a list, UNKNOWN for those that cannot be read; one text is a list of one."""
        value = self.at(path)
        if value is UNKNOWN:
            return [UNKNOWN]
        if isinstance(value, str):
            return [plain(part.strip()) for part in value.split(",")]
        found = []
        for n, item in enumerate(self.items(path)):
            if isinstance(item, str):
                found.append(self.at((*path, n)))
            elif item is not None and not isinstance(item, dict | list):
                found.append(str(item).lower() if isinstance(item, bool) else str(item))
            else:
                self.find((*path, n), "a text must stand here: the collector refuses to start")
                found.append(UNKNOWN)
        return found

    def setting(self, path: KeyPath, default: Any = None, text: str = "") -> Setting:
        """A value that is given, or the default that is the same in every version."""
        if not self.has(path) or self.at(path) is None:
            said = text or f"{path[-1]} is {_spelled(default)}"
            return Setting(default, self.fact(path, f"{said}, by default", "default"))
        value = self.at(path)
        if value is UNKNOWN:
            return Setting(UNKNOWN, self.fact(path, f"{path[-1]} cannot be read", "unknown"))
        return Setting(value, self.fact(path, f"{path[-1]} is {_spelled(value)}"))

    def flag(self, path: KeyPath, default: bool = False) -> Setting:
        """A value that is true or false; anything else is UNKNOWN."""
        found = self.setting(path, default)
        if isinstance(found.value, bool) or not found.known:
            return found
        if str(found.value).lower() in ("true", "false"):
            return Setting(str(found.value).lower() == "true", found.fact)
        self.find(path, f"'{path[-1]}' must be true or false: the collector refuses to start")
        return Setting(UNKNOWN, found.fact._replace(grade="unknown"))

    # -- places --------------------------------------------------------------------------------

    def _owners(self, path: KeyPath) -> Iterator[Document]:
        """The files in which a key path stands, the one that decides first."""
        whole = (*self.root, *path)
        for document in reversed(self.documents):
            if _at(document.data, whole) is not _LOST:
                yield document

    def document(self, path: KeyPath) -> Document:
        """The file that decides what stands at a key path, or at what is nearest above it."""
        while path:
            for document in self._owners(path):
                return document
            path = path[:-1]
        return self.documents[-1]

    def place(self, path: KeyPath, *, key: bool = False) -> Location:
        """Where a key path stands."""
        document = self.document(path)
        return Location.at(document.path, document.position((*self.root, *path), key=key))

    def overridden(self, path: KeyPath) -> tuple[Location, ...]:
        """Where earlier files say something else at a key path."""
        whole = (*self.root, *path)
        found = list(self._owners(path))
        values = [_at(document.data, whole) for document in found]
        return tuple(
            Location.at(document.path, document.position(whole, key=True), "overridden here")
            for document, value in zip(found[1:], values[1:], strict=True)
            if value != values[0]
        )

    def before(self, path: KeyPath) -> list[Any]:
        """The list that an earlier file gives at a key path, and that is replaced."""
        whole = (*self.root, *path)
        found = [_at(document.data, whole) for document in self._owners(path)]
        return found[1] if len(found) > 1 and isinstance(found[1], list) else []

    def fact(self, path: KeyPath, text: str, grade: Grade = "observed") -> Fact:
        """A fact that stands at a key path, in the file that decides it."""
        return fact_at(self.document(path), (*self.root, *path), text, grade, key=True)

    def find(
        self,
        path: KeyPath,
        message: str,
        rule: str = "unreadable-pipeline",
        hint: str = "",
        severity: Severity = "error",
    ) -> None:
        """Report a fault; what the collector does not start with is an error."""
        place = self.place(path, key=True)
        related = self.overridden(path)
        finding = Finding(rule, message, place, severity, hint, related)
        self.findings[finding] = None

    def check(
        self,
        path: KeyPath,
        known: Iterable[str],
        what: str,
        meant: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Report the keys of a mapping that a component does not have; `meant` says what those mean
        that are often written in the place of others."""
        value = self.at(path)
        names = list(known)
        for key in value if isinstance(value, dict) else ():
            if key not in names and "\0" not in key:  # given twice: the parser reports it
                near = meant.get(key) or nearest(key, names)
                self.find(
                    (*path, key),
                    f"{what} has no key '{key}' up to version {NEWEST}: the collector refuses to "
                    "start",
                    "unknown-setting",
                    f"did you mean '{near}'?" if near else f"known: {', '.join(sorted(names))}",
                )


def stem_of(document: Document, *, whole: bool = False) -> str:
    """A file's name without its ending, or its path."""
    name = document.path if whole else PurePosixPath(document.path).name
    return re.sub(r"\.(ya?ml|json)\Z", "", name)


def _spelled(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "not set"}[value]
    return str(value) if isinstance(value, str | int | float) else "set"
