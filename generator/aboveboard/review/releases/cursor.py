"""Plain data from a file that somebody may have forged: values are looked at when taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ...source import KeyPath


class Invalid(Exception):
    """A value that does not belong where it stands."""

    def __init__(self, message: str, path: KeyPath) -> None:
        super().__init__(message)
        self.message, self.path = message, path


class Cursor(NamedTuple):
    """A value and the key path that leads to it."""

    value: Any
    path: KeyPath = ()

    def has(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def keys(self, *need: str, may: Iterable[str] = ()) -> Cursor:
        """Itself, a mapping with these keys and no others."""
        if not isinstance(self.value, dict):
            raise Invalid(f"a mapping belongs {self._here}", self.path)
        for key in need:
            if key not in self.value:
                raise Invalid(f"'{key}' is missing {self._here}", self.path)
        for key in self.value:
            if key not in need and key not in may:
                raise Invalid(f"the key '{key}' is not known {self._here}", (*self.path, key))
        return self

    def of(self, key: str) -> Cursor:
        """What stands at a key of a mapping."""
        return Cursor(self.value[key], (*self.path, key))

    def items(self) -> Iterator[tuple[str, Cursor]]:
        """Each key of a mapping with its value."""
        if not isinstance(self.value, dict):
            raise Invalid(f"a mapping belongs {self._here}", self.path)
        for key in self.value:
            yield key, self.of(key)

    def each(self) -> Iterator[Cursor]:
        """Each value of a list."""
        if not isinstance(self.value, list):
            raise Invalid(f"a list belongs {self._here}", self.path)
        for index, value in enumerate(self.value):
            yield Cursor(value, (*self.path, index))

    def text(self, key: str, default: str | None = None) -> str:
        """The text at a key; without a default it must be there."""
        return str(self._typed(key, str, default, "text"))

    def flag(self, key: str) -> bool:
        """Whether the value at a key is true; false if it is not there."""
        return bool(self._typed(key, bool, False, "true or false"))

    def number(self, key: str) -> int:
        """The whole number at a key, 1 or more."""
        found = int(self._typed(key, int, None, "a number"))
        if isinstance(self.value[key], bool) or found < 1:
            raise Invalid(f"'{key}' must be a number from 1", (*self.path, key))
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts at a key; none if it is not there."""
        if not self.has(key):
            return ()
        found = self.value[key]
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return tuple(found)
        return tuple(one.plain_text() for one in self.of(key).each())  # says which is none

    def one_of(self, key: str, known: Iterable[str]) -> str:
        """The word of a closed list at a key."""
        found = self.text(key)
        if found not in known:
            raise Invalid(f"'{found}' is not a known {key}", (*self.path, key))
        return found

    def plain_text(self) -> str:
        """The value itself, a text."""
        if not isinstance(self.value, str):
            raise Invalid(f"text belongs {self._here}", self.path)
        return self.value

    def _typed(self, key: str, kind: type, default: Any, what: str) -> Any:
        if self.has(key):
            found = self.value[key]
        elif default is not None:
            return default
        else:
            found = self.keys(key, may=self.value).value[key]
        if not isinstance(found, kind):
            raise Invalid(f"'{key}' must be {what}", (*self.path, key))
        return found

    @property
    def _here(self) -> str:
        return f"at '{self.path[-1]}'" if self.path else "here"
