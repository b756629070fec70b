"""What each kind of statement does: which tables it defines, reads and writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlglot import exp

from ....values import normal_path
from ...graph import Fact
from . import files, writes
from .catalog import Builder, Relation, Table
from .lifetimes import lifetimes
from .query import Scope, named_anew, read_query
from .text import Text
from .writes import Told, nothing

# Statements that move no data. DELETE takes rows away whenever it is run; when, it does not say.
_HARMLESS: Final = tuple(
    getattr(exp, name)
    for name in (
        "Grant", "Revoke", "Set", "Comment", "Transaction", "Commit", "Rollback", "Describe",
        "Analyze", "Pragma", "Show", "Semicolon", "Drop", "TruncateTable", "Delete", "Refresh",
        "Cache", "Uncache",
    )
    if hasattr(exp, name)
)  # fmt: skip
# Changes of a table that leave its rows and its name: types, keys, columns that are new or gone.
_SAME_ROWS: Final = tuple(
    getattr(exp, name)
    for name in (
        "AlterSet", "ColumnDef", "AlterColumn", "AddConstraint", "Drop", "ClusterProperty",
        "Cluster", "AlterSortKey", "AlterDistStyle", "DropPartition",
    )
    if hasattr(exp, name)
)  # fmt: skip
_OTHER_KINDS: Final = frozenset({
    "SCHEMA", "DATABASE", "INDEX", "SEQUENCE", "FUNCTION", "PROCEDURE", "STAGE", "WAREHOUSE",
    "ROLE", "USER", "TYPE", "EXTENSION", "TAG", "FILE FORMAT", "STORAGE INTEGRATION", "MACRO",
})  # fmt: skip


class Statements:
    """The statements of one text. All texts are taken before any is told, since a query may
    read what a later file creates."""

    def __init__(self, builder: Builder, text: Text, name: str) -> None:
        self.builder, self.text, self.name = builder, text, name
        self.known: list[tuple[int, str, Told]] = []
        self.models = 0

    def take(self) -> None:
        """Takes in what is defined, and what cannot be read."""
        for statement in self.text.statements():
            if statement.fault:
                finding = self.text.finding(statement.fault, statement.fault_at or statement.start)
                self.builder.part.findings.append(finding)
            elif statement.tree is not None:
                self.text.near = statement.start
                told = self._listed(statement.tree)
                self.known.append((statement.start, self.text.schema, told))

    def tell(self) -> None:
        """Makes the steps."""
        for start, schema, told in self.known:
            self.text.near, self.text.schema = start, schema
            try:
                told()
            except RecursionError:
                self.unread("this statement is nested too deep")

    def _listed(self, tree: exp.Expr) -> Told:
        for kind, handler in _HANDLERS.items():
            if isinstance(tree, kind):
                return handler(self, tree)
        if isinstance(tree, exp.Set) and "search_path" in tree.sql().lower():
            return self.unread("which schema names are of, the reader does not take from here")
        if isinstance(tree, _HARMLESS):
            return nothing
        if isinstance(tree, exp.Query):
            return self._model(tree)
        return self.unread(f"what {type(tree).__name__.upper()} does is not read")

    def _model(self, tree: exp.Query) -> Told:
        """A query alone: its rows are known by the name of the file, or by INTO."""
        into = tree.args.get("into")
        if into is not None:
            table, fact = self.table(into.this, f"creates {into.this.name}")
            table.is_view = bool(into.args.get("temporary"))
            return self.defined(table, tree, fact, table.id)
        self.models += 1
        name = self.name if self.models == 1 else f"{self.name}-{self.models}"
        table = self.builder.catalog.table(name)
        return self.defined(table, tree, self.text.fact(f"rows of '{name}'", tree), name)

    def use(self, tree: exp.Expr) -> Told:
        """USE: the schema of the tables that are named without one."""
        kind, node = tree.args.get("kind"), tree.this
        word = str(kind.name).upper() if kind is not None else ""
        if word in ("WAREHOUSE", "ROLE", "SECONDARY ROLES"):
            return nothing
        if word not in ("", "SCHEMA") or not isinstance(node, exp.Table):
            return self.unread("which tables names mean after this is not read")
        parts = [part for part in node.parts if isinstance(part, exp.Expr)]
        self.text.schema = self.text.names.table(parts)
        return nothing

    def unread(self, why: str, severity: Any = "error") -> Told:
        """Says that a statement, which may do anything, is not read."""
        found = self.text.finding(why, self.text.near, "", severity)
        self.builder.part.findings.append(found)
        return nothing

    def table(self, node: exp.Expr, said: str) -> tuple[Table, Fact]:
        """The table that a statement is about, and a fact of it."""
        parts = node.parts if isinstance(node, exp.Table) else [node.this]
        name = self.text.table([p for p in parts if isinstance(p, exp.Expr)])
        known = self.builder.catalog.find(name)
        return known or self.builder.catalog.table(name), self.text.fact(said, node)

    def defined(self, table: Table, tree: exp.Expr, fact: Fact, name: str) -> Told:
        """A table or view that holds what a query gives."""
        here = self.text.near, self.text.schema

        def define() -> Relation:
            before = self.text.near, self.text.schema
            self.text.near, self.text.schema = here
            scope = Scope(self.text, self.builder, name)
            if not table.is_view:
                self.builder.dataset(table.id, fact, "store")
            found = read_query(scope, tree)
            if table.columns:
                found = named_anew(scope, found, list(table.columns), fact)
            self.text.near, self.text.schema = before
            if table.is_view:
                step = self.builder.step(table.id, "copy", fact, found.node)
                return found._replace(node=step.id)
            return self.builder.store(found, table.id, fact, name)

        if table.define is None:
            table.define = define
            return lambda: self.builder.catalog.read(table.id)
        if table.is_view:
            return self.unread(f"'{table.id}' is defined before, too: which of the two it is")
        table.again = True  # what it holds may be of either
        return define

    # -- CREATE and ALTER --------------------------------------------------------------------------

    def create(self, tree: exp.Expr) -> Told:
        """CREATE TABLE and CREATE VIEW."""
        kind = str(tree.args.get("kind") or "").upper()
        if kind not in ("TABLE", "VIEW"):
            return nothing if kind in _OTHER_KINDS else self.unread(f"CREATE {kind} is not read")
        target = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
        table, fact = self.table(target, f"creates {kind.lower()} {target.name}")
        self._schema(table, tree.this)
        properties = tree.args.get("properties")
        kinds = [type(p).__name__ for p in properties.expressions] if properties else []
        query = tree.expression if isinstance(tree.expression, exp.Query) else None
        stored = kind == "TABLE" or "MaterializedProperty" in kinds
        table.is_view = query is not None and ("TemporaryProperty" in kinds or not stored)
        if table.is_view and query is not None:
            return self.defined(table, query, fact, table.id)
        dataset = self.builder.dataset(table.id, fact, "store")
        if table.complete and query is None:
            dataset.fields = table.fields
        dataset.lifetimes = dataset.lifetimes or tuple(lifetimes(self.text, properties))
        self._location(table, properties)
        if query is not None:
            return self.defined(table, query, fact, table.id)
        if (clone := tree.args.get("clone")) is not None:
            return lambda: self._cloned(clone.this, table, fact)
        return nothing

    def _schema(self, table: Table, node: exp.Expr) -> None:
        if not isinstance(node, exp.Schema):
            return
        for column in node.expressions:
            if isinstance(column, exp.ColumnDef | exp.Identifier):
                said = column.this if isinstance(column, exp.ColumnDef) else column
                name = self.text.names.column(said)
                table.fields[name] = self.text.fact(f"column {name}", said)
        table.columns, table.complete = tuple(table.fields), bool(table.fields)

    def _location(self, table: Table, properties: exp.Expr | None) -> None:
        for node in properties.expressions if properties is not None else ():
            if isinstance(node, exp.LocationProperty) and isinstance(node.this, exp.Literal):
                self.builder.part.paths[table.id] = normal_path(str(node.this.this))

    def _cloned(self, source: exp.Expr, table: Table, fact: Fact) -> None:
        scope = Scope(self.text, self.builder, table.id)
        self.builder.store(read_query(scope, source), table.id, fact, table.id)

    def alter(self, tree: exp.Expr) -> Told:
        """ALTER TABLE: options that say how long rows are kept, and new columns.

        What gives a table other rows or another name is not followed, and said.
        """
        kind = str(tree.args.get("kind") or "").upper()
        for action in tree.args.get("actions") or ():
            if not isinstance(action, _SAME_ROWS):
                return self.unread(f"what {action.sql().upper()} does to a {kind} is not read")
        if kind != "TABLE":
            return nothing
        table, fact = self.table(tree.this, f"alters {tree.this.name}")
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
        return nothing


_HANDLERS: Final[dict[type[exp.Expr], Callable[[Statements, Any], Told]]] = {
    exp.Create: Statements.create,
    exp.Alter: Statements.alter,
    exp.Use: Statements.use,
    exp.Insert: writes.insert,
    exp.Merge: writes.merge,
    exp.Update: writes.update,
    exp.Copy: files.copy,
    exp.Export: files.export,
    exp.Command: files.command,
}
