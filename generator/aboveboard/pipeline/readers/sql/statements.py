"""What each kind of statement does: which tables it defines, reads, writes and empties."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from sqlglot import exp

from ....values import normal_path
from ...graph import Fact, Lifetime, Step
from .catalog import Builder, Relation, Table
from .conditions import Conditions
from .lifetimes import lifetimes
from .query import Scope, named_anew, read_query, read_table
from .text import Statement, Text
from .trees import columns_in

# Statements that move no data and take none away.
_HARMLESS: Final = tuple(
    getattr(exp, name)
    for name in (
        "Grant", "Revoke", "Set", "Comment", "Transaction", "Commit", "Rollback", "Describe",
        "Analyze", "Pragma", "Show", "Semicolon", "Drop", "TruncateTable", "Delete", "Refresh",
        "Cache", "Uncache",
    )
    if hasattr(exp, name)
)  # fmt: skip
_HARMLESS_WORDS: Final = frozenset({
    "grant", "revoke", "set", "comment", "begin", "commit", "rollback", "vacuum", "analyze",
    "optimize", "show", "describe", "explain", "refresh", "alter session", "reset", "cluster",
})  # fmt: skip
_AT_READING: Final = re.compile(
    r"masking\s+policy|row\s+access\s+policy|row\s+level\s+security|create\s+policy|"
    r"projection\s+policy|aggregation\s+policy|policy\s+tag",
    re.IGNORECASE,
)
_UNLOAD: Final = re.compile(r"\s*\(\s*(?:'(.*)'|\$\$(.*)\$\$)\s*\)\s*to\s*'([^']+)'", re.I | re.S)
_OTHER_KINDS: Final = frozenset({
    "SCHEMA", "DATABASE", "INDEX", "SEQUENCE", "FUNCTION", "PROCEDURE", "STAGE", "WAREHOUSE",
    "ROLE", "USER", "TYPE", "EXTENSION", "TAG", "FILE FORMAT", "STORAGE INTEGRATION", "MACRO",
})  # fmt: skip


class Statements:
    """The statements of one text. All texts are `listed` before any is `told`, since a query may
    read what a later file creates."""

    def __init__(self, builder: Builder, text: Text, name: str) -> None:
        self.builder, self.text, self.name = builder, text, name
        self.known: list[tuple[Statement, Callable[[], object]]] = []

    def list(self) -> None:
        """Takes in what is defined, and what cannot be read."""
        for statement in self.text.statements():
            if statement.fault:
                finding = self.text.finding(statement.fault, statement.fault_at or statement.start)
                self.builder.part.findings.append(finding)
            elif statement.tree is not None:
                self.text.near = statement.start
                self.known.append((statement, self._listed(statement.tree, statement)))

    def tell(self) -> None:
        """Makes the steps."""
        for statement, told in self.known:
            self.text.near = statement.start
            told()

    def _listed(self, tree: exp.Expr, statement: Statement) -> Callable[[], object]:
        for kind, handler in _HANDLERS.items():
            if isinstance(tree, kind):
                return handler(self, tree)
        if isinstance(tree, _HARMLESS):
            return _nothing
        if isinstance(tree, exp.Query):
            return self.model(tree)
        if isinstance(tree, exp.Use):
            return self.unread(statement, "names are read as they stand, whatever this says")
        return self.unread(statement, f"what {type(tree).__name__.upper()} does is not read")

    def unread(
        self, statement: Statement, why: str, severity: Any = "error"
    ) -> Callable[[], object]:
        """A statement that may do anything."""
        self.builder.part.findings.append(self.text.finding(why, statement.start, "", severity))
        return _nothing

    # -- what is defined -------------------------------------------------------------------------

    def model(self, tree: exp.Expr) -> Callable[[], object]:
        """A query alone: its rows are known by the name of the file."""
        table = self.builder.catalog.table(self.name)
        fact = self.text.fact(f"rows of '{self.name}'", tree)
        return self.defined(table, tree, fact, self.name)

    def defined(self, table: Table, tree: exp.Expr, fact: Fact, name: str) -> Callable[[], object]:
        """A table or view that holds what a query gives."""
        near = self.text.near

        def define() -> Relation:
            before, self.text.near = self.text.near, near
            scope = Scope(self.text, self.builder, name)
            if not table.is_view:
                self.builder.dataset(table.id, fact, "store").lifetimes += ()
            found = read_query(scope, tree)
            if table.columns:
                found = named_anew(scope, found, list(table.columns), fact)
            self.text.near = before
            if table.is_view:
                step = self.builder.step(table.id, "copy", fact, found.node)
                return found._replace(node=step.id)
            self.builder.store(found, table.id, fact, name)
            return found._replace(node=table.id)

        table.define = table.define or define
        return lambda: self.builder.catalog.read(table.id)

    def create(self, tree: exp.Expr) -> Callable[[], object]:
        """CREATE TABLE and CREATE VIEW."""
        kind = str(tree.args.get("kind") or "").upper()
        if kind not in ("TABLE", "VIEW"):
            if kind in _OTHER_KINDS:
                return _nothing
            return self.unread(Statement(tree, self.text.near), f"CREATE {kind} is not read")
        target = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
        table, fact = self._table(target, f"creates {kind.lower()} {target.name}")
        self._schema(table, tree.this)
        properties = tree.args.get("properties")
        kinds = [type(p).__name__ for p in properties.expressions] if properties else []
        query = tree.expression if isinstance(tree.expression, exp.Query) else None
        temporary = "TemporaryProperty" in kinds
        table.is_view = query is not None and (
            temporary or (kind == "VIEW" and "MaterializedProperty" not in kinds)
        )
        if table.is_view and query is not None:
            return self.defined(table, query, fact, table.id)
        dataset = self.builder.dataset(table.id, fact, "store")
        dataset.fields = dict(table.fields) if table.complete and query is None else None
        dataset.lifetimes = dataset.lifetimes or tuple(lifetimes(self.text, properties))
        self._location(table, properties)
        if query is not None:
            return self.defined(table, query, fact, table.id)
        if (clone := tree.args.get("clone")) is not None:
            return lambda: self._copied(clone.this, table, fact)
        return _nothing

    def _table(self, node: exp.Expr, said: str) -> tuple[Table, Fact]:
        parts = [p for p in getattr(node, "parts", [node.this]) if isinstance(p, exp.Expr)]
        name = self.text.names.table(parts)
        known = self.builder.catalog.find(name)
        return known or self.builder.catalog.table(name), self.text.fact(said, node)

    def _schema(self, table: Table, node: exp.Expr) -> None:
        if not isinstance(node, exp.Schema):
            return
        names = self.text.names
        for column in node.expressions:
            if isinstance(column, exp.ColumnDef | exp.Identifier):
                said = column.this if isinstance(column, exp.ColumnDef) else column
                name = names.column(said)
                table.fields[name] = self.text.fact(f"column {name}", said)
        table.columns, table.complete = tuple(table.fields), bool(table.fields)

    def _location(self, table: Table, properties: exp.Expr | None) -> None:
        for node in properties.expressions if properties is not None else ():
            if isinstance(node, exp.LocationProperty) and isinstance(node.this, exp.Literal):
                self.builder.part.paths[table.id] = normal_path(str(node.this.this))

    def _copied(self, source: exp.Expr, table: Table, fact: Fact) -> None:
        scope = Scope(self.text, self.builder, table.id)
        self.builder.store(read_query(scope, source), table.id, fact, table.id)

    # -- what is written -------------------------------------------------------------------------

    def insert(self, tree: exp.Expr) -> Callable[[], object]:
        """INSERT INTO ... SELECT: columns by position, unless it says by name."""
        target = tree.this
        columns: list[str] = []
        if isinstance(target, exp.Schema):
            columns = [self.text.names.column(c) for c in target.expressions]
            target = target.this
        if not isinstance(target, exp.Table):
            return self._into_files(target, tree.expression)
        table, fact = self._table(target, f"inserts into {target.name}")
        query = tree.expression
        if not isinstance(query, exp.Query):
            return _nothing  # VALUES: rows that are written out

        def told() -> None:
            self.builder.dataset(table.id, fact, "store")
            name = f"{table.id}/insert"
            scope = Scope(self.text, self.builder, name)
            found = read_query(scope, query)
            names = columns or list(table.columns)
            by_name = tree.args.get("by_name") or (
                not names and table.define is not None and found.complete
            )
            if not by_name:
                found = (
                    named_anew(scope, found, names, fact)
                    if names
                    else _nameless(scope, found, fact)
                )
            self.builder.store(found, table.id, fact, name)

        return told

    def merge(self, tree: exp.Expr) -> Callable[[], object]:
        """MERGE: what is inserted or updated comes from the rows of USING."""
        table, fact = self._table(tree.this, f"merges into {tree.this.name}")
        alias = tree.this.alias_or_name

        def told() -> None:
            self.builder.dataset(table.id, fact, "store")
            name = f"{table.id}/merge"
            scope = Scope(self.text, self.builder, name)
            using = tree.args["using"]
            source = read_query(scope.within("using"), using)
            made: dict[str, tuple[str, ...]] = {}
            for into, value in _assigned(tree, list(table.columns)):
                of = self._of(value, alias)
                made[into] = (*made.get(into, ()), *of)
            if not made:  # `insert row`, `update set *`: column by column
                self.builder.store(source, table.id, fact, name)
                return
            step = self._written(name, fact, source, made)
            step.outputs = (table.id,)

        return told

    def update(self, tree: exp.Expr) -> Callable[[], object]:
        """UPDATE: a column is written over; what it held before lay there all the same."""
        table, fact = self._table(tree.this, f"updates {tree.this.name}")

        def told() -> None:
            scope = Scope(self.text, self.builder, f"{table.id}/update")
            start = tree.args.get("from_")
            inputs = [read_table(scope, tree.this).node]
            if start is not None:
                inputs.append(read_query(scope.within("from"), start.this).node)
            writes = {
                self.text.names.column(e.this.this): self._of(e.expression, "")
                for e in tree.expressions
                if isinstance(e, exp.EQ) and isinstance(e.this, exp.Column)
            }
            step = self.builder.step(f"{table.id}/update", "map", fact, *inputs, writes=writes)
            step = self.builder.step(f"{table.id}/update columns", "allow-fields", fact, step.id,
                                     fields=tuple(writes))  # fmt: skip
            step.outputs = (table.id,)

        return told

    def _of(self, value: exp.Expr, but: str) -> tuple[str, ...]:
        """The columns that a value is made of, but for those of the table that is written."""
        names = self.text.names
        return tuple(dict.fromkeys(
            names.column(c.this) for c in columns_in(value)
            if isinstance(c.this, exp.Expr) and not (but and names.column(c.table or "") == names.column(but))
        ))  # fmt: skip

    def _written(
        self, name: str, fact: Fact, source: Relation, made: dict[str, tuple[str, ...]]
    ) -> Step:
        same = {into: of for into, of in made.items() if len(of) == 1}
        node = source.node
        others = {into: of for into, of in made.items() if into not in same}
        if others:
            node = self.builder.step(f"{name}/compute", "map", fact, node, writes=others).id
        writes = same | {into: (into,) for into in others}
        node = self.builder.step(f"{name}/columns", "rename", fact, node, writes=writes).id
        fields = tuple(made)
        return self.builder.step(f"{name}/select", "allow-fields", fact, node, fields=fields)

    # -- files -----------------------------------------------------------------------------------

    def copy(self, tree: exp.Expr) -> Callable[[], object]:
        """COPY: from files into a table, or the other way round."""
        files = tree.args.get("files") or []
        inward = bool(tree.args.get("kind"))

        def told() -> None:
            for file in files:
                one, other = (file, tree.this) if inward else (tree.this, file)
                self._moved(one, other)

        return told

    def _moved(self, source: exp.Expr, target: exp.Expr) -> None:
        fact = self.text.fact("copies rows", source, target)
        uri = self._uri(target)
        name = uri or self.text.names.table([p for p in target.parts if isinstance(p, exp.Expr)])
        scope = Scope(self.text, self.builder, f"{name}/copy")
        origin = self._uri(source)
        found = Relation(self._file(origin, fact)) if origin else read_query(scope, _bare(source))
        if uri:
            self._file(uri, fact)
        else:
            self.builder.dataset(self._table(target, "")[0].id, fact, "store")
        self.builder.store(found, name if uri else self._table(target, "")[0].id, fact, scope.name)

    def _uri(self, node: exp.Expr) -> str:
        """The path of files, "" for a table or query."""
        if isinstance(node, exp.Table) and not isinstance(node.this, exp.Identifier):
            node = node.this
        if isinstance(node, exp.Literal) and node.is_string:
            return normal_path(str(node.this))
        return str(node.name) if isinstance(node, exp.Var | exp.Parameter) else ""

    def _file(self, path: str, fact: Fact) -> str:
        self.builder.dataset(path, fact, "store")
        self.builder.part.paths[path] = path
        return path

    def export(self, tree: exp.Expr) -> Callable[[], object]:
        """EXPORT DATA: to the files that `uri` names."""
        options = tree.args.get("options")
        uri = next(
            (str(p.args["value"].this) for p in (options.expressions if options else ())
             if isinstance(p, exp.Property) and p.args["value"] is not None
             and str(getattr(p.this, "name", p.this)).lower() in ("uri", "path")),
            "",
        )  # fmt: skip
        return self._into_files(exp.Literal.string(uri), tree.this)

    def _into_files(self, target: exp.Expr, query: exp.Expr) -> Callable[[], object]:
        uri = self._uri(target.this if isinstance(target, exp.Directory) else target)

        def told() -> None:
            name = uri or f"{self.name}: unknown files"
            grade: Any = "observed" if uri else "unknown"
            fact = self.text.fact(f"writes files to {name}", query, grade=grade)
            self._file(name, fact)
            scope = Scope(self.text, self.builder, f"{name}/export")
            self.builder.store(read_query(scope, query), name, fact, scope.name)

        return told

    # -- what sqlglot keeps as text ----------------------------------------------------------------

    def command(self, tree: exp.Expr) -> Callable[[], object]:
        """A statement of which only the first word was understood."""
        word = str(tree.this).lower()
        rest = (
            tree.expression.name
            if isinstance(tree.expression, exp.Expr)
            else str(tree.expression or "")
        )
        here = Statement(tree, self.text.near)
        if word == "unload" and (found := _UNLOAD.match(rest)):
            return self._unload(found[1] or found[2], found[3], here)
        if _AT_READING.search(f"{word} {rest}"):
            why = "this decides what a reader is shown; the rows stay as they are"
            return self.unread(here, why, "note")
        if word in _HARMLESS_WORDS and not re.search(r"\bto\s+share\b", rest, re.I):
            return _nothing
        return self.unread(here, f"what {word.upper()} does here is not read")

    def _unload(self, sql: str, path: str, here: Statement) -> Callable[[], object]:
        inner = Text(sql.replace("''", "'"), self.text.dialect, self.text.path,
                     self.text.place(here.start), self.text.shown)  # fmt: skip
        trees = [s.tree for s in inner.statements() if isinstance(s.tree, exp.Query)]
        if len(trees) != 1:
            return self.unread(here, "what this UNLOAD writes cannot be read")
        other = Statements(self.builder, inner, self.name)
        return other._into_files(exp.Literal.string(path), trees[0])

    def alter(self, tree: exp.Expr) -> Callable[[], object]:
        """ALTER TABLE: options that say how long rows are kept, and new columns."""
        if str(tree.args.get("kind") or "").upper() != "TABLE":
            return _nothing
        table, fact = self._table(tree.this, f"alters {tree.this.name}")
        for action in tree.args.get("actions") or ():
            if isinstance(action, exp.AlterSet):
                for properties in action.expressions:
                    if isinstance(properties, exp.Properties):
                        dataset = self.builder.dataset(table.id, fact)
                        dataset.lifetimes = tuple(lifetimes(self.text, properties))
            elif isinstance(action, exp.ColumnDef) and table.complete:
                name = self.text.names.column(action.this)
                table.fields[name] = self.text.fact(f"column {name}", action.this)
                table.columns = tuple(table.fields)
        return _nothing


def _nothing() -> None:
    """What a statement does that moves no data."""


def _bare(node: exp.Expr) -> exp.Expr:
    return node.this if isinstance(node, exp.Subquery) else node


def _nameless(scope: Scope, found: Relation, fact: Fact) -> Relation:
    text = "inserts by position, and no file says which columns the table has"
    step = scope.builder.step(f"{scope.name}/names", "map", fact._replace(text=text, grade="unknown"),
                              found.node)  # fmt: skip
    return Relation(step.id)


def _assigned(tree: exp.Expr, columns: list[str]) -> Iterator[tuple[str, exp.Expr]]:
    """Column and value of every SET and INSERT of a MERGE."""
    whens = tree.args.get("whens")
    for when in whens.expressions if whens is not None else ():
        then = when.args.get("then")
        if isinstance(then, exp.Update):
            for e in then.expressions:
                if isinstance(e, exp.EQ) and isinstance(e.this, exp.Column):
                    yield e.this.name.lower(), e.expression
        elif isinstance(then, exp.Insert) and isinstance(then.expression, exp.Tuple):
            into = then.this.expressions if isinstance(then.this, exp.Tuple) else []
            names = [e.name.lower() for e in into] or columns
            yield from zip(names, then.expression.expressions, strict=False)


_HANDLERS: Final[dict[type[exp.Expr], Callable[[Statements, Any], Callable[[], object]]]] = {
    exp.Create: Statements.create,
    exp.Insert: Statements.insert,
    exp.Merge: Statements.merge,
    exp.Update: Statements.update,
    exp.Copy: Statements.copy,
    exp.Export: Statements.export,
    exp.Alter: Statements.alter,
    exp.Command: Statements.command,
}
_ = (Conditions, Lifetime)
