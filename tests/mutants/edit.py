"""Changing a file's data, and saying which lines were changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import yaml

from aboveboard.source import KeyPath, parse_yaml

from .model import Files, Lines, Mutant

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def parsed(text: str) -> Any:
    """What a YAML or JSON file holds, read by a library that is not ours; nobody changes it."""
    return yaml.load(text, Loader=_LOADER)


def data_of(text: str) -> Any:
    """As `parsed`, to be changed."""
    return deepcopy(parsed(text))


def dumped(data: Any, path: str) -> str:
    """Data as its file would have it."""
    if path.endswith(".json"):
        return json.dumps(data, indent=1) + "\n"
    return yaml.safe_dump(data, sort_keys=False, width=1000, allow_unicode=True)


def lines_of(text: str, path: str, at: KeyPath) -> Lines:
    """The lines of what stands at a key path."""
    document = parse_yaml(text.encode(), path)
    first = document.position(at, key=True) if at in document.keys else document.position(at)
    last = document.position(at)
    end = last.end_line - (1 if last.end_column == 1 and last.end_line > first.line else 0)
    return path, first.line, max(first.line, end)


class Edit:
    """One changed copy of a file's data; `mutant` makes it a mutant."""

    def __init__(self, files: Files, path: str) -> None:
        self.files, self.path = files, path
        self.data: Any = data_of(files[path])

    def mutant(self, operator: str, what: str, site: KeyPath | None = None) -> Mutant:
        text = dumped(self.data, self.path)
        lines = lines_of(text, self.path, site) if site is not None else None
        return Mutant(operator, {**self.files, self.path: text}, lines, what)


def edits(files: Files, *keys: str) -> Iterator[tuple[str, Any]]:
    """The files whose data is a mapping with one of these keys."""
    for path, text in files.items():
        data = data_of(text)
        if isinstance(data, dict) and any(key in data for key in keys):
            yield path, deepcopy(data)
