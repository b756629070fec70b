"""Runs SQL on SQLite, on plain rows. What SQLite lacks of a dialect is given to it as functions.

Values that are computed keep the marks of what they are computed from: the length of a text is the
text, and a sum is all of them, so that what reaches a report can be seen.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final, NamedTuple

from tests.mutants.edit import parsed
from tests.mutants.model import Files, Mode, Row, Rows, Stores, Undecided

_OPEN: Final = re.compile(r"\$\{|\{\{|\{%")
_CREATE: Final = re.compile(r"\s*create\s+(?:or\s+replace\s+)?(table|view)\s+", re.IGNORECASE)
_NAME: Final = re.compile(r"[\w.]+")
SHORT: Final = 32  # a code is longer than anything that is counted

# What a statement does: "source" declares a table, "table" and "view" make one of a query, "into" adds
# to one, "file" writes one anew.
_INSERT: Final = re.compile(
    r"\s*insert\s+into\s+(?!function)(?:table\s+)?([\w.]+)\s+", re.IGNORECASE
)
_FILE: Final = re.compile(
    r"\s*insert\s+into\s+function\s+s3\('([^']+)'.*?\)\s*(?:settings\s+[^\n]*?\s+)?(?=select|with)",
    re.IGNORECASE | re.DOTALL,
)
_TTL: Final = re.compile(
    r"interval\s+'?(\d+)'?\s+(day|week|month|year)(?:\s+delete)?(?:\s+where\s+(\w+\([^)]*\)|[^,;]+))?",
    re.IGNORECASE,
)
_DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
_IF_NULL: Final = re.compile(r"(?:ifnull|coalesce)\((\w+),\s*(true|false)\)", re.IGNORECASE)


class Statement(NamedTuple):
    kind: str
    name: str
    sql: str
    columns: tuple[str, ...] = ()
    lives: str = ""  # what is said of how long its rows live


def fails(files: Files) -> bool:
    """A statement that fails stops the run."""
    return False


def worlds(files: Files) -> Iterator[None]:
    """SQL leaves nothing open that can be run."""
    if any(_OPEN.search(text) for text in files.values()):
        raise Undecided("a template is not run")
    yield None


_RUNS: dict[Any, tuple[Any, Stores]] = {}  # what files did with the same rows before


def run(files: Files, stores: Stores, world: None, mode: Mode) -> None:
    """Runs every statement; what it did before to the same rows it does again."""
    given = {
        name: [rows for writer, rows in parts.items() if writer != "sql"]
        for name, parts in stores.parts.items()
    }
    key = (
        repr(sorted(files.items())),
        tuple((n, *map(id, some)) for n, some in sorted(given.items())),
    )
    if key not in _RUNS:
        made = Stores()
        _run(files, given, made)
        _RUNS[key] = (given, made)  # the lists are kept, so that no other has their ids
    done = _RUNS[key][1]
    stores.places |= done.places
    stores.keep |= done.keep
    for name, parts in done.parts.items():
        stores.put(name, "sql", parts["sql"])


def _run(files: Files, given: dict[str, list[Rows]], stores: Stores) -> None:
    """Every statement, those that need another's relation after it."""
    statements = [found for path in sorted(files) for found in _statements(path, files[path])]
    base = _Base(given)
    waiting = statements
    while waiting:
        left = [one for one in waiting if not base.run(one)]
        if len(left) == len(waiting):
            raise Undecided(f"SQLite does not run it: {base.why}")
        waiting = left
    for one in statements:
        if one.kind in ("table", "source", "file", "into"):
            stores.places.add(one.name)
        if one.lives:
            stores.keep[one.name] = _lives(one.lives)
        if one.kind == "file":
            stores.put(one.name, "sql", base.files[one.name])
        elif one.kind != "source":
            stores.put(one.name, "sql", base.rows(one.name))
    for path, text in files.items():
        for node in parsed(text)["nodes"].values() if path.endswith(".json") else ():
            hours = node["config"].get("hours_to_expiration")
            if node.get("resource_type") == "model" and hours:
                stores.keep[node["name"]] = _keeper(hours / 24)


@cache
def _lives(text: str) -> Callable[[Row], float | str | None]:
    """The least of all times to live whose condition holds."""
    found = [(int(m[1]) * _DAYS[m[2].lower()], (m[3] or "").strip()) for m in _TTL.finditer(text)]

    def keep(row: Row) -> float | str | None:
        days = [days for days, where in found if not where or _holds(where, row)]
        return float(min(days)) if days else None

    return keep


def _holds(where: str, row: Row) -> bool:
    match = _IF_NULL.fullmatch(where)
    if match is None:
        raise Undecided("a condition of a time to live")
    value = row.get(match[1])
    return match[2].lower() == "true" if value is None else bool(value)


@cache
def _keeper(days: float) -> Callable[[Row], float | str | None]:
    return lambda row: days


