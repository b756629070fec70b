"""Every free text of a policy that the site prints: where it was written, and what it says.

Quotes of the product are not among them (labels, clicks), nor are ids, terms and addresses, nor
what a policy says a word means.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..findings import Location
from .mentions import Place
from .model import Policy

# Key paths below an entity, by kind; `*` is each item of a list or mapping.
TEXTS: dict[str, tuple[str, ...]] = {
    "data": ("name", "examples.*", "includes.*", "excludes.*"),
    "events": ("name",),
    "uses": ("name", "applies.*.why", "also.*.name", "also.*.why", "also.*.applies.*.why",
             "basis.*.interest"),
    "controls": ("name", "costs", "side-effects"),
    "steps": ("name", "limits", "tested", "relink.*.why", "relink.*.by"),
    "copies": ("name",),
    "retention": ("why",),
    "recipients": ("name",),
    "rights": ("weighed.*", "limits.*"),
    "models": ("name",),
    "questions": ("ask", "answer", "left-out"),
    "changes": ("reason",),
    "corrections": ("instead",),
    "safeguards": ("name", "does.*", "cannot.*", "tested"),
}  # fmt: skip
Keys = tuple[tuple[str, str], ...]  # each as it is written, and as an attribute


def texts(policy: Policy) -> Iterator[tuple[Place, str]]:
    """Each free text with its place, in the order of the kinds."""
    for kind, paths in TEXTS.items():
        plain = [path for path in paths if "." not in path]
        deep = [_keys(path) for path in paths if "." in path]
        names = [(path, path.replace("-", "_")) for path in plain]
        for id_, entity in policy.entities(kind).items():
            for key, name in names:
                value = getattr(entity, name)
                if value is not None:
                    yield Place(kind, id_, (key,)), value
            for keys in deep:
                if getattr(entity, keys[0][1]):
                    yield from _below(entity, keys, Place(kind, id_))


def _keys(path: str) -> Keys:
    return tuple((key, key.replace("-", "_")) for key in path.split("."))


def _below(value: Any, keys: Keys, place: Place) -> Iterator[tuple[Place, str]]:
    if not keys:
        if value is not None:
            yield place, value
        return
    (key, name), rest = keys[0], keys[1:]
    if key == "*":
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _below(child, rest, place.below(step))
    elif value is not None:
        yield from _below(getattr(value, name), rest, place.below(key))


def within(policy: Policy, place: Place, text: str, start: int, end: int) -> Location:
    """Where a part of a text stands in its file; the whole text where it is written in escapes."""
    import re

    whole = place.at(policy)
    raw = policy.inputs.get(whole.path) or b""
    lines = raw.decode("utf-8-sig", "replace").split("\n")
    if whole.end_line is None or whole.end_column is None:
        return whole
    written = lines[whole.line - 1 : whole.end_line]
    last = sum(len(line) + 1 for line in written[:-1]) + whole.end_column - 1
    source = "\n".join(written)[:last]
    # A text that is folded over lines has a break for each blank.
    pattern = re.compile(r"\s+".join(map(re.escape, text[start:end].split())))
    number = sum(1 for _ in pattern.finditer(text[:start]))
    for count, found in enumerate(pattern.finditer(source, whole.column - 1)):
        if count == number:
            return _location(whole.path, whole.line, source, found.start(), found.end())
    return whole


def _location(path: str, first: int, source: str, start: int, end: int) -> Location:
    line, end_line = source.count("\n", 0, start), source.count("\n", 0, end)
    column = start - (source.rfind("\n", 0, start) + 1) + 1
    end_column = end - (source.rfind("\n", 0, end) + 1) + 1
    return Location(path, first + line, column, first + end_line, end_column)
