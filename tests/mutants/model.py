"""What a mutant is, and what a run of its files shows. Nothing here knows the checker."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol

Row = dict[str, Any]
Rows = list[Row]
Files = dict[str, str]  # path -> text
Lines = tuple[str, int, int]  # path, first and last line


TOO_MANY = 20_000  # what goes round in a circle grows no further


class Undecided(Exception):
    """What a file does cannot be run here: such a mutant is counted apart, never in a rate."""


class Mutant(NamedTuple):
    """Changed files of a project. `site` are the lines that were changed, if they are what a finding
    should point at. opaque: what was added is code that nobody reads, so it is never green."""

    operator: str
    files: Files
    site: Lines | None = None
    what: str = ""
    opaque: bool = False


# plain: all goes well; failing: every step that can fails on every row, beside its success
Mode = Literal["plain", "failing"]


class Stores:
    """What lies where, by the names that files use, and which writer put it there.

    keep: how long a store keeps a row, as days, None without limit, or "unsaid". outside: what
    somebody else runs. places: stores that hold rows for good, as against what only passes through.
    """

    def __init__(self) -> None:
        self.parts: dict[str, dict[str, Rows]] = {}
        self.keep: dict[str, Callable[[Row], float | str | None]] = {}
        self.outside: set[str] = set()
        self.places: set[str] = set()

    def put(self, name: str, writer: str, rows: Sequence[Row]) -> None:
        """What a writer has written to a store, in the place of what it wrote there before."""
        kept = rows if isinstance(rows, list) and len(rows) <= TOO_MANY else list(rows)[:TOO_MANY]
        self.parts.setdefault(name, {})[writer] = kept

    def lists(self, name: str) -> tuple[Rows, ...]:
        """What each writer put there; nobody changes these, so the same list means the same rows."""
        return tuple(self.parts.get(name, {}).values())

    def rows(self, name: str) -> Rows:
        """All rows of a store."""
        return [row for rows in self.parts.get(name, {}).values() for row in rows]

    def sizes(self) -> dict[str, int]:
        """How many rows each store has."""
        return {name: len(self.rows(name)) for name in self.parts}


def freeze(row: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """A row as something that can be compared."""
    return frozenset((name, repr(value)) for name, value in row.items())


class Format(Protocol):
    """How files of one format are changed, and how they run.

    `harmful` and `equal` are operators by name: what they are meant to be says nothing, the run
    decides. `fails` says whether a failing run can differ from a plain one. `worlds` are the ways in which what a file leaves open may turn out; `run` does what the
    files say to the rows of `stores`.
    """

    NAME: str
    OPERATORS: Mapping[str, Callable[[Files], Iterator[Mutant]]]

    def fails(self, files: Files) -> bool: ...

    def worlds(self, files: Files) -> Iterator[Any]: ...

    def run(self, files: Files, stores: Stores, world: Any, mode: Mode) -> None: ...