def _statements(path: str, text: str) -> Iterator[Statement]:
    if path.endswith(".json"):
        yield from _models(parsed(text))
        return
    buffer = ""
    for line in re.sub(r"--[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL).split("\n"):
        buffer += line + "\n"
        if sqlite3.complete_statement(buffer):
            yield _statement(path, buffer)
            buffer = ""
    if buffer.strip():
        yield _statement(path, buffer)


def _statement(path: str, text: str) -> Statement:
    text = text.strip().rstrip(";")
    if file := _FILE.match(text):
        return Statement("file", file[1], text[file.end() :])
    if into := _INSERT.match(text):
        return Statement("into", into[1], text[into.end() :])
    start = _CREATE.match(text)
    if not start:
        raise Undecided("only relations that are made or written to are run")
    name = _NAME.match(text, start.end())
    if name is None:
        raise Undecided("a relation without a name")
    rest = text[name.end() :].strip()
    if rest.startswith("("):
        body, _, after = rest[1:].partition("\n)" if "\n)" in rest else ")")
        columns = tuple(line.split()[0].strip('"`') for line in body.split(",") if line.split())
        return Statement("source", name[0], "", columns, after.partition("TTL")[2])
    return Statement(start[1].lower(), name[0], re.sub(r"^as\s+", "", rest, flags=re.IGNORECASE))


def _models(manifest: Row) -> Iterator[Statement]:
    """The models of dbt, by the names that Aboveboard gives them: a source by schema and table."""
    names = {}
    for source in manifest["sources"].values():
        names[source["relation_name"]] = f"{source['schema']}.{source['identifier']}"
        yield Statement("source", names[source["relation_name"]], "")
    models = [n for n in manifest["nodes"].values() if n.get("resource_type") == "model"]
    for model in models:
        names[model["relation_name"]] = model["name"]
    for model in models:
        sql = model["compiled_code"]
        for relation, name in names.items():
            sql = sql.replace(relation, name)
        kind = "table" if model["config"]["materialized"] in ("table", "incremental") else "view"
        if model["config"].get("enabled", True):
            yield Statement(kind, model["name"], sql)


class _Base:
    """A database with the sources in it."""

    def __init__(self, given: dict[str, list[Rows]]) -> None:
        self.given, self.why = given, ""
        self.files: dict[str, Rows] = {}
        self.base = sqlite3.connect(":memory:", isolation_level=None)
        self.schemas = {"main"}
        functions: dict[str, tuple[int, Any]] = {
            "regexp_replace": (-1, _replaced),
            "sha2": (-1, _code),
            "sha256": (1, _code),
            "md5": (1, _code),
            "length": (1, lambda text: text),
            "now": (0, lambda: "now"),
            "yesterday": (0, lambda: ""),
        }
        for name, (count, function) in functions.items():
            self.base.create_function(name, count, function, deterministic=True)
        self.base.create_aggregate("sum", 1, _Sum)  # type: ignore[arg-type]

    def run(self, one: Statement) -> bool:
        schema, dot, _ = one.name.partition(".")
        if dot and schema not in self.schemas and one.kind != "file":
            self.base.execute(f"attach ':memory:' as {schema}")
            self.schemas.add(schema)
        try:
            if one.kind == "source":
                self._source(one)
            elif one.kind == "file":
                self.files[one.name] = _rows(self.base.execute(one.sql))
            elif one.kind == "into":
                self.base.execute(f"insert into {one.name} {one.sql}")
            else:
                self.base.execute(f"create table {one.name} as {one.sql}")
        except sqlite3.Error as error:
            self.why = str(error)
            return False
        return True

    def _source(self, one: Statement) -> None:
        """A table, with what others have put there."""
        rows = [row for some in self.given.get(one.name, ()) for row in some]
        columns = one.columns or tuple(dict.fromkeys(column for row in rows for column in row))
        if not columns:
            raise Undecided(f"{one.name} has no rows")
        self.base.execute(f"create table {one.name} ({', '.join(columns)})")
        marks = ", ".join("?" for _ in columns)
        values = [[row.get(column, "now") for column in columns] for row in rows]
        self.base.executemany(f"insert into {one.name} values ({marks})", values)

    def rows(self, name: str) -> Rows:
        return _rows(self.base.execute(f"select * from {name}"))


def _rows(cursor: sqlite3.Cursor) -> Rows:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _replaced(text: Any, pattern: str, put: str = "", *_: Any) -> Any:
    """Snowflake keeps `\\\\1` as a group; a backslash in a literal is written twice."""
    if text is None:
        return None
    try:
        return re.sub(pattern.replace("\\\\", "\\"), put.replace("\\\\", "\\"), str(text))
    except re.error as error:
        raise Undecided(f"a pattern: {error}") from None


def _code(text: Any, *_: Any) -> str | None:
    return None if text is None else hashlib.sha256(str(text).encode()).hexdigest()[:SHORT]


class _Sum:
    """All values, each once."""

    def __init__(self) -> None:
        self.values: set[str] = set()

    def step(self, value: Any) -> None:
        if value is not None:
            self.values.add(str(value))

    def finalize(self) -> str:
        return json.dumps(sorted(self.values))
