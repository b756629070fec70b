"""What Data-Juicer's operators do to one text or row, as the source of version 1.6.1 has it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from tests.mutants.model import Row, Rows, Undecided, freeze

STATS: Final = "__dj__stats__"
# ops/mapper/clean_*_mapper.py
CLEANERS: Final = {
    "clean_email_mapper": r"[A-Za-z0-9.\-+_]+@[a-z0-9.\-+_]+\.[a-z]+",
    "clean_ip_mapper": r"(?:(?:1[0-9][0-9]\.)|(?:2[0-4][0-9]\.)|(?:25[0-5]\.)|(?:[1-9][0-9]\.)"
    r"|(?:[0-9]\.)){3}(?:(?:1[0-9][0-9])|(?:2[0-4][0-9])|(?:25[0-5])|(?:[1-9][0-9])|(?:[0-9]))",
    "clean_links_mapper": r"(?i)\b((?:[a-z][\w-]+:(?:\/{1,3}|[a-z0-9%])|www\d{0,3}[.])[^\s()<>]+)",
}
# ops/mapper/pii_redaction_mapper.py, in its order: switch, its default, pattern, what is kept
PII: Final = (
    ("mask_urls", False, r"https?://[^\s\"'<>]+", ""),
    ("mask_ips", True, r"(?<![0-9.])(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}"
     r"(?:25[0-5]|2[0-4]\d|[01]?\d\d?)(?![0-9])", ""),
    ("mask_paths", True, r"(^|[\s\"'(\[=])(/(?:Users?|home|tmp|etc|var|opt|Applications)"
     r"[^\s\"')\]]*(?:/[^\s\"')\]]*)*)", r"\1"),
    ("mask_emails", True, r"[a-zA-Z0-9][\w.+-]*@[\w.-]+\.(?:[a-zA-Z]{2,}|\w{2,})", ""),
    ("mask_secrets", True, r"(?i)(\b(?:api[_-]?key|apikey|secret|password|passwd|token|auth"
     r"|authorization|credential|license[_-]?key)\s*[:=]\s*[\"']?)([^\s\"',}\]]+)", r"\1"),
    ("mask_ids", True, r"(?i)\b(session[_-]?id|user[_-]?id|request[_-]?id|trace[_-]?id)"
     r"\s*[:=]\s*[\"']?[\w.-]+", r"\1"),
    ("mask_phones", True, r"\+\d{1,4}[-.\s]?\d{6,14}\b", ""),
    ("mask_id_cards", True, r"\b[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])"
     r"(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]\b", ""),
)  # fmt: skip
_PUT: Final = {
    "mask_urls": "url_replacement",
    "mask_ips": "ip_replacement",
    "mask_paths": "path_replacement",
    "mask_emails": "email_replacement",
    "mask_secrets": "secret_replacement",
    "mask_ids": "id_replacement",
    "mask_phones": "phone_replacement",
    "mask_id_cards": "id_card_replacement",
}
ALWAYS: Final = ("file_path", "path", "file", "arguments", "file_paths")


def traced(name: str, text: str, before: Rows, after: Rows) -> Rows:
    """core/tracer: of a mapper the text that it changes, of a filter the rows that it leaves out, of
    a deduplicator those that repeat."""
    if name.endswith("_mapper") and len(before) == len(after):
        pairs = [(one.get(text), other.get(text)) for one, other in zip(before, after, strict=True)]
        return [{"original_text": a, "processed_text": b} for a, b in pairs if a != b]
    if name.endswith(("_filter", "_deduplicator")):
        left = {freeze({n: v for n, v in row.items() if n != STATS}) for row in after}
        gone = [{n: v for n, v in row.items() if n != STATS} for row in before]
        return [row for row in gone if freeze(row) not in left or name.endswith("_deduplicator")]
    return []


def clean(name: str, params: Row, text: str) -> str:
    return _sub(params.get("pattern") or CLEANERS[name], params.get("repl", ""), text)


@cache
def _sub(pattern: str, put: str, text: str) -> str:
    return re.sub(pattern, put, text, flags=re.DOTALL)


def redacted(row: Row, keys: tuple[str, ...], params: Row) -> Row:
    masks = tuple(
        (pattern, kept + params.get(_PUT[switch], "[REDACTED]"))
        for switch, usual, pattern, kept in PII
        if params.get(switch, usual)
    )
    made = dict(row)
    for key in keys:
        if isinstance(made.get(key), str):
            made[key] = _redact(made[key], masks)
    return made


@cache
def _redact(text: str, masks: tuple[tuple[str, str], ...]) -> str:
    for pattern, put in masks:
        text = re.sub(pattern, put, text)
    return text


def condition(node: ast.AST, row: Row) -> Any:
    """An expression as the tool's transformer takes it: a missing value is in nothing, and equal to
    nothing."""
    if isinstance(node, ast.BoolOp):
        parts = (condition(part, row) for part in node.values)
        return all(parts) if isinstance(node.op, ast.And) else any(parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return not condition(node.operand, row)
    if isinstance(node, ast.Compare):
        return _compared(node, row)
    if isinstance(node, ast.Name):
        return row.get(node.id)
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.List | ast.Tuple):
        return [condition(part, row) for part in node.elts]
    raise Undecided("a condition that is not read here")


_COMPARE: Final[dict[type[ast.AST], Callable[[Any, Any], bool]]] = {
    ast.Eq: lambda a, b: bool(a == b),
    ast.NotEq: lambda a, b: bool(a != b),
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
    ast.Gt: lambda a, b: bool(a > b),
    ast.Lt: lambda a, b: bool(a < b),
    ast.GtE: lambda a, b: bool(a >= b),
    ast.LtE: lambda a, b: bool(a <= b),
}


def _compared(node: ast.Compare, row: Row) -> bool:
    left = condition(node.left, row)
    for op, right in zip(node.ops, (condition(c, row) for c in node.comparators), strict=True):
        if left is None or right is None:
            return isinstance(op, ast.NotIn)
        if not _COMPARE[type(op)](left, right):
            return False
        left = right
    return True
