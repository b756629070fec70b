"""Runs a collector's configuration on plain rows: records whose columns are their attributes.

Only processors and statements that are written down here are run, as the documentation of
opentelemetry-collector-contrib says what they do.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final

from tests.mutants.edit import parsed
from tests.mutants.model import Files, Mode, Row, Rows, Stores, Undecided

PASSES: Final = ("batch", "memory_limiter", "probabilistic_sampler", "resource")
OUTSIDE: Final = ("otlp", "otlphttp", "otlp_http", "otlp_grpc")
_PATH: Final = r"(?:(?:log|span|datapoint)\.)?(attributes|body|name)(?:\[\"([^\"]+)\"\])?"
_COMPARED: Final = re.compile(rf"{_PATH}\s*(==|!=)\s*(nil|true|false|\"[^\"]*\")\Z")
_KEEP: Final = re.compile(rf"keep_keys\({_PATH},\s*\[(.*)\]\)\Z")
_DELETE: Final = re.compile(rf"delete_key\({_PATH},\s*\"([^\"]+)\"\)\Z")
_REPLACE: Final = re.compile(rf"replace_pattern\({_PATH},\s*\"(.*)\",\s*\"([^\"]*)\"\)\Z")
_SET: Final = re.compile(rf"set\({_PATH},\s*\"([^\"]*)\"\)\Z")


def fails(files: Files) -> bool:
    """Whether an error may let something past: none of the statements that are run here can fail,
    since each does nothing where the attribute is missing or no text."""
    return False


def worlds(files: Files) -> Iterator[None]:
    """What the environment says of secrets and addresses changes no row."""
    yield None


def run(files: Files, stores: Stores, world: None, mode: Mode) -> None:
    """Runs every pipeline of every configuration."""
    if len(files) > 1:
        raise Undecided("configurations are merged")
    for path, text in files.items():
        stem, data = PurePosixPath(path).stem, parsed(text)
        for name, pipeline in data["service"]["pipelines"].items():
            signal = name.partition("/")[0]
            sources = [f"{stem}/receivers/{r}/{signal}" for r in pipeline["receivers"]]
            stores.places |= set(sources)
            stores.keep |= dict.fromkeys(sources, _at_once)
            rows = [row for source in sources for row in stores.rows(source)]
            for processor in pipeline.get("processors") or ():
                rows = _processed(processor, data, rows)
            for exporter in pipeline["exporters"]:
                store = f"{stem}/exporters/{exporter}"
                if exporter.partition("/")[0] not in OUTSIDE:
                    raise Undecided(f"{exporter} is not run here")
                stores.outside.add(store)
                stores.put(store, name, rows)


def _at_once(row: Row) -> float:
    """A collector passes on what it receives."""
    return 0.0


def _processed(name: str, data: Row, rows: Rows) -> Rows:
    settings = (data.get("processors") or {}).get(name)
    kind = name.partition("/")[0]
    if kind in PASSES:
        return rows
    done: Rows = _PROCESSORS.get(kind, _unknown)(settings or {}, rows)
    return done


def _unknown(settings: Row, rows: Rows) -> Rows:
    raise Undecided("a processor that is not run here")


def _attributes(settings: Row, rows: Rows) -> Rows:
    if settings.get("include") or settings.get("exclude"):
        raise Undecided("only some records")
    for action in settings.get("actions") or ():
        rows = [_acted(row, action) for row in rows]
    return rows


def _acted(row: Row, action: Row) -> Row:
    column, what = f"attributes.{action['key']}", action["action"]
    if what == "delete":
        return {n: v for n, v in row.items() if n != column}
    if what == "hash":
        value = row.get(column)
        code = hashlib.sha256(str(value).encode()).hexdigest()[:20]
        return {**row, column: code} if value is not None else row
    known = row.get(column) is not None
    if what == "upsert" or (what == "insert" and not known) or (what == "update" and known):
        return {**row, column: action.get("value")}
    return row


def _filter(settings: Row, rows: Rows) -> Rows:
    """It drops what any condition matches."""
    conditions = [c for part in settings.values() if isinstance(part, dict) for c in _listed(part)]
    return [row for row in rows if not any(_holds(c, row) for c in conditions)]


def _listed(part: Row) -> list[str]:
    return [condition for some in part.values() for condition in some]


def _holds(condition: str, row: Row) -> bool:
    """A missing attribute is nil: equal to nothing else."""
    if " and " in condition or " or " in condition:
        parts = re.split(r" (and|or) ", condition)
        found = [_holds(part, row) for part in parts[::2]]
        if len(set(parts[1::2])) > 1:
            raise Undecided("a condition that is not read here")
        return all(found) if parts[1] == "and" else any(found)
    match = _COMPARED.match(condition.strip())
    if not match:
        raise Undecided("a condition that is not read here")
    value = row.get(_column(match[1], match[2]))
    literal = {"nil": None, "true": True, "false": False}.get(match[4], match[4].strip('"'))
    return (value == literal) == (match[3] == "==")


def _column(root: str, key: str | None) -> str:
    return root if key is None else f"{root}.{key}"


def _transform(settings: Row, rows: Rows) -> Rows:
    for key, statements in settings.items():
        if not key.endswith("_statements"):
            continue
        for statement in statements:
            if not isinstance(statement, str):
                raise Undecided("statements with a context")
            text, _, condition = statement.partition(" where ")
            rows = [
                _changed(text.strip(), row) if not condition or _holds(condition, row) else row
                for row in rows
            ]
    return rows


def _changed(statement: str, row: Row) -> Row:
    if match := _KEEP.match(statement):
        kept = {f"{match[1]}.{key.strip()[1:-1]}" for key in match[3].split(",")}
        start = f"{match[1]}."
        return {n: v for n, v in row.items() if not n.startswith(start) or n in kept}
    if match := _DELETE.match(statement):
        return {n: v for n, v in row.items() if n != f"{match[1]}.{match[3]}"}
    if match := _REPLACE.match(statement):
        column = _column(match[1], match[2])
        if row.get(column) is None:
            return row
        pattern, put = (text.replace("\\\\", "\\") for text in (match[3], match[4]))
        put = re.sub(r"\$+\{?(\d)\}?", r"\\g<\1>", put)
        return {**row, column: re.sub(pattern, put, str(row[column]))}
    if match := _SET.match(statement):
        return {**row, _column(match[1], match[2]): match[3]}
    raise Undecided("a statement that is not read here")


_PROCESSORS: Final[dict[str, Any]] = {
    "attributes": _attributes,
    "filter": _filter,
    "transform": _transform,
}
