"""Identifiers as a dialect takes them: which spellings mean the same column or table."""

from __future__ import annotations

from typing import Final

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect, NormalizationStrategy

_ANY_CASE: Final = frozenset({"mysql", "doris", "starrocks", "singlestore"})  # columns alone
_UPPER, _LOWER, _EXACT = (
    NormalizationStrategy.UPPERCASE,
    NormalizationStrategy.LOWERCASE,
    NormalizationStrategy.CASE_SENSITIVE,
)


class Names:
    """Spells names alike: in lower case, unless the dialect tells the case apart."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = type(dialect).__name__.lower()
        self.strategy = dialect.normalization_strategy

    def column(self, name: exp.Expr | str, *, quoted: bool = False) -> str:
        """A column, or the name that a query gives to something."""
        text, quoted = _said(name, quoted)
        if self.strategy is _EXACT and self.dialect not in _ANY_CASE:
            return text
        return self._folded(text, quoted)

    def table(self, parts: list[exp.Expr]) -> str:
        """A table with its schema and database, as far as they are written."""
        return ".".join(self.part(*_said(part, False)) for part in parts)

    def part(self, text: str, quoted: bool) -> str:
        """The name of a table, a schema or a database."""
        exact = self.strategy is _EXACT or self.dialect == "bigquery"
        return text if exact else self._folded(text, quoted)

    def _folded(self, text: str, quoted: bool) -> str:
        """A quoted name is another one than its letters without quotes would be, or the same."""
        if not quoted or self.strategy not in (_UPPER, _LOWER):
            return text.lower()
        if self.strategy is _LOWER:
            return text
        return text.lower() if text == text.upper() else f'"{text}"'


def _said(name: exp.Expr | str, quoted: bool) -> tuple[str, bool]:
    if isinstance(name, str):
        return name, quoted
    return name.name, bool(name.args.get("quoted"))
