"""Masks, encryption and coarser values."""

from __future__ import annotations

from typing import Final

from sqlglot import exp

from .effects import Effect, kinds, name_of
from .trees import columns_in, direct_columns

MOST_SHOWN: Final = 6  # letters that a mask may leave, as card numbers are masked
_ENCRYPT: Final = frozenset({
    "encrypt", "encrypt_raw", "aes_encrypt", "pgp_sym_encrypt", "pgp_pub_encrypt", "aead.encrypt",
    "deterministic_encrypt", "encryptbykey", "encryptbypassphrase",
})  # fmt: skip
_COARSE: Final = frozenset({"WEEK", "MONTH", "QUARTER", "YEAR", "DECADE", "CENTURY"})
_PARTS: Final = kinds("Left", "Right", "Substring")
_TESTS: Final = kinds("Length", "Is")


def mask(node: exp.Expr) -> Effect | None:
    """An expression in which every value is only measured, or cut to a few letters."""
    if isinstance(node, exp.Column) or not isinstance(
        node, (exp.DPipe, exp.Concat, exp.Case, exp.If, exp.Repeat, *_PARTS)
    ):
        return None
    columns = list(direct_columns(node))
    if not columns or not all(_hidden(column, node) for column in columns):
        return None
    shown = sum(_letters(c, node) for c in columns)
    said = f"shows {shown} letters" if shown else "shows nothing but its length"
    if shown > MOST_SHOWN:
        return None
    return Effect("mask", f"a mask that {said}", (node,))


def _hidden(column: exp.Expr, root: exp.Expr) -> bool:
    return _cut(column, root) is not None


def _letters(column: exp.Expr, root: exp.Expr) -> int:
    return _cut(column, root) or 0


def _cut(column: exp.Expr, root: exp.Expr) -> int | None:
    """How many letters of a column the expression shows; None: as many as there are."""
    node = column
    while node is not root and node.parent is not None:
        node, before = node.parent, node
        if isinstance(node, _TESTS):
            return 0
        if isinstance(node, _PARTS) and node.this is before:
            length = node.args.get("length") or node.args.get("expression")
            if isinstance(length, exp.Literal) and str(length.this).isdigit():
                return int(str(length.this))
            return None
    return None


def encrypt(node: exp.Expr) -> Effect | None:
    name = name_of(node)
    if name in _ENCRYPT and isinstance(node, exp.Func | exp.Dot):
        call = node.expression if isinstance(node, exp.Dot) else node
        values = [e for e in (call.this, *call.expressions) if isinstance(e, exp.Expr)]
        return Effect("encrypt", f"{name}", tuple(v for v in values if any(columns_in(v))))
    return None


def coarse(node: exp.Expr) -> Effect | None:
    if isinstance(node, kinds("DateTrunc", "TimestampTrunc", "DatetimeTrunc")):
        unit = str(node.args["unit"].name).upper() if node.args.get("unit") else ""
        if unit.partition("(")[0] in _COARSE:
            return Effect("generalise", f"cut to the {unit.lower()}", (node,))
    if type(node) is exp.Round:
        digits = node.args.get("decimals")
        if digits is None or isinstance(digits, exp.Neg) or str(digits.this) == "0":
            return Effect("generalise", "rounded to whole numbers or less", (node,))
    return None
