"""Runs Data-Juicer recipes on plain rows: the operators as the source of version 1.6.1 has them.

Only operators that are written down here are run; a recipe with another is not.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import PurePosixPath
from typing import Any, Final

from tests.mutants.edit import data_of, parsed
from tests.mutants.formats.data_juicer_tools import (
    ALWAYS,
    CLEANERS,
    STATS,
    clean,
    condition,
    redacted,
    traced,
)
from tests.mutants.model import Files, Mode, Row, Rows, Stores, Undecided

_OPEN: Final = re.compile(r"\$\{")
_SWITCH: Final = re.compile(r"mask_|skip_|open_|use_|reversed_")
# These change no value that is looked at here, or leave out rows for reasons of their own.
HARMLESS: Final = ("whitespace_normalization_mapper", "fix_unicode_mapper", "random_selector",
    "punctuation_normalization_mapper")  # fmt: skip
# These hand each row to a model that somebody else runs.
ASKS: Final = ("llm_quality_score_filter",)

World = dict[tuple[Any, ...], Any]


def fails(files: Files) -> bool:
    """A failure writes a log, in every run."""
    return False


def worlds(files: Files) -> Iterator[World]:
    """Every way in which switches that cannot be read may turn out."""
    open_ = [
        (path, *where)
        for path, text in files.items()
        for where, value in _leaves(parsed(text))
        if isinstance(value, str) and _OPEN.search(value)
    ]
    if any(not _SWITCH.match(str(where[-1])) for where in open_) or len(open_) > 6:
        raise Undecided("a value that cannot be read is no switch")
    for values in product((True, False), repeat=len(open_)):
        yield dict(zip(open_, values, strict=True))


def _leaves(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _leaves(value, (*at, key))
    else:
        yield at, data


def _set(data: Any, at: tuple[Any, ...], value: Any) -> None:
    for key in at[:-1]:
        data = data[key]
    data[at[-1]] = value


def run(files: Files, stores: Stores, world: World, mode: Mode) -> None:
    """Runs every recipe, in an order in which each finds what another has written."""
    for _ in files:
        before = stores.sizes()
        for path, text in files.items():
            own = tuple((at, value) for (file, *at), value in world.items() if file == path)
            _run_one(PurePosixPath(path).stem, text, own, stores)
        if before == stores.sizes():
            break


_RUNS: dict[Any, tuple[Any, Stores]] = {}  # what recipes did with the same rows before


def _run_one(stem: str, text: str, world: Any, stores: Stores) -> None:
    """One recipe; what it did before to the same rows it does again."""
    inputs = {path: stores.lists(path) for path in _inputs(parsed(text))}
    key = (stem, text, repr(world), tuple((p, *map(id, some)) for p, some in inputs.items()))
    if key not in _RUNS:
        data = data_of(text)
        for at, value in world:
            _set(data, tuple(at), value)
        made = Stores()
        _Recipe(stem, data, stores, made).run()
        _RUNS[key] = (inputs, made)  # the lists are kept, so that no other has their ids
    done = _RUNS[key][1]
    stores.places |= done.places
    stores.outside |= done.outside
    for name, parts in done.parts.items():
        for writer, rows in parts.items():
            stores.put(name, writer, rows)


def _inputs(data: Row) -> list[str]:
    """The paths that a recipe reads."""
    configs = (data.get("dataset") or {}).get("configs") or []
    paths = [data["dataset_path"]] if data.get("dataset_path") else []
    paths = paths or [config.get("path") for config in configs]
    if not paths or any(not isinstance(path, str) for path in paths):
        raise Undecided("no input that can be read")
    return [path if "://" in path else str(PurePosixPath(path)) for path in paths]


class _Recipe:
    """One recipe in one run."""

    def __init__(self, stem: str, data: Row, given: Stores, stores: Stores) -> None:
        self.stem, self.data, self.given, self.stores = stem, data, given, stores
        keys = data.get("text_keys") or "text"
        self.text: str = keys[0] if isinstance(keys, list) else keys
        self.skips = data.get("skip_op_error", True)
        self.asked: dict[str, int] = {}

    def put(self, name: str, rows: Rows, what: str = "") -> None:
        self.stores.put(name, f"{self.stem} {what}", rows)

    def side(self, name: str, rows: Rows, path: str | None = None) -> None:
        """What lies beside the result."""
        store = path or f"{self.stem}/{name}"
        self.stores.places.add(store)
        self.put(store, rows, name)

    def run(self) -> None:
        rows = self.read()
        seen: list[Rows] = [rows]
        traces: Rows = []
        earlier: dict[str, Row] = {}
        for entry in self.data.get("process") or ():
            name, given = next(iter(entry.items())) if isinstance(entry, dict) else (entry, None)
            params = {**earlier.get(name, {}), **(given or {})}
            earlier[name] = params
            after = self.step(name, params, rows)
            traces += rows if name in ASKS else []  # any of them may be left out
            traces += traced(name, params.get("text_key") or self.text, rows, after)
            rows = after
            seen.append(rows)
        self.write(rows, seen)
        if self.data.get("open_tracer"):
            self.side("trace", traces)

    def read(self) -> Rows:
        rows = [row for path in _inputs(self.data) for row in self.given.rows(path)]
        columns = (self.data.get("load_dataset_kwargs") or {}).get("columns")
        names = dict.fromkeys(name for row in rows for name in row)
        return [{n: row.get(n) for n in names if columns is None or n in columns} for row in rows]

    def write(self, rows: Rows, seen: list[Rows]) -> None:
        everything = [row for some in seen for row in some]
        path = self.data.get("export_path") or "./outputs/hello/hello.jsonl"
        export = str(PurePosixPath(path)) if "://" not in path else path
        self.stores.places.add(export)
        self.put(export, [{n: v for n, v in row.items() if n != STATS} for row in rows])
        if self.data.get("export_original_dataset"):  # the analyser runs it, or may
            self.put(export, seen[0], "analysed")
        folder = self.data.get("ds_cache_dir")
        self.side("cache", everything if self.data.get("use_cache", True) else seen[0], folder)
        if any(STATS in row for row in rows):
            self.side("stats", [{"stats": json.dumps(row.get(STATS), default=str)} for row in rows])
        self.side("log", everything)
        if self.data.get("use_checkpoint"):
            self.side("checkpoint", everything)

    # -- operators -------------------------------------------------------------------------------

    def step(self, name: str, params: Row, rows: Rows) -> Rows:
        if name in CLEANERS:
            return self.mapped(rows, params, lambda text: clean(name, params, text))
        if name == "pii_redaction_mapper":
            keys = params.get("redact_keys")
            keys = (
                [params.get("text_key", self.text), "query", "response"] if keys is None else keys
            )
            return [redacted(row, (*keys, *ALWAYS), params) for row in rows]
        if name == "specified_field_filter":
            return self.field_filter(params, rows)
        if name == "general_field_filter":
            return self.general_filter(params, rows)
        if name == "python_lambda_mapper":
            return [eval(params["lambda_str"])({**row}) for row in rows]
        if name == "document_deduplicator":
            return list({str(row.get(self.text)): row for row in rows}.values())
        if name in ASKS:
            self.asked[name] = self.asked.get(name, 0) + 1
            id_ = f"{self.stem}/{name}" + (f"-{self.asked[name]}" if self.asked[name] > 1 else "")
            self.stores.outside.add(id_)
            self.put(id_, rows)
            return [{**row, STATS: {**(row.get(STATS) or {}), "score": 1}} for row in rows]
        if name in HARMLESS:
            return rows
        raise Undecided(f"{name} is not run here")

    def mapped(self, rows: Rows, params: Row, change: Callable[[str], str]) -> Rows:
        key: str = params.get("text_key") or self.text
        return [{**row, key: change(row[key])} if row.get(key) else row for row in rows]

    def field_filter(self, params: Row, rows: Rows) -> Rows:
        key, wanted = params.get("field_key", ""), params.get("target_value", [])
        kept = []
        for row in rows:
            if key and key not in row:
                if self.skips:
                    continue  # the measure fails, and takes the row with it
                raise Undecided("the run stops")
            stats = {**(row.get(STATS) or {})}
            stats.setdefault(key, row.get(key))
            value = stats[key] if isinstance(stats[key], list) else [stats[key]]
            passes = not (key and wanted) or all(one in wanted for one in value)
            if passes != bool(params.get("reversed_range") and key and wanted):
                kept.append({**row, STATS: stats})
        return kept

    def general_filter(self, params: Row, rows: Rows) -> Rows:
        said = (params.get("filter_condition") or "").strip()
        kept = []
        for row in rows:
            stats = {**(row.get(STATS) or {})}
            if said and "general" not in stats:
                stats["general"] = condition(ast.parse(said, mode="eval").body, row)
            if stats.get("general", True):
                kept.append({**row, STATS: stats})
        return kept
