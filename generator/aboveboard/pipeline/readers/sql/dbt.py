"""A dbt manifest (`target/manifest.json`, dbt 1.0 and later): what dbt compiled, and its settings.

dbt runs the compiled SQL of every node that is not disabled; a disabled one is not in `nodes`. A
view keeps nothing, an ephemeral model is written into the SQL of those that read it, and tables,
incremental models, snapshots and seeds are stores.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

from ....findings import Finding, Location
from ....values import did_you_mean
from ...graph import Dataset, Fact, Grade, Lifetime, Role
from ...part import File, fact_at
from .catalog import Builder, Relation, Table
from .lifetimes import EXPIRES, period
from .meta import described
from .names import Names
from .query import Scope, read_query
from .statements import Statements
from .text import Text

# The dialect of an adapter, where it has another name.
_ADAPTERS: Final = {
    "postgresql": "postgres", "greenplum": "postgres", "alloydb": "postgres", "spark": "spark",
    "sqlserver": "tsql", "synapse": "tsql", "fabric": "fabric", "athena": "athena",
    "databricks": "databricks", "fabricspark": "spark", "glue": "spark", "motherduck": "duckdb",
}  # fmt: skip
_MODELS: Final = frozenset({"model", "snapshot"})
_PART: Final = re.compile(r'"[^"]*"|`[^`]*`|\[[^\]]*\]|[^.]+')
_THIS: Final = re.compile(r"\{\{\s*this\s*\}\}")


class Manifest:
    """One manifest; nodes are known by their own names, where no two have the same."""

    def __init__(self, builder: Builder, file: File) -> None:
        self.builder, self.document = builder, file.document
        self.data: dict[str, Any] = file.document.data
        self.dialect = self._dialect()
        self.told: list[Callable[[], object]] = []
        self.ids: dict[str, str] = {}  # unique_id -> our id

    def take(self) -> None:
        """Takes in every node and source."""
        if self.dialect is None:
            return
        found = [*self._entries("nodes"), *self._entries("sources")]
        short: dict[str, int] = {}
        for _, _, node in found:
            short[self._short(node)] = short.get(self._short(node), 0) + 1
        for kind, unique, node in found:
            name = self._short(node)
            self.ids[unique] = name if short[name] == 1 else self._long(node, unique)
            self._list(kind, unique, node)
        for unique, node in self._mappings("exposures"):
            self.told.append(lambda u=unique, n=node: self._exposure(u, n))  # type: ignore[misc]

    def tell(self) -> None:
        """Makes the steps."""
        for told in self.told:
            try:
                told()
            except RecursionError:
                self._find(("nodes",), "the SQL of a node is nested too deep")

    # -- the file ----------------------------------------------------------------------------------

    def _dialect(self) -> Dialect | None:
        about = self.data.get("metadata")
        adapter = about.get("adapter_type") if isinstance(about, dict) else None
        name = str(adapter or "").lower()
        kind = Dialect.get(_ADAPTERS.get(name, name)) if name else None
        if kind is not None:
            return kind()
        known = sorted({*_ADAPTERS, "bigquery", "snowflake", "redshift", "duckdb", "trino"})
        message = f"the SQL of the adapter '{adapter}' cannot be read" if adapter else (
            "'adapter_type' is missing, so nobody knows which SQL this is"
        )  # fmt: skip
        self._find(("metadata", "adapter_type"), message, did_you_mean(name, known))
        return None

    def _find(self, path: tuple[str | int, ...], message: str, hint: str = "") -> None:
        place = Location.at(self.document.path, self.document.position(path))
        found = Finding("unreadable-pipeline", message, place, hint=hint)
        self.builder.part.findings.append(found)

    def _mappings(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        entries = self.data.get(kind)
        if not isinstance(entries, dict):
            if entries is not None:
                self._find((kind,), f"'{kind}' must be a mapping")
            return
        for unique, node in entries.items():
            if isinstance(node, dict):
                yield unique, node
            else:
                self._find((kind, unique), f"'{unique}' must be a mapping")

    def _entries(self, kind: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
        wanted = (*_MODELS, "seed", "source")
        for unique, node in self._mappings(kind):
            if node.get("resource_type") in wanted and isinstance(node.get("name"), str):
                yield kind, unique, node
            elif not isinstance(node.get("resource_type"), str):
                self._find((kind, unique), f"'{unique}' has no resource_type")

    @staticmethod
    def _short(node: dict[str, Any]) -> str:
        if node.get("resource_type") == "source":
            return f"{node.get('source_name')}.{node['name']}"
        return str(node.get("alias") or node["name"])

    @staticmethod
    def _long(node: dict[str, Any], unique: str) -> str:
        schema = node.get("schema")
        return f"{schema}.{Manifest._short(node)}" if isinstance(schema, str) else unique

    # -- nodes -------------------------------------------------------------------------------------

    def _list(self, kind: str, unique: str, node: dict[str, Any]) -> None:
        id_, path = self.ids[unique], (kind, unique)
        names = [name for name in (self._relation_name(node),) if name]
        table = self.builder.catalog.table(id_, *names)
        config, columns = _mapping(node, "config"), _mapping(node, "columns")
        table.columns = tuple(str(c).lower() for c in columns)
        table.complete = bool(columns) and _mapping(config, "contract").get("enforced") is True
        passing = config.get("materialized") in ("view", "ephemeral")
        table.is_view = passing and node["resource_type"] == "model"
        fact = fact_at(self.document, path, f"{node['resource_type']} {id_}", "observed", key=True)
        if not table.is_view:
            self._dataset(table, node, path, fact, config)
            for name in names:
                self.builder.part.paths[id_] = name
        if node["resource_type"] in _MODELS:
            self._define(table, unique, node, fact)
            self._hooks(table, path, config)

    def _relation_name(self, node: dict[str, Any]) -> str:
        assert self.dialect is not None
        written = node.get("relation_name")
        if not isinstance(written, str) or not written:
            parts = [node.get(p) for p in ("database", "schema", "alias")]
            parts[2] = parts[2] or node.get("identifier") or node.get("name")
            if not all(isinstance(p, str) and p for p in parts[1:]):
                return ""
            return ".".join(str(p) for p in parts if p).lower()
        names, quoted = Names(self.dialect), '"`['
        return ".".join(
            names.part(part.strip('"`[]'), quoted=part[:1] in quoted)
            for part in _PART.findall(written)
        )

    def _dataset(
        self, table: Table, node: dict[str, Any], path: tuple[str, str], fact: Fact,
        config: dict[str, Any],
    ) -> None:  # fmt: skip
        role: Role = "source" if node["resource_type"] == "source" else "store"
        dataset: Dataset = self.builder.dataset(table.id, fact, role)
        grade: Grade = "observed"
        if table.complete:
            dataset.fields = {
                name: fact_at(
                    self.document, (*path, "columns", said), f"column {name}", grade, key=True
                )
                for name, said in zip(table.columns, node["columns"], strict=True)
            }
        dataset.lifetimes = tuple(self._lifetimes(path, config))
        described(self.builder.part, self.document, dataset, path, node)

    def _lifetimes(self, path: tuple[str, str], config: dict[str, Any]) -> Iterator[Lifetime]:
        for name in EXPIRES:
            if config.get(name) is not None:
                at = (*path, "config", name)
                fact = fact_at(self.document, at, f"{name} is {config[name]}", "observed", key=True)
                yield Lifetime(period(name, config[name], fact))

    def _define(self, table: Table, unique: str, node: dict[str, Any], fact: Fact) -> None:
        def define() -> Relation:
            found = self._compiled(table, unique, node)
            if table.is_view:
                step = self.builder.step(table.id, "copy", fact, found.node)
                return found._replace(node=step.id)
            return self.builder.store(found, table.id, fact, table.id)

        table.define = define
        self.told.append(lambda: self.builder.catalog.read(table.id))

    def _compiled(self, table: Table, unique: str, node: dict[str, Any]) -> Relation:
        """The rows that the compiled SQL gives; without it nobody knows."""
        assert self.dialect is not None
        key, sql = _sql_of(node)
        path = ("nodes", unique, key)
        base = Location.at(self.document.path, self.document.position(path))
        shown = str(node.get("original_file_path") or node.get("path") or unique)
        text = Text(sql, self.dialect, self.document.path, base, shown)
        scope = Scope(text, self.builder, table.id)
        language = node.get("language", "sql")
        if language != "sql" or not sql or text.jinja >= 0:
            why = "is written in Python" if language != "sql" else "was not compiled"
            return self._unknown(
                table, node, text, f"'{table.id}' {why}: what it does is not known"
            )
        found = list(text.statements())
        for statement in found:
            if statement.fault:
                at = statement.fault_at or statement.start
                self.builder.part.findings.append(text.finding(statement.fault, at))
        trees = [s.tree for s in found if isinstance(s.tree, exp.Query)]
        if len(trees) != 1 or len(found) != 1:
            return self._unknown(table, node, text, f"'{table.id}' is no single query")
        text.near = found[0].start
        return read_query(scope, trees[0])

    def _unknown(self, table: Table, node: dict[str, Any], text: Text, why: str) -> Relation:
        """Rows that come from what the node depends on, nobody knows how."""
        inputs = self._before(node)
        fact = text.fact(why, grade="unknown")
        step = self.builder.step(f"{table.id}/unread", "map", fact, *inputs)
        return Relation(step.id, table.columns if table.complete else (), table.complete)

    # -- hooks and exposures ---------------------------------------------------------------------

    def _hooks(self, table: Table, path: tuple[str, str], config: dict[str, Any]) -> None:
        assert self.dialect is not None
        for key in ("pre-hook", "post-hook", "pre_hook", "post_hook"):
            hooks = config.get(key)
            for n, hook in enumerate(hooks if isinstance(hooks, list) else ()):
                sql = hook.get("sql") if isinstance(hook, dict) else hook
                if not isinstance(sql, str) or not sql.strip():
                    continue
                at = (*path, "config", key, n)
                base = Location.at(self.document.path, self.document.position(at))
                written = _THIS.sub(lambda _: self._quoted(table), sql)
                text = Text(written, self.dialect, self.document.path, base)
                if text.jinja >= 0:
                    self._find(at, f"this {key} holds Jinja, so what it does is not known")
                    continue
                statements = Statements(self.builder, text, f"{table.id}/{key}")
                statements.take()
                self.told.append(statements.tell)

    def _quoted(self, table: Table) -> str:
        return ".".join(f"{part}" for part in table.id.split("."))

    def _exposure(self, unique: str, node: dict[str, Any]) -> None:
        """Somebody's word on who reads which models."""
        name = str(node.get("name") or unique)
        fact = fact_at(
            self.document, ("exposures", unique), f"exposure {name}", "described", key=True
        )
        self.builder.step(name, "copy", fact, *self._before(node))

    def _before(self, node: dict[str, Any]) -> list[str]:
        """What a node depends on."""
        listed = _mapping(node, "depends_on").get("nodes")
        names = [u for u in listed if isinstance(u, str)] if isinstance(listed, list) else []
        return [self.builder.catalog.read(self.ids[u]).node for u in names if u in self.ids]


def _mapping(data: dict[str, Any], key: str) -> dict[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _sql_of(node: dict[str, Any]) -> tuple[str, str]:
    """The SQL that dbt runs, with its key; code without Jinja compiles to itself."""
    for key in ("compiled_code", "compiled_sql", "raw_code", "raw_sql"):
        if isinstance(node.get(key), str) and node[key].strip():
            return key, node[key]
    return "raw_code", ""
