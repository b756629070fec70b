"""Runs a pipeline of the native format on rows, so that a verdict can be held against what arrives.

It reads the YAML itself and shares no code with the checker. Every value carries the atoms it is
made of: where each came from, whose it is, and what has been done to it since.

What a configuration leaves open is a choice: a `World` says what unread settings and opaque steps
turn out to be, and which of two namesakes a join keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, NamedTuple

Spec = dict[str, Any]  # the YAML of one native file
Place = tuple[str, str]  # dataset, field
MANY = 1500
FALLIBLE = ("redact", "mask", "hash", "encrypt", "noise", "generalise")


class Atom(NamedTuple):
    """A piece of one source value; `done` are (operation, detail) that acted on it."""

    place: Place
    row: str
    person: str
    done: frozenset[tuple[str, Any]] = frozenset()


class Cell(NamedTuple):
    """A value, None if missing; `origin` is the place that it still is the plain value of."""

    value: Any
    atoms: frozenset[Atom]
    origin: Place | None = None


Row = dict[str, Cell]
Rows = list[Row]


class TooManyRows(Exception):
    """Joins upon joins: nothing more to learn, and too much to wait for."""


@dataclass(frozen=True)
class World:
    """What is open: settings by (step, key), and what tools are free to do."""

    settings: tuple[tuple[tuple[str, str], Any], ...] = ()
    right_wins: bool = False  # which namesake a join keeps
    own_salt: bool = False  # whether every hashing step has its own key

    def setting(self, step: Spec, key: str, written: Any) -> Any:
        return dict(self.settings).get((step["id"], key), written)


@dataclass(frozen=True)
class Mode:
    """How much the values decide. `deciding` None: filters look at the values of all fields; a set
    of places: only at theirs, every other field could have any value. `loose` joins match all rows.
    """

    deciding: frozenset[Place] | None = None
    loose_joins: bool = False
    suppress: bool = True  # whether an aggregate leaves out groups that are too small
    fails: Callable[[Spec], bool] = field(default=lambda _: True)


REAL = Mode()
PATHS_ONLY = Mode(frozenset(), loose_joins=True, suppress=False)


def unread(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("${")


def worlds(spec: Spec) -> Iterator[World]:
    """Every way in which what is open may turn out."""
    open_: dict[tuple[str, str], list[Any]] = {}
    for step in spec["steps"]:
        for key, options in _open(spec, step):
            open_[step["id"], key] = options
    joins = any(s["op"] == "join" for s in spec["steps"])
    hashes = sum(s["op"] == "hash" for s in spec["steps"])
    for values in product(*open_.values()):
        settings = tuple(zip(open_, map(_hashable, values), strict=True))
        for right in (False, True) if joins else (False,):
            for own in (False, True) if hashes > 1 and joins else (False,):
                yield World(settings, right, own)


def same_settings(one: World, other: World) -> bool:
    """Whether two worlds differ in nothing that a configuration could have said."""
    return one.settings == other.settings


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _open(spec: Spec, step: Spec) -> Iterator[tuple[str, list[Any]]]:
    op = step["op"]
    if unread(step.get("enabled")):
        yield "enabled", [True, False]
    if unread(step.get("sample")):
        yield "sample", [1, 0.5]
    if unread(step.get("on_error")) or ("on_error" not in step and op in FALLIBLE):
        yield "on_error", ["fail", "pass"]
    if op == "filter" and step.get("missing") not in ("keep", "drop"):
        yield "missing", ["keep", "drop"]
    if op == "redact" and ("entities" not in step or any(map(unread, step["entities"]))):
        yield "entities", [[], ["email", "phone"]]
    if op == "join" and unread(step.get("kind")):
        yield "kind", ["inner", "left"]
    if unread(step.get("min_distinct")):
        yield "min_distinct", [1, 9]
    if op in ("map", "call-model") and "writes" not in step:
        yield "opaque", ["identity", "nothing", "mixed"]
    for side in ("where", "where_not"):
        for name, value in (step.get(side) or {}).items():
            if unread(value):
                yield f"{side}.{name}", [True, False, "free", "team"]


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
        inputs = [self.rows[name] for name in _many(step["in"])]
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
        self.rows[step["id"]] = _distinct(out)
        for name in _many(step.get("out", [])):
            self._add(name, out)

    def _partial(self, step: Spec) -> bool:
        sample = self.world.setting(step, "sample", step.get("sample", 1))
        return sample != 1 or "only_if" in step or step.get("dry_run") is True

    def _add(self, node: str, rows: Rows) -> None:
        self.rows[node] = _distinct(self.rows[node] + rows)

    def _work(self, step: Spec, inputs: list[Rows], plain: Rows) -> Rows:
        op = step["op"]
        if op == "join":
            return self._join(step, *inputs)
        if op == "filter":
            decided = self._decided(plain)
            return [row for row in plain if self._keeps(step, row, decided)]
        if op == "aggregate":
            return self._aggregate(step, plain)
        if op == "deduplicate":
            return _first_of_equals(plain)
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
            return {n: c for n, c in row.items() if n not in chosen}
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
            return Cell(("hash", salt, cell.value), _marked(cell.atoms, ("hash", "")))
        if op in ("redact", "mask"):
            found = self.world.setting(step, "entities", step.get("entities", ["*"]))
            if not found:
                return cell
            return Cell((op, cell.value), _marked(cell.atoms, (op, frozenset(found))))
        if op in FALLIBLE:
            return Cell((op, cell.value), _marked(cell.atoms, (op, step.get("epsilon"))))
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

    def _join(self, step: Spec, left: Rows, right: Rows) -> Rows:
        on = _many(step["on"])
        kind = self.world.setting(step, "kind", step.get("kind", "inner"))
        out: Rows = []
        unmatched = {n: Cell(None, frozenset(), c.origin) for row in right for n, c in row.items()}
        matching = self._matcher(on, left, right)
        for row in left:
            matches = matching(row)
            if len(out) > MANY:
                raise TooManyRows(step["id"])
            for other in matches:
                for both in self._together(row, other, left=kind == "left"):
                    for key in on:
                        if key in row and key in other:
                            both[key] = row[key]._replace(atoms=row[key].atoms | other[key].atoms)
                    out.append(both)
            if kind == "left" and (not matches or self.mode.loose_joins):
                out.append({**unmatched, **row})
        return out

    def _together(self, row: Row, other: Row, *, left: bool) -> Iterator[Row]:
        """One side's value of every namesake; where values do not decide, also the other's of those
        that do, for nobody knows which is kept, and after a left join none at all."""
        first, second = (row, other) if self.world.right_wins else (other, row)
        yield {**first, **second}
        deciding = self.mode.deciding or frozenset()
        swapped = {n: c for n, c in first.items() if n in second and c.origin in deciding}
        if swapped and not self.mode.loose_joins:
            yield {**first, **second, **swapped}
        found = {n: c for n, c in other.items() if left and n not in row and c.origin in deciding}
        if found and not self.mode.loose_joins:
            yield {**first, **second} | {n: c._replace(value=None) for n, c in found.items()}

    def _matcher(self, on: list[str], left: Rows, right: Rows) -> Callable[[Row], Rows]:
        """Keys match if equal. Where values do not decide, keys that never could match are taken to:
        one is not there at all, or only one is hashed."""
        if self.mode.loose_joins:
            return lambda row: right
        if self.mode.deciding is not None:
            shapes = [{_shape(row.get(k)) for row in (*left, *right)} for k in on]
            on = [k for k, found in zip(on, shapes, strict=True) if _comparable(found)]
        index: dict[Any, Rows] = {}
        for row in right:
            index.setdefault(tuple(_value(row, k) for k in on), []).append(row)

        def matches(row: Row) -> Rows:
            key = tuple(_value(row, k) for k in on)
            return [] if None in key else index.get(key, [])

        return matches

    def _aggregate(self, step: Spec, rows: Rows) -> Rows:
        keys = _many(step.get("group_by", []))
        groups: dict[Any, Rows] = {}
        for row in rows:
            groups.setdefault(tuple(repr(_value(row, k)) for k in keys), []).append(row)
        if self.mode.deciding is not None and self.mode.suppress:
            groups |= (
                {"whoever": rows} if rows else {}
            )  # where values do not decide, any may be together
        least = self.world.setting(step, "min_distinct", step.get("min_distinct", 0))
        out: Rows = []
        for group in groups.values():
            of = step.get("of")
            counted = (
                [repr(r[of].value) for r in group if _value(r, of) is not None] if of else group
            )
            if self._suppresses(group, of) and len(set(counted) if of else counted) < least:
                continue
            made = {k: _united(group, [k]) for k in keys if k in group[0]}
            for name, parts in step.get("measures", {}).items():
                made[name] = _united(group, _many(parts))._replace(
                    value=("measure", name), origin=None
                )
            for name, cell in made.items():
                people = len({atom.person for atom in cell.atoms})
                made[name] = cell._replace(atoms=_marked(cell.atoms, ("aggregate", people)))
            out.append(made)
        return out

    def _suppresses(self, group: Rows, of: str | None) -> bool:
        """Whether small groups are left out; where values do not decide, only a count of people is
        taken to be small."""
        if self.mode.deciding is None or not self.mode.suppress:
            return self.mode.suppress
        counted = {atom.place[1] for row in group if of in row for atom in row[of or ""].atoms}
        return counted == {"user_id"}

    # -- filters -----------------------------------------------------------------------------

    def _decided(self, rows: Rows) -> tuple[set[str], set[str]]:
        """The fields that decide in this mode, since on every row they are what they were bound as;
        and those that do on some rows, and on others are namesakes."""
        deciding = self.mode.deciding or frozenset()
        found = {n for row in rows for n, c in row.items() if c.origin in deciding}
        mixed = {n for row in rows for n in found & set(row) if row[n].origin not in deciding}
        return {n for n in found - mixed if all(n in row for row in rows)}, mixed

    def _keeps(self, step: Spec, row: Row, decided: tuple[set[str], set[str]]) -> bool:
        values = {n: c.value for n, c in row.items() if c.value is not None}
        free = self._free(step, row, *decided)
        for chosen in product(*free.values()):
            known = {n: v for n, v in values.items() if n not in free}
            known |= {n: v for n, v in zip(free, chosen, strict=True) if v is not None}
            if self._matches(step, known):
                return True
        return False

    def _free(
        self, step: Spec, row: Row, decided: set[str], mixed: set[str]
    ) -> dict[str, list[Any]]:
        """The fields that the filter names but that do not decide alone, with what they could be.
        Where some rows lack the field, or have a namesake of it, it is forgotten which."""
        deciding = self.mode.deciding
        if deciding is None:
            return {}
        free = {}
        for name in {**(step.get("where") or {}), **(step.get("where_not") or {})}:
            if name not in row or name in mixed or row[name].origin not in deciding:
                free[name] = [*self._mentioned(step, name), "something else", None]
            elif name not in decided:
                free[name] = [row[name].value, None]
        return free

    def _mentioned(self, step: Spec, name: str) -> list[Any]:
        found = []
        for side in ("where", "where_not"):
            if name in (step.get(side) or {}):
                found += _many(self.world.setting(step, f"{side}.{name}", step[side][name]))
        return found

    def _matches(self, step: Spec, values: dict[str, Any]) -> bool:
        missing = self.world.setting(step, "missing", step.get("missing"))
        kept = self._all(step, "where", values, missing == "keep")
        dropped = bool(step.get("where_not")) and self._all(
            step, "where_not", values, missing == "drop"
        )
        return kept and not dropped

    def _all(self, step: Spec, side: str, values: dict[str, Any], missing: bool) -> bool:
        return all(
            (values[name] in _many(self.world.setting(step, f"{side}.{name}", wanted)))
            if name in values
            else missing
            for name, wanted in (step.get(side) or {}).items()
        )


def _names(spec: Spec) -> set[str]:
    found: set[str] = set()
    for step in spec["steps"]:
        fields = step.get("fields", [])
        found |= {*fields, *(fields.values() if isinstance(fields, dict) else ())}
        found |= {
            *_many(step.get("group_by", [])),
            *step.get("writes", {}),
            *step.get("measures", {}),
        }
    return found - {"*"}


def _value(row: Row, name: str) -> Any:
    return row[name].value if name in row else None


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _marked(atoms: Iterable[Atom], mark: tuple[str, Any]) -> frozenset[Atom]:
    return frozenset(atom._replace(done=atom.done | {mark}) for atom in atoms)


def _united(rows: Rows, names: list[str]) -> Cell:
    cells = [row[name] for row in rows for name in names if name in row]
    atoms = frozenset(atom for cell in cells for atom in cell.atoms)
    return cells[0]._replace(atoms=atoms) if cells else Cell(None, atoms)


def _mapped(step: Spec, rows: Rows) -> Rows:
    """What is written can have any value; its atoms are those of what it is made from."""
    out = []
    for row in rows:
        for value in (True, False):
            made = {
                name: Cell(value, _united([row], _many(parts)).atoms)
                for name, parts in step["writes"].items()
            }
            out.append({**row, **made})
    return out


def _shape(cell: Cell | None) -> Any:
    """What a key is made by: values of different making are never equal."""
    if cell is None:
        return "absent"
    if cell.value is None:
        return "missing"
    return cell.value[:2] if isinstance(cell.value, tuple) else "plain"


def _comparable(shapes: set[Any]) -> bool:
    return "absent" not in shapes and len(shapes - {"missing"}) < 2


def _distinct(rows: Rows) -> Rows:
    return list({frozenset(row.items()): row for row in rows}.values())


def _first_of_equals(rows: Rows) -> Rows:
    seen: dict[Any, Row] = {}
    for row in rows:
        seen.setdefault(frozenset((n, repr(c.value)) for n, c in row.items()), row)
    return list(seen.values())


def only(data: dict[str, Rows], people: set[str], within: Iterable[str]) -> dict[str, Rows]:
    """The rows of some people, within some datasets."""
    return {
        name: [
            r
            for r in rows
            if name not in within or {a.person for c in r.values() for a in c.atoms} <= people
        ]
        for name, rows in data.items()
    }


__all__ = ["PATHS_ONLY", "REAL", "Atom", "Cell", "Mode", "Place", "Rows", "Run", "Spec", "World",
           "only", "replace", "same_settings", "worlds"]  # fmt: skip
