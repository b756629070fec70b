"""JSON by the scanner of the standard library: many times faster than YAML's, as strict, and with
the place of a value found when somebody asks for it."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from json.decoder import scanstring  # type: ignore[attr-defined]
from math import isinf
from typing import Any, Final, NoReturn

from .document import Document, Key, KeyPath, Places, Position, Problem

MAX_VALUES: Final = 3_000_000  # empty lists of that number fill a quarter of a gigabyte
MAX_DIGITS: Final = 400
_STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\Z)', re.DOTALL)
_PAIR: Final = re.compile(r"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..")
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NO_BRACKET: Final = bytes(set(range(256)) - set(b"[]{}"))
_STEPS: Final = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}

Span = tuple[int, int]


class NotStrict(ValueError):
    """Why text is no strict JSON, and at which offset if that is known."""

    def __init__(self, message: str, at: int | None = None, key: str | None = None) -> None:
        super().__init__(message)
        self.message, self.at, self.key = message, at, key


def parse(raw: bytes, name: str, max_depth: int) -> Document:
    """The document; NotStrict if this is no JSON, or holds more than may be built."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotStrict(f"byte 0x{raw[error.start]:02x} is not UTF-8") from None
    _check_size(raw, max_depth)
    if _HALF.search(text) and _HALF.search(_PAIR.sub("", text)):
        raise NotStrict("an escape stands for half of a letter")
    try:
        data = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise NotStrict(f"not valid JSON: {error.msg}", error.pos) from None
    except NotStrict as error:
        if error.key is not None:
            error.at = _second(text, error.key)
        raise
    except (RecursionError, ValueError) as error:
        raise NotStrict(f"not valid JSON: {error}") from None
    index = _Index(text)
    return Document(name, data, _JsonPlaces(index, key=False), _JsonPlaces(index, key=True))


def refused(raw: bytes, name: str, error: NotStrict) -> Document:
    """A document that says why it cannot be read."""
    text = raw.decode("utf-8", "replace")
    at = min(error.at or 0, max(len(text) - 1, 0))
    return Document(name, problems=[Problem(error.message, _Index(text).position((at, at + 1)))])


# -- what is strict ------------------------------------------------------------------------------


def _check_size(raw: bytes, max_depth: int) -> None:
    """Depth and number of values are known before any is built."""
    rest = _STRING.sub(b'"', raw)
    if sum(map(rest.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise NotStrict(f"this file holds more than {MAX_VALUES:,} values")
    brackets = rest.translate(None, _NO_BRACKET)
    if max(accumulate(map(_STEPS.__getitem__, brackets)), default=0) > max_depth:
        raise NotStrict(f"something is nested more than {max_depth} deep")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        key = next(k for k, _ in pairs if k in seen or seen.add(k))  # type: ignore[func-returns-value]
        raise NotStrict(f"'{key}' is given twice", key=key)
    return made


def _int(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise NotStrict(f"a number of more than {MAX_DIGITS} digits")
    return int(text)


def _float(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise NotStrict(f"{text} is not a finite number")
    return number


def _constant(text: str) -> NoReturn:
    raise NotStrict(f"{text} is not a finite number")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_int, parse_float=_float, parse_constant=_constant
)
_scan_once: Any = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


def _second(text: str, key: str) -> int | None:
    """Where the first object that gives this key twice gives it again."""
    waiting = [_SPACE.match(text).end()]  # type: ignore[union-attr]
    while waiting:
        seen: set[Key] = set()
        inner: list[int] = []
        for name, place, (start, _) in _children(text, waiting.pop()):
            if place is not None and name == key and name in seen:
                return place[0]
            seen.add(name)
            if text[start] in "{[":
                inner.append(start)
        waiting += reversed(inner)
    return None


# -- places --------------------------------------------------------------------------------------


def _children(text: str, start: int) -> Iterator[tuple[Key, Span | None, Span]]:
    """The keys, or numbers, of what a collection holds, each with the spans of key and value. The
    text is known to be JSON from `start` on."""
    skip = _SPACE.match
    is_object = text[start] == "{"
    at = skip(text, start + 1).end()  # type: ignore[union-attr]
    number = 0
    while text[at] not in "}]":
        key: Key = number
        span = None
        if is_object:
            key, end = scanstring(text, at + 1, True)
            span = (at, end)
            at = skip(text, skip(text, end).end() + 1).end()  # type: ignore[union-attr]
        _, end = _scan_once(text, at)
        yield key, span, (at, end)
        at = skip(text, end).end()  # type: ignore[union-attr]
        if text[at] == ",":
            at = skip(text, at + 1).end()  # type: ignore[union-attr]
        number += 1


class _Index:
    """Finds what stands at a key path, and remembers the collections on the way."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.listed: dict[KeyPath, dict[Key, tuple[Span | None, Span]]] = {}
        self.starts: list[int] = []

    def find(self, path: KeyPath) -> tuple[Span | None, Span] | None:
        if not path:
            start = _SPACE.match(self.text).end()  # type: ignore[union-attr]
            return None, (start, len(self.text.rstrip(" \t\n\r")))
        above = self.listing(path[:-1])
        return above.get(path[-1]) if above else None

    def listing(self, path: KeyPath) -> dict[Key, tuple[Span | None, Span]] | None:
        if path not in self.listed:
            found = self.find(path)
            if found is None or self.text[found[1][0]] not in "{[":
                return None
            rows = _children(self.text, found[1][0])
            self.listed[path] = {key: (at, value) for key, at, value in rows}
        return self.listed[path]

    def position(self, span: Span) -> Position:
        start, end = span
        return Position(*self._spot(start), *self._spot(end))

    def _spot(self, offset: int) -> tuple[int, int]:
        if not self.starts:
            self.starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        line = bisect_right(self.starts, offset) - 1
        return line + 1, offset - self.starts[line] + 1


class _JsonPlaces(Places):
    """Places of values, or of keys."""

    def __init__(self, index: _Index, *, key: bool) -> None:
        super().__init__()
        self.index, self.key = index, key

    def _span(self, path: KeyPath) -> Span | None:
        found = self.index.find(path)
        return found[0 if self.key else 1] if found else None

    def __getitem__(self, path: KeyPath) -> Position:
        span = self._span(path)
        if span is None:
            raise KeyError(path)
        return self.index.position(span)

    def __contains__(self, path: object) -> bool:
        return isinstance(path, tuple) and self._span(path) is not None

    def __iter__(self) -> Iterator[KeyPath]:
        waiting: list[KeyPath] = [()]
        while waiting:
            path = waiting.pop()
            if path in self:
                yield path
            waiting += [(*path, key) for key in reversed(self.index.listing(path) or {})]

    def __len__(self) -> int:
        return sum(1 for _ in self)
