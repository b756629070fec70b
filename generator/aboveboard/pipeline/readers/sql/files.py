"""COPY, EXPORT and UNLOAD: rows that go into files, or come from them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sqlglot import exp

from ....values import normal_path
from ...graph import Fact
from .catalog import Relation
from .query import Scope, read_query
from .text import Text
from .writes import Told, nothing

if TYPE_CHECKING:
    from .statements import Statements

_HARMLESS: Final = frozenset({
    "grant", "revoke", "set", "comment", "begin", "commit", "rollback", "vacuum", "analyze",
    "optimize", "show", "describe", "explain", "refresh", "reset", "cluster",
})  # fmt: skip
_AT_READING: Final = re.compile(
    r"masking\s+policy|row\s+access\s+policy|row\s+level\s+security|create\s+policy|"
    r"projection\s+policy|aggregation\s+policy|policy\s+tag",
    re.IGNORECASE,
)
_SHARED: Final = re.compile(r"\bto\s+share\b", re.IGNORECASE)
# Table functions of ClickHouse that write files; the first argument says where.
_FUNCTIONS: Final = frozenset({"s3", "gcs", "file", "hdfs", "url"})
_BUCKET: Final = re.compile(r"https://([a-z0-9.-]+)\.s3[a-z0-9.-]*\.amazonaws\.com/(.+)")
_UNLOAD: Final = re.compile(r"\s*\(\s*(?:'(.*)'|\$\$(.*)\$\$)\s*\)\s*to\s*'([^']+)'", re.I | re.S)


def copy(said: Statements, tree: exp.Expr) -> Told:
    """COPY: from files into a table, or the other way round."""
    inward = bool(tree.args.get("kind"))

    def told() -> None:
        for file in tree.args.get("files") or []:
            one, other = (file, tree.this) if inward else (tree.this, file)
            _move(said, one, other)

    return told


def _move(said: Statements, source: exp.Expr, target: exp.Expr) -> None:
    inner = source.this if isinstance(source, exp.Subquery) else source
    if not isinstance(inner, exp.Expr):
        said.unread("what this COPY moves cannot be read")
        return
    fact = said.text.fact("copies rows", source, target)
    into = _uri(target)
    name = into or said.table(target, "")[0].id
    scope = Scope(said.text, said.builder, f"{name}/copy")
    origin = _uri(source)
    found = Relation(_file(said, origin, fact)) if origin else read_query(scope, inner)
    if into:
        _file(said, into, fact)
    else:
        said.builder.dataset(name, fact, "store")
    said.builder.store(found, name, fact, scope.name)


def _uri(node: exp.Expr) -> str:
    """The path of files, "" for a table or query."""
    if isinstance(node, exp.Table) and not isinstance(node.this, exp.Identifier):
        node = node.this
    if isinstance(node, exp.Anonymous) and node.name.lower() in _FUNCTIONS:
        node = node.expressions[0] if node.expressions else node
    if isinstance(node, exp.Literal) and node.is_string:
        found = _BUCKET.match(str(node.this))
        return normal_path(f"s3://{found[1]}/{found[2]}" if found else str(node.this))
    return str(node.name) if isinstance(node, exp.Var | exp.Parameter) else ""


def _file(said: Statements, path: str, fact: Fact) -> str:
    said.builder.dataset(path, fact, "store")
    said.builder.part.paths[path] = path
    return path


def export(said: Statements, tree: exp.Expr) -> Told:
    """EXPORT DATA: to the files that `uri` names."""
    options = tree.args.get("options")
    uri = ""
    for option in options.expressions if options is not None else ():
        name = option.this.name if isinstance(option.this, exp.Expr) else str(option.this)
        value = option.args.get("value")
        if name.lower() in ("uri", "path") and isinstance(value, exp.Literal):
            uri = str(value.this)
    if not isinstance(tree.this, exp.Query):
        return said.unread("what this EXPORT writes cannot be read")
    return write_files(said, exp.Literal.string(uri), tree.this)


def write_files(said: Statements, target: exp.Expr, query: exp.Expr) -> Told:
    """What a query gives goes into files."""
    uri = _uri(target.this if isinstance(target, exp.Directory) else target)

    def told() -> None:
        name = uri or f"{said.name}: unknown files"
        grade: Any = "observed" if uri else "unknown"
        fact = said.text.fact(f"writes files to {name}", query, grade=grade)
        _file(said, name, fact)
        scope = Scope(said.text, said.builder, f"{name}/export")
        said.builder.store(read_query(scope, query), name, fact, scope.name)

    return told


# -- what sqlglot keeps as text ------------------------------------------------------------------


def command(said: Statements, tree: exp.Expr) -> Told:
    """A statement of which only the first word was understood."""
    word, rest = str(tree.this).lower(), tree.expression
    text = rest.name if isinstance(rest, exp.Expr) else str(rest or "")
    if word == "unload" and (found := _UNLOAD.match(text)):
        return _unload(said, found[1] or found[2], found[3])
    if _AT_READING.search(f"{word} {text}"):
        why = "this decides what a reader is shown; the rows stay as they are"
        return said.unread(why, "note")
    if word in _HARMLESS and not _SHARED.search(text):
        return nothing
    return said.unread(f"what {word.upper()} does here is not read")


def _unload(said: Statements, sql: str, path: str) -> Told:
    place = said.text.place(said.text.near)
    inner = Text(sql.replace("''", "'"), said.text.dialect, said.text.path, place, said.text.shown)
    trees = [s.tree for s in inner.statements() if isinstance(s.tree, exp.Query)]
    if len(trees) != 1:
        return said.unread("what this UNLOAD writes cannot be read")
    other = type(said)(said.builder, inner, said.name)
    return write_files(other, exp.Literal.string(path), trees[0])
