"""The direction of every attribute of every entity: which change of it protects people better.

Text has no direction: a person reads it. What promises nothing to anybody is neutral: versions,
the date and language of the text, terms of a vocabulary, neighbours that help a reader, and the
bindings, which say what is compared and change nothing for people. A test holds this dict against
the fields of the entity classes.
"""

from __future__ import annotations

from . import bindings, choices, entities, review
from .model import Direction, Walk

__all__ = ["DIRECTIONS", "Direction", "Walk"]

DIRECTIONS: dict[str, dict[str, Direction]] = {
    **entities.DIRECTIONS,
    **choices.DIRECTIONS,
    **bindings.DIRECTIONS,
    **review.DIRECTIONS,
}
