"""Mutants of SQL: the tree of each statement is changed at one place, and written again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import sqlglot
from sqlglot import exp
from tests.mutants.edit import Edit, data_of, dumped
from tests.mutants.formats import sql_run
from tests.mutants.model import Files, Mutant

NAME: Final = "sql"
fails, worlds, run = sql_run.fails, sql_run.worlds, sql_run.run

Tree = Any  # a node of sqlglot, whose types are its own
Change = Callable[[Tree], Iterator[tuple[str, Tree]]]


def _dialect(path: str, text: str) -> str:
    """What the statements of a file are written in, by what only one of them has."""
    if path.endswith(".json"):
        return str(data_of(text)["metadata"]["adapter_type"])
    return "clickhouse" if "ClickHouse" in text else "snowflake"


def _parts(path: str, text: str) -> list[str]:
    """The statements of a file; of a manifest, the keys of its models."""
    if path.endswith(".json"):
        nodes = data_of(text)["nodes"]
        return [key for key, node in nodes.items() if node.get("resource_type") == "model"]
    dialect = _dialect(path, text)
    return [t.sql(dialect, pretty=True) for t in sqlglot.parse(text, dialect=dialect) if t]


def _sql(path: str, text: str, part: str) -> str:
    return str(data_of(text)["nodes"][part]["compiled_code"]) if path.endswith(".json") else part


def _put(files: Files, path: str, number: int, sql: str) -> Mutant:
    """A file with one statement changed, and the lines of that statement."""
    text = files[path]
    parts = _parts(path, text)
    if path.endswith(".json"):
        data = data_of(text)
        data["nodes"][parts[number]]["compiled_code"] = sql
        return Mutant("", {**files, path: dumped(data, path)})
    parts[number] = sql
    written = [part + ";\n" for part in parts]
    first = 1 + sum(part.count("\n") for part in written[:number])
    last = first + written[number].count("\n")
    return Mutant("", {**files, path: "".join(written)}, (path, first, last))


def _changed(name: str, change: Change) -> Callable[[Files], Iterator[Mutant]]:
    """An operator that changes statements by `change`, which is given a tree of its own each time."""

    def operator(files: Files) -> Iterator[Mutant]:
        for path, text in files.items():
            dialect = _dialect(path, text)
            for number, part in enumerate(_parts(path, text)):
                tree = sqlglot.parse_one(_sql(path, text, part), dialect=dialect)
                if not tree.find(exp.Select):
                    continue
                for what, changed in change(tree):
                    mutant = _put(files, path, number, changed.sql(dialect, pretty=True))
                    yield mutant._replace(operator=name, what=f"{path} {number}: {what}")

    return operator


def _each(tree: Tree, kind: type[Any]) -> Iterator[tuple[Tree, Any]]:
    """A copy of the tree for each node of a kind, with that node in it."""
    for number in range(len(list(tree.find_all(kind)))):
        copy = tree.copy()
        yield copy, list(copy.find_all(kind))[number]


def _conjuncts(node: Tree) -> list[Tree]:
    return list(node.this.flatten()) if isinstance(node.this, exp.And) else [node.this]


def drop_condition(tree: Tree) -> Iterator[tuple[str, Tree]]:
    for kind in (exp.Where, exp.Having):
        for copy, node in _each(tree, kind):
            node.pop()
            yield kind.__name__, copy
        for copy, node in _each(tree, kind):
            count = len(_conjuncts(node))
            for number in range(count if count > 1 else 0):
                again = copy.copy()
                other = next(n for n in again.find_all(kind) if n == node)
                left = [p for i, p in enumerate(_conjuncts(other)) if i != number]
                other.set("this", exp.and_(*left))
                yield f"{kind.__name__} {number}", again


def drop_function(tree: Tree) -> Iterator[tuple[str, Tree]]:
    for kind in (exp.RegexpReplace, exp.SHA2, exp.Coalesce):
        for copy, node in _each(tree, kind):
            node.replace(node.this)
            yield kind.__name__, copy


def invert(tree: Tree) -> Iterator[tuple[str, Tree]]:
    pairs = ((exp.EQ, exp.NEQ), (exp.NEQ, exp.EQ), (exp.GTE, exp.LT))
    for kind, other in pairs:
        for copy, node in _each(tree, kind):
            parts = (exp.Having,) if kind is exp.GTE else (exp.Where, exp.Having)
            empty = isinstance(node.expression, exp.Literal) and not node.expression.this
            if node.find_ancestor(*parts) and not empty:
                node.replace(other(this=node.this, expression=node.expression))
                yield f"{kind.__name__} to {other.__name__}", copy
    for copy, node in _each(tree, exp.Boolean):
        node.replace(exp.Boolean(this=not node.this))
        yield "the other truth", copy
    for copy, node in _each(tree, exp.Not):
        node.replace(node.this)
        yield "no not", copy


def weaken(tree: Tree) -> Iterator[tuple[str, Tree]]:
    for copy, node in _each(tree, exp.And):
        node.replace(exp.Or(this=node.this, expression=node.expression))
        yield "and to or", copy
    for copy, node in _each(tree, exp.Literal):
        if not node.is_string and node.find_ancestor(exp.Having):
            for number in (1, int(node.this) - 1):
                again = copy.copy()
                same = next(n for n in again.find_all(exp.Literal) if n == node)
                same.replace(exp.Literal.number(number))
                yield f"{node.this} to {number}", again
    for copy, node in _each(tree, exp.Join):
        node.set("side", "LEFT")
        node.set("kind", None)
        yield "left join", copy
    for copy, node in _each(tree, exp.RegexpReplace):
        node.set("expression", exp.Literal.string(f"({node.expression.this})"))
        node.set("replacement", exp.Literal.string("<\\1>"))
        yield "the text is kept", copy
    for copy, node in _each(tree, exp.RegexpReplace):
        node.set("expression", exp.Literal.string("never-there"))
        yield "a pattern of something else", copy
    for copy, node in _each(tree, exp.Count):
        if node.find_ancestor(exp.Having) and node.find(exp.Distinct):
            node.set("this", exp.Star())
            yield "rows are counted", copy


def widen(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """More columns are read."""
    for copy, node in _each(tree, exp.Select):
        stars = any(isinstance(e, exp.Star) or e.find(exp.Star) for e in node.expressions)
        if not stars and not node.args.get("group"):
            node.select("*", copy=False)
            yield "all columns", copy


def bypass(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """The rows that a condition leaves out come back by a union."""
    for copy, node in _each(tree, exp.Select):
        where = node.args.get("where")
        if where is not None:
            rest = node.copy()
            rest.args["where"].pop()
            union = exp.union(node.copy(), rest, distinct=False)
            if node is copy:
                yield "union", union
                continue
            node.replace(union)
            yield "union", copy


def rewrite(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """The same in other words."""
    yield "as it is", tree.copy()
    for copy, node in _each(tree, exp.And):
        node.replace(exp.And(this=node.expression, expression=node.this))
        yield "the other order", copy
    for copy, node in _each(tree, exp.EQ):
        if isinstance(node.expression, exp.Boolean) and node.find_ancestor(exp.Where):
            part = node.this.copy()
            node.replace(part if node.expression.this else exp.Not(this=part))
            yield "without an equals sign", copy
    for copy, node in _each(tree, exp.NEQ):
        node.replace(exp.Not(this=exp.In(this=node.this, expressions=[node.expression])))
        yield "not in", copy
    for copy, node in _each(tree, exp.GTE):
        literal = node.expression
        if isinstance(literal, exp.Literal) and not literal.is_string:
            fewer = exp.Literal.number(int(literal.this) - 1)
            node.replace(exp.GT(this=node.this, expression=fewer))
            yield "more than one less", copy
    for copy, node in _each(tree, exp.Select):
        if node.args.get("where"):
            node.where("1 = 1", copy=False)
            yield "a condition that always holds", copy


def strengthen(tree: Tree) -> Iterator[tuple[str, Tree]]:
    for copy, node in _each(tree, exp.Literal):
        if not node.is_string and node.find_ancestor(exp.Having):
            node.replace(exp.Literal.number(int(node.this) + 1))
            yield "one more", copy
    for copy, node in _each(tree, exp.Select):
        node.distinct(copy=False)
        yield "distinct", copy


def reformat(files: Files) -> Iterator[Mutant]:
    """Blanks, comments and ends of lines."""
    for path, text in files.items():
        if path.endswith(".json"):
            yield Mutant("reformat", {**files, path: dumped(data_of(text), path)}, None, path)
            continue
        for what, made in (
            ("comments", "-- so it is\n" + text + "\n-- the end\n"),
            ("other ends of lines", text.replace("\n", "\r\n")),
            ("blanks", text.replace(" ", "  ")),
            ("one line each", ";\n".join(" ".join(p.split()) for p in _parts(path, text)) + ";\n"),
        ):
            yield Mutant("reformat", {**files, path: made}, None, f"{path}: {what}")


def split(files: Files) -> Iterator[Mutant]:
    """Each statement in a file of its own, and all in one."""
    texts = {path: text for path, text in files.items() if not path.endswith(".json")}
    if not texts:
        return
    folder = next(iter(texts)).rpartition("/")[0]
    parts = [part for path, text in texts.items() for part in _parts(path, text)]
    others = {path: text for path, text in files.items() if path not in texts}
    alone = {f"{folder}/part-{n:02d}.sql": part + ";\n" for n, part in enumerate(parts)}
    yield Mutant("split", {**others, **alone}, None, "each alone")
    yield Mutant(
        "split", {**others, f"{folder}/all.sql": ";\n".join(parts) + ";\n"}, None, "all in one"
    )
    turned = ";\n".join(reversed(parts)) + ";\n"
    yield Mutant("split", {**others, f"{folder}/all.sql": turned}, None, "the last first")


def add_unrelated(files: Files) -> Iterator[Mutant]:
    for path, text in files.items():
        if not path.endswith(".json"):
            made = text + "\ncreate view staging.numbers as select 1 as one, 2 as two;\n"
            yield Mutant("add-unrelated", {**files, path: made}, None, path)


def keep_longer(files: Files) -> Iterator[Mutant]:
    """A table that dbt, or a time to live, lets expire stays for longer, or for good."""
    for path, text in files.items():
        for found in re.finditer(r"INTERVAL (\d+) (DAY|MONTH)", text) if ".sql" in path else ():
            made = f"{text[: found.start(1)]}9{found[1]}{text[found.end(1) :]}"
            line = 1 + text[: found.start()].count("\n")
            yield Mutant(
                "keep-longer", {**files, path: made}, (path, line, line), f"9{found[1]} {found[2]}"
            )
        for found in re.finditer(r"\nTTL [^;]*", text) if ".sql" in path else ():
            made = text[: found.start()] + text[found.end() :]
            yield Mutant("keep-longer", {**files, path: made}, None, f"{path}: no time to live")
    for path, text in files.items():
        data = data_of(text) if path.endswith(".json") else {"nodes": {}}
        for key, node in data["nodes"].items():
            hours = node["config"].get("hours_to_expiration")
            for value in (hours * 20, None) if hours else ():
                edit = Edit(files, path)
                edit.data["nodes"][key]["config"]["hours_to_expiration"] = value
                if value is None:
                    del edit.data["nodes"][key]["config"]["hours_to_expiration"]
                yield edit.mutant("keep-longer", f"{key}: {value} hours")


def rename_names(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """Common table expressions and aliases get other names."""
    copy = tree.copy()
    names = {node.alias: f"{node.alias}_again" for node in copy.find_all(exp.CTE)}
    for node in copy.find_all(exp.CTE):
        node.args["alias"].this.set("this", names[node.alias])
    for table in copy.find_all(exp.Table):
        if table.name in names and not table.db:
            table.this.set("this", names[table.name])
    for column in copy.find_all(exp.Column):
        if column.table in names:
            column.args["table"].set("this", names[column.table])
    if names:
        yield ", ".join(names), copy


OPERATORS: Mapping[str, Callable[[Files], Iterator[Mutant]]] = {
    "drop-condition": _changed("drop-condition", drop_condition),
    "drop-function": _changed("drop-function", drop_function),
    "invert": _changed("invert", invert),
    "weaken": _changed("weaken", weaken),
    "widen": _changed("widen", widen),
    "bypass": _changed("bypass", bypass),
    "keep-longer": keep_longer,
    "rewrite": _changed("rewrite", rewrite),
    "strengthen": _changed("strengthen", strengthen),
    "rename-names": _changed("rename-names", rename_names),
    "reformat": reformat,
    "split": split,
    "add-unrelated": add_unrelated,
}
