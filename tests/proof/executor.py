"""Runs a pipeline of the native format on rows, so that a verdict can be held against what arrives.

It reads the YAML itself and shares no code with the checker. What a configuration leaves open is a choice: a `World` says what unread settings and opaque steps
turn out to be, and which of two namesakes a join keeps.
"""

from __future__ import annotations

from typing import Any

from .filters import Filters
from .joins import Joins, TooManyRows
from .rows import (
    Atom,
    Cell,
    Place,
    Row,
    Rows,
    Spec,
    distinct,
    many,
    marked,
    only,
    united,
    value_of,
)
from .worlds import FALLIBLE, PATHS_ONLY, REAL, Mode, World, worlds

__all__ = ["PATHS_ONLY", "REAL", "Atom", "Cell", "Mode", "Place", "Rows", "Run", "Spec",
           "TooManyRows", "World", "only", "worlds"]  # fmt: skip


class Run:
    """One run; `rows` is what lies at every dataset and comes out of every step."""

    def __init__(self, spec: Spec, data: dict[str, Rows], world: World, mode: Mode = REAL) -> None:
        self.spec, self.data, self.world, self.mode = spec, data, world, mode
        self.names = sorted(_names(spec))
        self.rows: dict[str, Rows] = {name: list(data.get(name, [])) for name in spec["datasets"]}
        self.rows |= {step["id"]: [] for step in spec["steps"]}
        for _ in range(5):
            before = {name: len(rows) for name, rows in self.rows.items()}
            for step in spec["steps"]:
                self._step(step)
            if before == {name: len(rows) for name, rows in self.rows.items()}:
                break

    def atoms(self, node: str) -> set[Atom]:
        """All that arrives at a dataset or leaves a step."""
        return {atom for row in self.rows[node] for cell in row.values() for atom in cell.atoms}

    # -- steps -------------------------------------------------------------------------------

    def _step(self, step: Spec) -> None:
        inputs = [self.rows[name] for name in many(step["in"])]
        plain = [row for rows in inputs for row in rows]
        if self.world.setting(step, "enabled", step.get("enabled", True)) is False:
            out = plain
        else:
            out = self._work(step, inputs, plain)
            if self._partial(step):
                out = out + plain
            does = self.world.setting(step, "on_error", step.get("on_error", "fail"))
            if self.mode.fails(step) and does == "pass":
                out = out + plain
            elif self.mode.fails(step) and isinstance(does, dict):
                self._add(does["to"], plain)
        self.rows[step["id"]] = distinct(out)
        for name in many(step.get("out", [])):
            self._add(name, out)

    def _partial(self, step: Spec) -> bool:
        sample = self.world.setting(step, "sample", step.get("sample", 1))
        return sample != 1 or "only_if" in step or step.get("dry_run") is True

    def _add(self, node: str, rows: Rows) -> None:
        self.rows[node] = distinct(self.rows[node] + rows)

    def _work(self, step: Spec, inputs: list[Rows], plain: Rows) -> Rows:
        op = step["op"]
        if op == "join":
            return Joins(self.world, self.mode).join(step, *inputs)
        if op == "filter":
            filters = Filters(self.world, self.mode)
            decided = filters.decided(plain)
            return [row for row in plain if filters.keeps(step, row, decided)]
        if op == "aggregate":
            return self._aggregate(step, plain)
        if op == "deduplicate":
            return plain if self.mode.deciding is not None else _first_of_equals(plain)
        if op in ("map", "call-model"):
            return self._opaque(step, plain) if "writes" not in step else _mapped(step, plain)
        return [self._one(step, row) for row in plain]

    def _one(self, step: Spec, row: Row) -> Row:
        op, fields = step["op"], step.get("fields", [])
        if op == "rename":
            moved = {new: row[old] for old, new in fields.items() if old in row}
            gone = {*fields, *fields.values()}
            return {n: c for n, c in row.items() if n not in gone} | moved
        chosen = set(row) if "*" in fields else set(fields)
        if op == "drop-field":
            return {n: c for n, c in row.items() if not {n, n.partition(".")[0]} & chosen}
        if op == "allow-fields":
            return {n: c for n, c in row.items() if n in chosen}
        return {
            n: self._changed(step, c) if n in chosen and c.value is not None else c
            for n, c in row.items()
        }

    def _changed(self, step: Spec, cell: Cell) -> Cell:
        op = step["op"]
        if op == "hash":
            salt = step["id"] if self.world.own_salt else ""
            return Cell(("hash", salt, cell.value), marked(cell.atoms, ("hash", "")))
        if op in ("redact", "mask"):
            found = self.world.setting(step, "entities", step.get("entities", ["*"]))
            if not found:
                return cell
            return Cell((op, cell.value), marked(cell.atoms, (op, frozenset(found))))
        if op in FALLIBLE:  # the same value twice gives two others
            once = tuple(sorted(atom.row for atom in cell.atoms))
            return Cell((op, step["id"], once, cell.value), marked(cell.atoms, (op, "")))
        return cell

    def _opaque(self, step: Spec, rows: Rows) -> Rows:
        does = self.world.setting(step, "opaque", "identity")
        if does == "nothing":
            return []
        if does == "identity":
            return rows
        out = []
        for row in rows:
            atoms = frozenset(atom for cell in row.values() for atom in cell.atoms)
            for value in (True, False, "free"):
                out.append({name: Cell(value, atoms) for name in {*row, *self.names}})
        return out

    def _aggregate(self, step: Spec, rows: Rows) -> Rows:
        keys = many(step.get("group_by", []))
        groups: dict[Any, Rows] = {}
        for row in rows:
            groups.setdefault(tuple(repr(value_of(row, k)) for k in keys), []).append(row)
        if self.mode.deciding is not None and self.mode.suppress:
            groups |= (
                {"whoever": rows} if rows else {}
            )  # where values do not decide, any may be together
        least = self.world.setting(step, "min_distinct", step.get("min_distinct", 0))
        out: Rows = []
        for group in groups.values():
            of = step.get("of")
            counted = (
                [repr(r[of].value) for r in group if value_of(r, of) is not None] if of else group
            )
            if self._suppresses(group, of) and len(set(counted) if of else counted) < least:
                continue
            made = {k: united(group, [k]) for k in keys if k in group[0]}
            for name, parts in step.get("measures", {}).items():
                made[name] = united(group, many(parts))._replace(
                    value=("measure", name), origin=None
                )
            for name, cell in made.items():
                people = len({atom.person for atom in cell.atoms})
                made[name] = cell._replace(atoms=marked(cell.atoms, ("aggregate", people)))
            out.append(made)
        return out

    def _suppresses(self, group: Rows, of: str | None) -> bool:
        """Whether small groups are left out; where values do not decide, only a count of people is
        taken to be small."""
        if self.mode.deciding is None or not self.mode.suppress:
            return self.mode.suppress
        counted = {atom.place[1] for row in group if of in row for atom in row[of or ""].atoms}
        return counted == {"user_id"}


def _names(spec: Spec) -> set[str]:
    found: set[str] = set()
    for step in spec["steps"]:
        fields = step.get("fields", [])
        found |= {*fields, *(fields.values() if isinstance(fields, dict) else ())}
        found |= {
            *many(step.get("group_by", [])),
            *step.get("writes", {}),
            *step.get("measures", {}),
        }
    return found - {"*"}


def _mapped(step: Spec, rows: Rows) -> Rows:
    """What is written can have any value; its atoms are those of what it is made from."""
    out = []
    for row in rows:
        for value in (True, False):
            made = {
                name: Cell(value, united([row], many(parts)).atoms)
                for name, parts in step["writes"].items()
            }
            out.append({**row, **made})
    return out


def _first_of_equals(rows: Rows) -> Rows:
    seen: dict[Any, Row] = {}
    for row in rows:
        seen.setdefault(frozenset((n, repr(c.value)) for n, c in row.items()), row)
    return list(seen.values())
