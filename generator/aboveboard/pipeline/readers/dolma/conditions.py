"""Which documents a mixer's `filter` keeps, as far as its JSONPath or jq expressions say it.

What is said here of missing values was seen in runs: `==` is false of a missing field and `!=`
true, in both languages; a JSONPath that only names a field matches one that holds null.
"""

from __future__ import annotations

import ast
import re
from typing import Any, Final, NamedTuple

from ...predicate import All, AnyOf, Is, Measured, Not, Predicate, Unreadable

_TOKEN: Final = re.compile(
    r"""\s*(?P<token>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?
    |==|!=|<=|>=|&&|\|\||[<>!()\[\],|?]|\.[A-Za-z_]\w*|[@$.]|[A-Za-z_]\w*)""",
    re.VERBOSE,
)
_WORDS: Final = {"true": True, "false": False, "null": None}
_NAMED: Final = re.compile(r"\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)")
_DEPTH: Final = 40
# Present at all: null counts, so that it cannot be told from a field that is missing.
_NULL_OR_MISSING: Final[bool | None] = None


class Refused(Exception):
    """An expression that is not read here."""


class _Path(NamedTuple):
    """A field; indexed: something within its value, which is a list."""

    field: str
    indexed: bool


def condition(include: list[str], exclude: list[str], syntax: str) -> Predicate:
    """The documents that match one of `include`, if there are any, and none of `exclude`."""
    parts: list[Predicate] = [Not(expression(text, syntax)) for text in exclude]
    if include:
        parts.insert(0, AnyOf(tuple(expression(text, syntax) for text in include)))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def expression(text: str, syntax: str) -> Predicate:
    """What one expression says of a document."""
    try:
        reader = (_Jq if syntax == "jq" else _JsonPath)(text)
        return reader.whole()
    except (Refused, RecursionError):
        return Unreadable(text, _fields(text))


def _fields(text: str) -> frozenset[str]:
    """The fields that an expression may be about, those within the mapping that it is on too."""
    names = {*_NAMED.findall(text)}
    start = re.match(r"\s*\$@?((?:\.\w+)+)\[", text)
    within = {f"{start[1][1:]}.{name}" for name in names} if start else set()
    return frozenset(names | within | {name.partition(".")[0] for name in names})


class _Reader:
    """Tokens of one expression, read from the left."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[str] = []
        at, end = 0, len(text.rstrip())
        while at < end:
            found = _TOKEN.match(text, at)
            if found is None:
                raise Refused(text)
            self.tokens.append(found["token"])
            at = found.end()
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        """The next token, if it is one of these; else ""."""
        if self.next and self.next in wanted:
            self.at += 1
            return self.tokens[self.at - 1]
        return ""

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            raise Refused(self.text)

    def literal(self) -> Any:
        """A constant; Refused for anything else."""
        token = self.next
        if token in _WORDS:
            value = _WORDS[token]
        elif (token[:1] in "\"'" and token) or re.fullmatch(r"-?\d.*", token):
            try:
                value = ast.literal_eval(token)
            except (ValueError, SyntaxError):
                raise Refused(self.text) from None
        else:
            raise Refused(self.text)
        self.at += 1
        return value

    def steps(self, base: str) -> _Path:
        """`.a.b`, `["a"]`, `[0]` behind a base."""
        names, indexed = [base] if base else [], False
        while True:
            if self.next.startswith(".") and len(self.next) > 1:
                if indexed:
                    raise Refused(self.text)
                names.append(self.next[1:])
                self.at += 1
            elif self.next == "[" and self._is_index():
                self.at += 1
                key = self.literal()
                self.need("]")
                if isinstance(key, str) and not indexed:
                    names.append(key)
                else:
                    indexed = True
            elif self.next == "?" and isinstance(self, _Jq):
                self.at += 1
            else:
                return _Path(".".join(names), indexed)

    def _is_index(self) -> bool:
        after = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else ""
        return bool(re.match(r"[\"'\d-]", after))

    def choice(self, ors: tuple[str, ...], ands: tuple[str, ...]) -> Predicate:
        """Alternatives of conjunctions of terms."""
        self.depth += 1
        if self.depth > _DEPTH:
            raise Refused(self.text)
        any_of = []
        while True:
            all_of = [self.term()]
            while self.take(*ands):
                all_of.append(self.term())
            any_of.append(all_of[0] if len(all_of) == 1 else All(tuple(all_of)))
            if not self.take(*ors):
                self.depth -= 1
                return any_of[0] if len(any_of) == 1 else AnyOf(tuple(any_of))

    def term(self) -> Predicate:
        raise NotImplementedError

    def compared(self, path: _Path, null: bool | None) -> Predicate | None:
        """A comparison behind a path; `null` is what `== null` says of a missing field."""
        sign = self.take("==", "!=", "<", "<=", ">", ">=")
        if not sign:
            return None
        value = self.literal()
        if path.indexed or sign not in ("==", "!="):
            return Measured(f"{path.field} {sign} {value}", frozenset({path.field}))
        same: Predicate = Is(path.field, frozenset({value}), False)
        if value is None:
            same = Is(path.field, frozenset(), null)
        return same if sign == "==" else Not(same)


class _JsonPath(_Reader):
    """`$.a.b`, and `$.a[?(@.b == 1 && ...)]`: whether it finds anything."""

    base = ""

    def whole(self) -> Predicate:
        self.need("$")
        self.take("@")
        path = self.steps("")
        if not path.field or path.indexed:
            raise Refused(self.text)
        if not self.next:
            return self.present(path)
        self.base = path.field
        for token in ("[", "?", "("):
            self.need(token)
        found = self.choice(("||",), ("&&",))
        for token in (")", "]"):
            self.need(token)
        if self.next:
            raise Refused(self.text)
        return found

    @staticmethod
    def present(path: _Path) -> Predicate:
        return Not(Is(path.field, frozenset(), _NULL_OR_MISSING))

    def term(self) -> Predicate:
        if self.take("!"):
            return Not(self.term())
        if self.take("("):
            inner = self.choice(("||",), ("&&",))
            self.need(")")
            return inner
        self.need("@")
        path = self.steps(self.base)
        if path.field == self.base:
            raise Refused(self.text)
        if self.take("in"):
            return Is(path.field, frozenset(self.listed()), False)
        found = self.compared(path, _NULL_OR_MISSING)
        if found is not None:
            return found
        if path.indexed:
            return Measured(f"{path.field} holds something", frozenset({path.field}))
        return self.present(path)

    def listed(self) -> list[Any]:
        self.need("[")
        values = [self.literal()]
        while self.take(","):
            values.append(self.literal())
        self.need("]")
        if not all(isinstance(value, str) for value in values):
            raise Refused(self.text)  # the tool fails at a truth value in a list
        return values


class _Jq(_Reader):
    """`.a.b == 1 and ...`, and `select(...)` of that: whether its answer counts as true."""

    def whole(self) -> Predicate:
        if self.next == "select":
            self.at += 1
            self.need("(")
            found = self.choice(("or",), ("and",))
            self.need(")")
        else:
            found = self.choice(("or",), ("and",))
        if self.next:
            raise Refused(self.text)
        return found

    def term(self) -> Predicate:
        if self.take("("):
            inner = self.choice(("or",), ("and",))
            self.need(")")
            return inner
        if not self.next.startswith("."):
            raise Refused(self.text)
        found = self.compared(self.steps(""), True)
        if found is None:  # what counts as true is another thing at the top than within `and`
            raise Refused(self.text)
        return found
