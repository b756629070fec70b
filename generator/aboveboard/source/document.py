"""What a file holds: plain data, where each value and key stands, and what was wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Key = str | int
KeyPath = tuple[Key, ...]


class Position(NamedTuple):
    """A span in a file: lines and columns from 1, columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Position(1, 1, 1, 1)


class Problem(NamedTuple):
    """Why a file, or a part of it, could not be read."""

    message: str
    position: Position = START
    hint: str = ""


class Places(Mapping[KeyPath, Position]):
    """Key path to position. `spans` hold what the parser told, and `locate` makes a position of a
    span when somebody asks: of a hundred values, one is ever pointed at."""

    def __init__(self) -> None:
        self.spans: dict[KeyPath, Any] = {}
        self.locate: Callable[[Any], Position] = Position._make

    def __getitem__(self, path: KeyPath) -> Position:
        return self.locate(self.spans[path])

    def __contains__(self, path: object) -> bool:
        return path in self.spans

    def __iter__(self) -> Iterator[KeyPath]:
        return iter(self.spans)

    def __len__(self) -> int:
        return len(self.spans)


@dataclass(slots=True, eq=False, repr=False)
class Document:
    """A file as plain data, where each value and key stands, and what was wrong with it.

    `values` and `keys` map a key path to the position of the value and of its key. `data` is
    None when the file could not be read at all; `problems` then say why. `raw` is what the file
    holds, None if it was not read to its end.
    """

    path: str
    data: Any = None
    values: Places = field(default_factory=Places)
    keys: Places = field(default_factory=Places)
    problems: list[Problem] = field(default_factory=list)
    raw: bytes | None = None

    def position(self, path: KeyPath, *, key: bool = False) -> Position:
        """Where `path` stands; what is not written stands at the key that it would be below.

        A single value may stand for a list of one, so its index is left out.
        """
        written: KeyPath = ()
        for step in path:
            if (*written, step) in self.values:
                written = (*written, step)
            elif step != 0:
                key = True
                break
        found = self.keys.get(written) if key else None
        return found or self.values.get(written, START)
