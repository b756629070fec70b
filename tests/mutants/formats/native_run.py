"""Runs native files on plain rows, from their YAML alone."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final

from tests.mutants.edit import parsed
from tests.mutants.model import Files, Mode, Row, Rows, Stores, Undecided, freeze
from tests.mutants.planted import LOOKS
from tests.proof.worlds import World
from tests.proof.worlds import worlds as open_settings

Spec = dict[str, Any]
FALLIBLE: Final = ("redact", "mask", "hash", "encrypt", "noise", "generalise")
_PERIOD = {"Y": 365.0, "M": 30.0, "W": 7.0, "D": 1.0}
SHAPES: Final = {
    kind: re.compile(
        re.escape(look).replace(r"\{n\}", r"\d+").replace(r"\{n_high\}", r"\d+")
        .replace(r"\{n_low\}", r"\d+").replace(r"\{n:04d\}", r"\d{4,}")
        .replace(r"\{n:024d\}", r"\d{24}").replace(r"\{n:029d\}", r"\d{29}")
    )
    for kind, look in LOOKS.items()
}  # fmt: skip


def spec_of(files: Files) -> Spec:
    """All native files as one; what overlays say of datasets counts too."""
    datasets: dict[str, Any] = {}
    steps: list[Spec] = []
    for text in files.values():
        data = parsed(text)
        for name, said in (data.get("datasets") or {}).items():
            known = datasets.setdefault(name, {})
            for key, value in (said or {}).items():
                known.setdefault(key, value)
        steps += [step for step in data.get("steps") or () if "in" in step]
    return {"datasets": datasets, "steps": steps}


def fails(files: Files) -> bool:
    """Whether a failure lets something past, or may."""
    return any(step.get("on_error", "fail") not in ("fail", "stop", "drop") or step["op"] in FALLIBLE
               for step in spec_of(files)["steps"])  # fmt: skip


def worlds(files: Files) -> Iterator[World]:
    """Every way in which what the files leave open may turn out."""
    yield from open_settings(spec_of(files))


def run(files: Files, stores: Stores, world: World, mode: Mode) -> None:
    """Runs every step, more than once where datasets go round."""
    spec = spec_of(files)
    paths = {said.get("path", name): name for name, said in spec["datasets"].items()}
    for name, said in spec["datasets"].items():
        _declare(stores, name, said)
    for _ in range(6):
        before = stores.sizes()
        for step in spec["steps"]:
            _Step(step, stores, world, paths, mode).run()
        if before == stores.sizes():
            break


def _declare(stores: Stores, name: str, said: Spec) -> None:
    if said.get("role") == "external":
        stores.outside.add(name)
    elif said.get("role", "store") != "intermediate":
        stores.places.add(name)
    if "retention" in said:
        stores.keep[name] = _keeper(json.dumps(said["retention"]))


@cache
def _keeper(text: str) -> Callable[[Row], float | str | None]:
    written = json.loads(text)
    lines = written if isinstance(written, list) else [{"keep": written}]
    table = [(line.get("where"), _days(line.get("keep"))) for line in lines]
    table.sort(key=lambda line: not line[0])  # the row without a condition is for all others

    def keep(row: Row) -> float | str | None:
        return next((days for where, days in table if _matches(where, row)), "unsaid")

    return keep


def _matches(where: Any, row: Row) -> bool:
    return all(row.get(name) in _many(value) for name, value in (where or {}).items())


def _days(text: Any) -> float | str | None:
    if text == "no-limit":
        return None
    if text == "not-kept":
        return 0.0
    match = re.fullmatch(r"P(\d+)([YMWD])", str(text))
    return float(match[1]) * _PERIOD[match[2]] if match else "unsaid"


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class _Step:
    """One step in one run."""

    def __init__(
        self, step: Spec, stores: Stores, world: World, paths: dict[str, str], mode: Mode
    ) -> None:
        self.step, self.stores, self.world, self.paths = step, stores, world, paths
        self.mode = mode

    def said(self, key: str, written: Any) -> Any:
        return self.world.setting(self.step, key, written)

    def rows(self, name: str) -> Rows:
        return self.stores.rows(self.paths.get(name, name))

    def put(self, name: str, rows: Rows, what: str = "") -> None:
        self.stores.put(self.paths.get(name, name), self.step["id"] + what, rows)

    def run(self) -> None:
        step = self.step
        inputs = [self.rows(name) for name in _many(step["in"])]
        plain = [row for rows in inputs for row in rows]
        if self.said("enabled", step.get("enabled", True)) is False:
            out = plain
        else:
            out = self.work(inputs, plain)
            out = out + plain if self.partial() else out
            does = self.said("on_error", step.get("on_error", "fail"))
            if self.mode == "failing" and does == "pass":
                out = out + plain
            elif self.mode == "failing" and isinstance(does, dict):
                self.put(does["to"], plain, " on errors")
        self.put(step["id"], out)
        if step.get("external"):
            self.stores.outside.add(step["id"])
            self.put(step["id"], plain, " is given")
        for name in _many(step.get("out", [])):
            self.put(name, out)

    def partial(self) -> bool:
        step = self.step
        sample = self.said("sample", step.get("sample", 1))
        return sample != 1 or "only_if" in step or step.get("dry_run") is True

    def work(self, inputs: list[Rows], plain: Rows) -> Rows:
        op = self.step["op"]
        if op == "join":
            return self.join(*inputs)
        if op == "filter":
            return [row for row in plain if self.keeps(row)]
        if op == "aggregate":
            return self.aggregate(plain)
        if op == "deduplicate":
            return list({freeze(row): row for row in plain}.values())
        if op in ("map", "call-model") and "writes" not in self.step:
            return self.opaque(plain)
        return [self.one(row) for row in plain]

    def one(self, row: Row) -> Row:
        step = self.step
        op, fields = step["op"], step.get("fields", [])
        if op == "rename":
            moved = {new: row[old] for old, new in fields.items() if old in row}
            return {n: v for n, v in row.items() if n not in {*fields, *fields.values()}} | moved
        if op in ("map", "call-model"):
            made = {
                new: " ".join(str(row[old]) for old in _many(olds) if row.get(old) is not None)
                for new, olds in step["writes"].items()
            }
            return {**row, **made}
        chosen = set(row) if "*" in _many(fields) else set(_many(fields))
        if op == "drop-field":
            return {n: v for n, v in row.items() if n not in chosen}
        if op == "allow-fields":
            return {n: v for n, v in row.items() if n in chosen}
        if op in FALLIBLE:
            return {
                n: self.changed(v) if n in chosen and v is not None else v for n, v in row.items()
            }
        return row

    def changed(self, value: Any) -> Any:
        op, text = self.step["op"], str(value)
        if op in ("hash", "encrypt"):
            return op + hashlib.sha256((self.step["id"] + text).encode()).hexdigest()[:10]
        if op in ("noise", "generalise") or (op == "mask" and "entities" not in self.step):
            return "***"
        found = self.said("entities", self.step.get("entities", []))
        for kind in _many(found):
            if kind in SHAPES:
                text = SHAPES[kind].sub("[gone]", text)
        return text

    def keeps(self, row: Row) -> bool:
        step = self.step
        missing = self.said("missing", step.get("missing"))
        kept = self.all("where", row, missing == "keep")
        return kept and not (
            bool(step.get("where_not")) and self.all("where_not", row, missing == "drop")
        )

    def all(self, side: str, row: Row, missing: bool) -> bool:
        for name, wanted in (self.step.get(side) or {}).items():
            if isinstance(wanted, dict):
                raise Undecided("a time is compared")
            value = row.get(name)
            if value is None and not missing:
                return False
            if value is not None and value not in _many(self.said(f"{side}.{name}", wanted)):
                return False
        return True

    def aggregate(self, rows: Rows) -> Rows:
        step = self.step
        keys = _many(step.get("group_by", []))
        groups: dict[Any, Rows] = {}
        for row in rows:
            groups.setdefault(tuple(repr(row.get(k)) for k in keys), []).append(row)
        least = self.said("min_distinct", step.get("min_distinct", 0))
        of = step.get("of")
        out = []
        for group in groups.values():
            counted = len({repr(r[of]) for r in group if r.get(of) is not None} if of else group)
            if counted < least:
                continue
            made = {k: group[0][k] for k in keys if k in group[0]}
            for name, parts in step.get("measures", {}).items():
                values = {str(r[p]) for r in group for p in _many(parts) if r.get(p) is not None}
                made[name] = " ".join(sorted(values))
            out.append({**made, "n": counted})
        return out

    def join(self, left: Rows, right: Rows) -> Rows:
        on = _many(self.step["on"])
        kind = self.said("kind", self.step.get("kind", "inner"))
        index: dict[Any, Rows] = {}
        for row in right:
            index.setdefault(tuple(repr(row.get(k)) for k in on), []).append(row)
        out: Rows = []
        for row in left:
            key = tuple(repr(row.get(k)) for k in on)
            found = [] if "None" in key else index.get(key, [])
            out += [{**o, **row} if not self.world.right_wins else {**row, **o} for o in found]
            if kind == "left" and not found:
                out.append(row)
        return out

    def opaque(self, rows: Rows) -> Rows:
        does = self.said("opaque", "identity")
        if does == "nothing":
            return []
        if does == "identity":
            return rows
        names = {name for row in rows for name in row}
        return [
            dict.fromkeys(names, " ".join(str(v) for v in row.values() if v is not None))
            for row in rows
        ]
