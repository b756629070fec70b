"""INSERT, MERGE and UPDATE: statements that put rows, or values, into a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sqlglot import exp

from ...graph import Fact, Step
from .catalog import Relation
from .query import Scope, named_anew, read_query, read_table
from .trees import columns_in

if TYPE_CHECKING:
    from .statements import Statements

Told = Callable[[], object]
Made = dict[str, tuple[str, ...]]  # column -> the columns that it is made of


def nothing() -> None:
    """What a statement does that moves no data."""


def insert(said: Statements, tree: exp.Expr) -> Told:
    """INSERT INTO ... SELECT: columns by position, unless it says by name."""
    target, columns = tree.this, list[str]()
    if isinstance(target, exp.Schema):
        columns = [said.text.names.column(c) for c in target.expressions]
        target = target.this
    if not isinstance(target, exp.Table):
        from .files import write_files

        if not isinstance(tree.expression, exp.Query):
            return said.unread("where this INSERT writes to cannot be read")
        return write_files(said, target, tree.expression)
    table, fact = said.table(target, f"inserts into {target.name}")
    query = tree.expression
    if not isinstance(query, exp.Query):
        return nothing  # VALUES: rows that are written out

    def told() -> None:
        said.builder.dataset(table.id, fact, "store")
        name = f"{table.id}/insert"
        scope = Scope(said.text, said.builder, name)
        found = read_query(scope, query)
        names = columns or list(table.columns)
        defined = not names and table.define is not None and found.complete
        if not (tree.args.get("by_name") or defined):
            named = named_anew if names else _nameless
            found = named(scope, found, names, fact)
        said.builder.store(found, table.id, fact, name)

    return told


def _nameless(scope: Scope, found: Relation, names: list[str], fact: Fact) -> Relation:
    text = "inserts by position, and no file says which columns the table has"
    fact = fact._replace(text=text, grade="unknown")
    return Relation(scope.builder.step(f"{scope.name}/names", "map", fact, found.node).id)


def merge(said: Statements, tree: exp.Expr) -> Told:
    """MERGE: what is inserted or updated comes from the rows of USING."""
    table, fact = said.table(tree.this, f"merges into {tree.this.name}")
    alias = tree.this.alias_or_name

    def told() -> None:
        said.builder.dataset(table.id, fact, "store")
        name = f"{table.id}/merge"
        scope = Scope(said.text, said.builder, name)
        source = read_query(scope.within("using"), tree.args["using"])
        made: Made = {}
        for into, value in _assigned(tree, list(table.columns)):
            made[into] = (*made.get(into, ()), *_made_of(said, value, alias))
        if not made:  # `insert row`, `update set *`: column by column
            said.builder.store(source, table.id, fact, name)
            return
        _written(scope, fact, source, made).outputs = (table.id,)

    return told


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


def _made_of(said: Statements, value: exp.Expr, but: str) -> tuple[str, ...]:
    """The columns that a value is made of, but for those of the table that is written."""
    names = said.text.names
    columns = [c for c in columns_in(value) if isinstance(c.this, exp.Expr)]
    if but:
        columns = [c for c in columns if names.column(c.table or "") != names.column(but)]
    return tuple(dict.fromkeys(names.column(c.this) for c in columns))


def _written(scope: Scope, fact: Fact, source: Relation, made: Made) -> Step:
    node, name, build = source.node, scope.name, scope.builder.step
    same = {into: of for into, of in made.items() if len(of) == 1}
    others = {into: of for into, of in made.items() if into not in same}
    if others:
        node = build(f"{name}/compute", "map", fact, node, writes=others).id
    writes = same | {into: (into,) for into in others}
    node = build(f"{name}/columns", "rename", fact, node, writes=writes).id
    return build(f"{name}/select", "allow-fields", fact, node, fields=tuple(made))


def update(said: Statements, tree: exp.Expr) -> Told:
    """UPDATE: a column is written over; what it held before lay there all the same."""
    table, fact = said.table(tree.this, f"updates {tree.this.name}")

    def told() -> None:
        name = f"{table.id}/update"
        scope = Scope(said.text, said.builder, name)
        start = tree.args.get("from_")
        inputs = [read_table(scope, tree.this).node]
        if start is not None:
            inputs.append(read_query(scope.within("from"), start.this).node)
        writes = {
            said.text.names.column(e.this.this): _made_of(said, e.expression, "")
            for e in tree.expressions
            if isinstance(e, exp.EQ) and isinstance(e.this, exp.Column)
        }
        build = said.builder.step
        step = build(f"{name}/compute", "map", fact, *inputs, writes=writes)
        step = build(name, "allow-fields", fact, step.id, fields=tuple(writes))
        step.outputs = (table.id,)

    return told
