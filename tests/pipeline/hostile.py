"""Every value of a file in turn replaced by something that does not belong there."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

WRONG: tuple[Any, ...] = (
    None,
    7,
    -1,
    10**30,
    1.5,
    True,
    "",
    "${VAR}",
    "x" * 300,
    [],
    [None],
    {},
    {"": 1},
)


def mutants(data: Any) -> Iterator[Any]:
    """The file with one value wrong, or one key gone."""
    for path in _paths(data):
        for wrong in WRONG:
            mutant = copy.deepcopy(data)
            _parent(mutant, path)[path[-1]] = copy.deepcopy(wrong)
            yield mutant
        mutant = copy.deepcopy(data)
        del _parent(mutant, path)[path[-1]]
        yield mutant


def _paths(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if at:
        yield at
    items = data.items() if isinstance(data, dict) else enumerate(data if isinstance(data, list) else ())  # fmt: skip
    for key, value in items:
        yield from _paths(value, (*at, key))


def _parent(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        data = data[key]
    return data
