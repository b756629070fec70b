"""Text of SQL: its statements, each by itself, and where everything in it stands."""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from ....findings import Finding, Location
from ...graph import Fact, Grade
from .names import Names

MAX_LETTERS: Final = 2_000_000  # about ten seconds
MAX_DEPTH: Final = 60
_OPEN: Final = frozenset({TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE})
_CLOSE: Final = frozenset({TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE})
_JINJA: Final = ("{{", "{%", "{#")


class Statement(NamedTuple):
    """One statement; `tree` None: `fault` says why it cannot be read. `start` is its offset."""

    tree: exp.Expr | None
    start: int
    fault: str = ""
    fault_at: int = 0


class Text:
    """A piece of SQL. `base` is where all of it stands, if it stands within another file, and
    `shown` the file that it was made from."""

    def __init__(
        self, sql: str, dialect: Dialect, path: str, base: Location | None = None, shown: str = ""
    ) -> None:
        self.sql, self.dialect, self.path, self.base, self.shown = sql, dialect, path, base, shown
        self.names = Names(dialect)
        self.near = 0  # the statement that is being read
        self.schema = ""  # that of tables without one, by a USE before
        self._starts: list[int] | None = None

    @property
    def jinja(self) -> int:
        """Where the first Jinja stands; -1: nowhere."""
        return min((at for at in map(self.sql.find, _JINJA) if at >= 0), default=-1)

    def statements(self) -> Iterator[Statement]:
        """All statements; one that is broken does not hide the others."""
        if len(self.sql) > MAX_LETTERS:
            yield Statement(None, 0, f"this SQL is longer than {MAX_LETTERS:,} letters")
            return
        try:
            tokens = list(self.dialect.tokenize(self.sql))
        except SqlglotError as error:
            yield Statement(None, 0, f"this is no SQL: {_first_line(error)}")
            return
        for part in _split(tokens):
            self.near = part[0].start
            yield self._parsed(part)

    def _parsed(self, tokens: list[Token]) -> Statement:
        start, depth = tokens[0].start, 0
        for token in tokens:
            kind = token.token_type
            depth += (kind in _OPEN) - (kind in _CLOSE)
            if depth > MAX_DEPTH:
                deep = f"what starts here is nested more than {MAX_DEPTH} deep"
                return Statement(None, start, deep, token.start)
        log = logging.getLogger("sqlglot")
        silent, log.disabled = log.disabled, True  # it tells what it cannot read; so do we
        try:
            trees = self.dialect.parser().parse(tokens, self.sql)
        except SqlglotError as error:
            return self._fault(error, tokens)
        except RecursionError:
            return Statement(None, start, "this statement is nested too deep")
        except Exception:  # some of its dialects stumble over statements that are broken
            return Statement(None, start, "this SQL cannot be read")
        finally:
            log.disabled = silent
        return Statement(trees[0] if trees else None, start)

    def _fault(self, error: SqlglotError, tokens: list[Token]) -> Statement:
        told: dict[str, Any] = next(iter(getattr(error, "errors", [])), {})
        said = str(told.get("description") or _first_line(error)).partition(" but got <")[0]
        line, column = told.get("line") or 0, told.get("col") or 0
        end = next((t.end for t in tokens if (t.line, t.col) == (line, column)), tokens[-1].end)
        token = next(t for t in tokens if t.end == end)
        return Statement(None, tokens[0].start, f"this SQL cannot be read: {said}", token.start)

    def table(self, parts: list[exp.Expr]) -> str:
        """The name of a table, with the schema that USE has said."""
        name = self.names.table(parts)
        return f"{self.schema}.{name}" if self.schema and len(parts) == 1 else name

    # -- places ------------------------------------------------------------------------------

    def offset(self, node: exp.Expr | None) -> tuple[int, int] | None:
        """Where the names within an expression start and end."""
        if node is None:
            return None
        spans = [
            (name.meta["start"], name.meta["end"] + 1)
            for name in node.find_all(exp.Identifier)
            if "start" in name.meta
        ]
        return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else None

    def place(self, start: int, end: int | None = None) -> Location:
        """What lies between two offsets."""
        if self.base is not None:
            return self.base
        line, column = self._spot(start)
        end_line, end_column = self._spot(end if end is not None else start + 1)
        return Location(self.path, line, column, end_line, end_column)

    def location(self, *nodes: exp.Expr | None) -> Location:
        """Where the first of these that names anything stands."""
        for node in nodes:
            if found := self.offset(node):
                return self.place(*found)
        return self.place(self.near)

    def fact(self, text: str, *nodes: exp.Expr | None, grade: Grade = "observed") -> Fact:
        """What these expressions say, and where."""
        found = next((x for x in map(self.offset, nodes) if x), (self.near, self.near + 1))
        if self.base is not None and self.shown:
            text = f"{text} ({self.shown}, line {self._spot(found[0])[0]} as compiled)"
        return Fact(text, grade, self.place(*found))

    def keyword(self, word: str, *before: exp.Expr | None) -> Location:
        """Where a keyword stands behind these expressions; their statement, if it does not."""
        start = max((found[1] for found in map(self.offset, before) if found), default=self.near)
        for token in self.dialect.tokenize(self.sql):
            if token.start >= start and token.text.lower() == word:
                return self.place(token.start, token.end + 1)
        return self.place(self.near)

    def finding(self, message: str, at: int, hint: str = "", severity: Any = "error") -> Finding:
        """A fault of this text at an offset."""
        if self.base is not None and self.shown:
            message = f"{message} ({self.shown}, line {self._spot(at)[0]} as compiled)"
        return Finding("unreadable-pipeline", message, self.place(at), severity, hint)

    def _spot(self, offset: int) -> tuple[int, int]:
        if self._starts is None:
            self._starts = [0]
            at = self.sql.find("\n")
            while at >= 0:
                self._starts.append(at + 1)
                at = self.sql.find("\n", at + 1)
        line = bisect_right(self._starts, offset) - 1
        return line + 1, offset - self._starts[line] + 1


def _split(tokens: list[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in tokens:
        if token.token_type is TokenType.SEMICOLON:
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _first_line(error: SqlglotError) -> str:
    return str(error).partition("\n")[0].partition(". Line")[0]
