"""Takes values out of a document, and knows in the end which of them nobody took."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...findings import Location
from ...source import Document, KeyPath

LONGEST = 2_000


class Left(NamedTuple):
    """Something that was not taken: where it stands, its name, and why."""

    place: Location
    name: str
    why: str


class Taker:
    """One document. What is taken is marked; `left` is all the rest, each with its place."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.taken: set[KeyPath] = set()
        self.reasons: dict[KeyPath, str] = {}

    def at(self, path: KeyPath) -> Any:
        """The value at a path; None if there is none."""
        value: Any = self.document.data
        for key in path:
            if not isinstance(value, dict | list):
                return None
            try:
                value = value[key]  # type: ignore[index]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def take(self, *path: str | int) -> None:
        """Marks a value, and all that is within it."""
        self.taken.add(path)

    def text(self, *path: str | int) -> str:
        """A text as it can stand in a policy; "" if there is none."""
        value = self.at(path)
        if not isinstance(value, str) or not value.strip():
            return ""
        words = "".join(c if c.isprintable() else " " for c in value)
        said = " ".join(words.split())
        if not said or len(said) > LONGEST:
            self.leave(f"it is longer than {LONGEST:,} letters" if said else "it is empty", *path)
            return ""
        self.take(*path)
        return said

    def yes(self, *path: str | int) -> bool:
        """Whether `true` stands there; `false` says as much as nothing."""
        value = self.at(path)
        if isinstance(value, bool):
            self.take(*path)
        return value is True

    def items(self, *path: str | int) -> Iterator[KeyPath]:
        """The path of each mapping in a list."""
        value = self.at(path)
        for index, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, dict):
                yield (*path, index)
            else:
                self.leave("a mapping is expected here", *path, index)

    def texts(self, *path: str | int) -> Iterator[tuple[KeyPath, str]]:
        """The path and content of each text in a list, or of one alone."""
        value = self.at(path)
        if isinstance(value, list):
            for index in range(len(value)):
                if found := self.text(*path, index):
                    yield (*path, index), found
        elif found := self.text(*path):
            yield path, found

    def leave(self, why: str, *path: str | int) -> None:
        """Says why a value is not taken."""
        self.taken.discard(path)
        self.reasons[path] = why

    def left(self, known: dict[str, str]) -> Iterator[Left]:
        """All that was not taken, outermost first; `known` has reasons by the name of a key."""
        marks = (*self.taken, *self.reasons)
        inside = {mark[:count] for mark in marks for count in range(len(mark))}
        yield from self._left((), self.document.data, known, inside | {()})

    def _left(
        self, path: KeyPath, value: Any, known: dict[str, str], inside: set[KeyPath]
    ) -> Iterator[Left]:
        if path in self.taken or _says_nothing(value):
            return
        if path not in inside:
            yield self._one(path, known)
            return
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from self._left((*path, key), item, known, inside)

    def _one(self, path: KeyPath, known: dict[str, str]) -> Left:
        names = [str(key) for key in path if isinstance(key, str)]
        place = self.document.position(path, key=isinstance(path[-1], str))
        why = self.reasons.get(path) or known.get(names[-1] if names else "", "no word for this")
        return Left(Location.at(self.document.path, place), ".".join(map(str, path)), why)


def _says_nothing(value: Any) -> bool:
    return value is None or value in ("", [], {}) or value is False
