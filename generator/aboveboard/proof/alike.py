"""Which steps of a pipeline do what a promise says, whatever they are called."""

from __future__ import annotations

from collections.abc import Iterable

from ..pipeline.graph import Step
from ..policy.choices import Step as Promise
from .protections import OPERATIONS


def like(promise: Promise, steps: Iterable[Step]) -> list[str]:
    """The steps of the promised operation that take out all that is promised, and surely run. Of a
    redaction that does not say what it takes out, nobody can tell."""
    operations = OPERATIONS.get(promise.technique, ())
    wanted = set(promise.entities)
    return [
        step.id
        for step in steps
        if step.op in operations
        and step.runs is None
        and step.partial is None
        and (wanted <= step.entities.keys() if wanted else step.op != "redact")
    ]
