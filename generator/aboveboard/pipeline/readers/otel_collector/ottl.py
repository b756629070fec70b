"""A reader of OTTL, the language of the transform and filter processors: text to a tree.

The grammar is that of pkg/ottl/grammar.go of opentelemetry-collector-contrib 0.135 to 0.164. It
reads from left to right without going back, and refuses what is nested deeper than MAX_DEPTH.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from .ottl_tree import (
    Call,
    Compare,
    Literal,
    OttlError,
    Path,
    Several,
    Statement,
    Symbol,
    Truth,
    paths,
)

__all__ = [
    "MAX_DEPTH",
    "Call",
    "Compare",
    "Literal",
    "OttlError",
    "Path",
    "Several",
    "Statement",
    "Symbol",
    "Truth",
    "condition",
    "paths",
    "statement",
    "unquoted",
]

MAX_DEPTH: Final = 60
_TOKENS: Final = re.compile(
    r"""(?P<space>\s+)
    |(?P<bytes>0x[a-fA-F0-9]+)
    |(?P<float>[-+]?\d*\.\d+(?:[eE][-+]?\d+)?)
    |(?P<int>[-+]?\d+)
    |(?P<string>"(?:\\.|[^\\"])*")
    |(?P<compare>==|!=|>=|<=|>|<)
    |(?P<math>[-+*/])
    |(?P<word>[a-z][a-zA-Z0-9_]*)
    |(?P<name>[A-Z][a-zA-Z0-9_]*)
    |(?P<mark>[=(){}:,.\[\]])""",
    re.VERBOSE | re.ASCII | re.DOTALL,
)
_RESERVED: Final = frozenset({"and", "or", "not", "where", "true", "false", "nil"})


def statement(text: str) -> Statement:
    """One statement: an editor, and the condition under which it works."""
    parser = _Parser(text)
    kind, name, at = parser.peek()
    if kind != "word":
        raise OttlError("a statement begins with the name of an editor, in small letters", at)
    parser.take()
    editor = parser.call(name)
    if editor.keys:
        raise OttlError("what an editor gives back has no parts", at)
    where = None
    if parser.is_word("where"):
        parser.take()
        where = parser.condition()
    parser.end()
    return Statement(editor, where)


def condition(text: str) -> Any:
    """One condition."""
    parser = _Parser(text)
    found = parser.condition()
    parser.end()
    return found


_Token = tuple[str, str, int]


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    while at < len(text):
        match = _TOKENS.match(text, at)
        if not match:
            raise OttlError(f"'{text[at]}' has no meaning here", at)
        kind = str(match.lastgroup)
        if kind != "space":
            found.append((kind, match[0], at))
        at = match.end()
    return [*found, ("end", "", len(text))]


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.n = 0
        self.depth = 0

    # -- tokens ----------------------------------------------------------------------------------

    def peek(self) -> _Token:
        return self.tokens[self.n]

    def take(self) -> _Token:
        token = self.tokens[self.n]
        self.n += token[0] != "end"
        return token

    def is_mark(self, mark: str) -> bool:
        return self.peek()[:2] == ("mark", mark)

    def is_word(self, word: str) -> bool:
        return self.peek()[:2] == ("word", word)

    def want(self, mark: str) -> None:
        if not self.is_mark(mark):
            raise OttlError(f"expected '{mark}'", self.peek()[2])
        self.take()

    def end(self) -> None:
        kind, text, at = self.peek()
        if kind != "end":
            raise OttlError(f"'{text}' is not expected here", at)

    def deeper(self, read: Callable[[], Any]) -> Any:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise OttlError("this is nested too deeply to be read", self.peek()[2])
        found = read()
        self.depth -= 1
        return found

    # -- conditions ------------------------------------------------------------------------------

    def condition(self) -> Any:
        return self.deeper(lambda: self._joined("or", lambda: self._joined("and", self._one)))

    def _joined(self, word: str, read: Callable[[], Any]) -> Any:
        parts = [read()]
        while self.is_word(word):
            self.take()
            parts.append(read())
        return parts[0] if len(parts) == 1 else Truth(word, tuple(parts))

    def _one(self) -> Any:
        if self.is_word("not"):
            self.take()
            return Truth("not", (self._decision(),))
        return self._decision()

    def _decision(self) -> Any:
        if self.is_mark("("):
            self.take()
            inside = self.condition()
            self.want(")")
            if self.peek()[0] in ("compare", "math"):
                raise OttlError("a sum in brackets cannot be read here", self.peek()[2])
            return inside
        left = self.value()
        if self.peek()[0] == "compare":
            op = self.take()[1]
            return Compare(left, op, self.value())
        decides = isinstance(left, Call) or (
            isinstance(left, Literal) and isinstance(left.value, bool)
        )
        if not decides:
            raise OttlError("expected a comparison such as '=='", self.peek()[2])
        return Truth("call", (left,))

    # -- values ----------------------------------------------------------------------------------

    def value(self) -> Any:
        return self.deeper(self._sum)

    def _sum(self) -> Any:
        parts = [self._factor()]
        while self.peek()[0] == "math" or self._signed():
            if self.peek()[0] == "math":
                self.take()
            parts.append(self._factor())
        return parts[0] if len(parts) == 1 else Several(tuple(parts), "sum")

    def _signed(self) -> bool:
        """`1 -1` is a sum: the sign belongs to the number."""
        kind, text, _ = self.peek()
        return kind in ("int", "float") and text[0] in "+-"

    def _factor(self) -> Any:
        kind, text, at = self.peek()
        if self.is_mark("("):
            self.take()
            inside = self.value()
            self.want(")")
            return inside
        if self.is_mark("["):
            return self._several("[", "]", self.value, "list")
        if self.is_mark("{"):
            return self._several("{", "}", self._item, "map")
        self.take()
        if kind == "string":
            return Literal(unquoted(text, at))
        if kind in ("int", "float"):
            return Literal(int(text) if kind == "int" and len(text) < 25 else float(text))
        if kind == "bytes":
            return Literal(text)
        if kind == "word" and text in ("true", "false", "nil"):
            return Literal({"true": True, "false": False, "nil": None}[text])
        if kind == "name":
            return self.call(text) if self.is_mark("(") else Symbol(text)
        if kind == "word" and text not in _RESERVED:
            return self._path(text)
        raise OttlError(
            f"expected a value in the place of '{text}'" if text else "the end is missing", at
        )

    def _several(self, start: str, stop: str, read: Callable[[], Any], kind: str) -> Several:
        self.want(start)
        parts = []
        while not self.is_mark(stop):
            parts.append(read())
            if self.is_mark(","):
                self.take()
            elif not self.is_mark(stop):
                raise OttlError(f"expected ',' or '{stop}'", self.peek()[2])
        self.take()
        return Several(tuple(parts), kind)

    def _item(self) -> Any:
        kind, _, at = self.take()
        if kind != "string":
            raise OttlError("a key is a text in quotes", at)
        self.want(":")
        return self.value()

    def call(self, function: str) -> Call:
        self.want("(")
        args: list[tuple[str, Any]] = []
        while not self.is_mark(")"):
            args.append(self._argument())
            if self.is_mark(","):
                self.take()
            elif not self.is_mark(")"):
                raise OttlError("expected ',' or ')'", self.peek()[2])
        self.take()
        return Call(function, tuple(args), self._keys())

    def _argument(self) -> tuple[str, Any]:
        kind, text, _ = self.peek()
        if kind == "word" and self.tokens[self.n + 1][:2] == ("mark", "="):
            self.n += 2
            return text, self.value()
        return "", self.value()

    def _path(self, first: str) -> Path:
        segments = [(first, self._keys())]
        while self.is_mark("."):
            self.take()
            kind, text, at = self.take()
            if kind != "word":
                raise OttlError("expected a name after '.'", at)
            segments.append((text, self._keys()))
        return Path(tuple(segments))

    def _keys(self) -> tuple[str | int | None, ...]:
        keys: list[str | int | None] = []
        while self.is_mark("["):
            self.take()
            key = self.value()
            literal = isinstance(key, Literal) and isinstance(key.value, str | int)
            keys.append(key.value if literal else None)
            self.want("]")
        return tuple(keys)


_ESCAPES: Final = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
                   "\\": "\\", '"': '"', "'": "'"}  # fmt: skip
_ESCAPE: Final = re.compile(
    r"\\(?:([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.?))", re.DOTALL
)


def unquoted(text: str, at: int) -> str:
    """What a text in quotes stands for, as Go reads it."""

    def meant(match: re.Match[str]) -> str:
        octal, byte, four, eight, letter = match.groups()
        if octal or byte or four or eight:
            code = int(octal, 8) if octal else int(byte or four or eight, 16)
            if code < 0x110000:
                return chr(code)
        if letter in _ESCAPES:
            return _ESCAPES[letter]
        raise OttlError(
            f"'{match[0]}' is no escape; a backslash is written twice", at + 1 + match.start()
        )

    return _ESCAPE.sub(meant, text[1:-1])
