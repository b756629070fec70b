"""How an attribute is compared, and what it is called in a sentence."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from ...answers.terms import ACTORS
from ...policy.base import Strict
from ..orders import Order, prose


class Walk(Enum):
    """Attributes that are compared part by part rather than as one value."""

    PART = "an entity of its own"
    CELLS = "rows, compared in each cell of their scopes"
    ROUTES = "routes, by id"
    AXES = "axes, by the answers that their values get"
    ELSEWHERE = "a scope or key that says where the rest holds"


class Direction(NamedTuple):
    """How an attribute compares, and what the fact is called in a sentence.

    `added`, `removed` and `changed` replace the common sentence; they know of, fact, before, after.
    """

    order: Order | Walk
    fact: str = ""
    changed: str = "{Of}: {fact} is now {after}; it was {before}."
    added: str = "{Of}: {fact} now include {after}."
    removed: str = "{Of}: {fact} no longer include {before}."
    unsaid: Strict | None = None  # what an absent part amounts to, if that can be told


SCOPE = Direction(Walk.ELSEWHERE)
NAME = Direction(prose, "the name")
ACTOR = {**ACTORS, "us": "us", "court": "a court", "anyone": "anyone"}
