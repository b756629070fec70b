"""Rows whose every value carries the atoms it is made of: where each came from, whose it is, and what
has been done to it since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

Spec = dict[str, Any]  # the YAML of one native file
Place = tuple[str, str]  # dataset, field


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


def value_of(row: Row, name: str) -> Any:
    return row[name].value if name in row else None


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def marked(atoms: Iterable[Atom], mark: tuple[str, Any]) -> frozenset[Atom]:
    return frozenset(atom._replace(done=atom.done | {mark}) for atom in atoms)


def united(rows: Rows, names: list[str]) -> Cell:
    cells = [row[name] for row in rows for name in names if name in row]
    atoms = frozenset(atom for cell in cells for atom in cell.atoms)
    return cells[0]._replace(atoms=atoms) if cells else Cell(None, atoms)


def distinct(rows: Rows) -> Rows:
    return list({frozenset(row.items()): row for row in rows}.values())


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
