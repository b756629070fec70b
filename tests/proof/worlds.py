"""What a configuration leaves open, and how much of it a run looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from .rows import Place, Spec

VALUES = {"plan": ["free", "team"], "team": ["t0", "t1"]}  # what an unread condition may turn out
FALLIBLE = ("redact", "mask", "hash", "encrypt", "noise", "generalise")


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
                yield f"{side}.{name}", VALUES.get(name, [True, False])
