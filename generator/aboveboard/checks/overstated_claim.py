"""A sentence says more than the steps reach: "anonymised" where a code stands for the account.

Why it matters: these words are what readers rely on. Data that is pseudonymised still identifies
people, and a detector leaves a part of what it looks for.

How to fix it: write the word that the finding names, or say plainly what stays. In YAML a word is
held against the steps of its own step, use or data; on a page, against the strongest step of all.
"Not anonymised", "Is it anonymised?" and talk about a word are no claims. The words are in one
list per language; the policy's `language`, a page's front matter or its folder picks the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..findings import Finding, Location, Severity
from ..project import Project
from .reading.passages import Passage, passages

if TYPE_CHECKING:
    from .reading.reach import Reach

SLUG = "overstated-claim"
SEVERITY: Severity = "error"
HINT = "write a word that the steps reach, or say plainly what stays"


def check(project: Project) -> Iterator[Finding]:
    """Each word in YAML and in pages that claims more than is done."""
    for passage in passages(project):
        for hit in passage.claims("claims"):
            from .reading.reach import Reaches

            reach = Reaches.of(project).at(passage.place)
            if not reach.allows(project.policy, hit.value):
                done = _done(project, reach, hit.value)
                yield Finding(
                    SLUG,
                    f"'{passage.quote(hit)}' says more than is done: {done}",
                    passage.at(hit.start, hit.end),
                    hint=_hint(project, passage, reach, hit.value),
                    related=_step(project, reach),
                )


def _done(project: Project, reach: Reach, claim: str) -> str:
    if claim == "encrypted":
        return f"no step of {reach.of} encrypts"
    if claim == "deleted":
        return f"nothing says when {reach.of} ends"
    best, reached = reach.strongest(project.policy)
    if best is None:
        return f"{reach.of} has no step that acts on it"
    return f"'{best}' reaches furthest, and is at most '{reached}'"


def _hint(project: Project, passage: Passage, reach: Reach, claim: str) -> str:
    """The word that may be used, in the language of the text."""
    names = passage.lists.raw["names"]
    word = claim if claim in ("encrypted", "deleted") else reach.strongest(project.policy)[1]
    return f"write '{names[word]}', or say plainly what stays"


def _step(project: Project, reach: Reach) -> tuple[Location, ...]:
    best, reached = reach.strongest(project.policy)
    if best is None:
        return ()
    place = project.policy.at("steps", best, "technique")
    return (place._replace(message=f"'{reached}' is what this technique reaches"),)
