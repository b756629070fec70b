"""A policy whose tables each tell 100,000 cells apart: every second use leaves somebody out."""

from __future__ import annotations

from typing import Any

from aboveboard.policy.entities import Header, Use
from aboveboard.policy.model import Policy

USES = 200
AXES = [f"axis-{n}" for n in range(5)]  # of ten values each


def policy() -> Policy:
    """A header with five axes, and uses whose lines name them all."""
    values = {f"v{n}": f"Value {n}" for n in range(10)}
    header = {
        "service": "S",
        "version": "1",
        "effective": "2026-12-01",
        "controllers": [{"name": "C", "contact": "c@example.org"}],
        "axes": dict.fromkeys(AXES, values),
        "impossible": [{"axis-0": "v9", "axis-1": "v9"}, {"axis-3": "v0", "axis-4": ["v0", "v1"]}],
    }
    written = Policy(header=Header.model_validate(header))
    for number in range(USES):
        written.uses[f"use-{number}"] = Use.model_validate(
            {"name": "x", "purpose": "analytics", "data": ["d"], "applies": list(_lines(number))}
        )
    return written


def _lines(number: int) -> list[dict[str, Any]]:
    """Two lines that share out some people by all axes, and one for the others, or for nearly all
    of them."""
    some = {axis: [f"v{(number + n + k) % 10}" for k in range(3)] for n, axis in enumerate(AXES)}
    one = {**some, "axis-4": some["axis-4"][:1]}
    rest: dict[str, Any] = {"not": [some]}
    if number % 2:
        rest["not"].append(dict.fromkeys(AXES[number % 3 : number % 3 + 3], f"v{1 + number % 6}"))
    return [
        {"scope": one, "state": "never"},
        {"scope": {**some, "not": one}, "state": "always"},
        {"scope": rest, "state": "never"},
    ]
