"""A sentence says may, might, some, often or possible.

Why it matters: such a word turns a fact into a shrug. "We may share some data" says neither
whether, nor which, nor when.

How to fix it: say when it happens and what it is about, or say "can" for what is able to happen.
Texts of the policy are read by each `check`; sentences that are made of them by `check --prose`
and `build`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..findings import Finding, Severity
from ..project import Project
from .reading.passages import passages

if TYPE_CHECKING:
    from ..answers.model import Answer

SLUG = "vague-word"
SEVERITY: Severity = "warning"
HINT = "say when and what, or 'can' for what is able to happen"


def check(project: Project) -> Iterator[Finding]:
    """Each vague word in a text of the policy."""
    for passage in passages(project):
        for hit in passage.claims("vague") if passage.place else ():
            message = f"'{passage.quote(hit)}' leaves open whether it is so"
            yield Finding(SLUG, message, passage.at(hit.start, hit.end), SEVERITY, HINT)


def check_answers(project: Project, answers: Sequence[Answer]) -> Iterator[Finding]:
    """Each vague word in a sentence of an answer that carries a claim, and is not in its text."""
    from .reading.answered import source, spoken

    typed = {(f.location.path, f.location.line) for f in check(project) if f.location}
    for said in spoken(project, answers):
        place = source(said.sentence, project)
        if not said.sentence.claims or (place.path, place.line) in typed:
            continue
        for hit in said.claims("vague"):
            message = f"'{said.quote(hit)}' leaves open whether it is so: {said.shown}"
            yield Finding(SLUG, message, place, SEVERITY, HINT)
