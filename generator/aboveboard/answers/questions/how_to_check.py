"""How a reader can check the page: what was compared, when, and what no comparison sees."""

from __future__ import annotations

from ...project import Project
from ...proof.model import FAILING
from ..facts import Facts
from ..model import Answer, Items, Sentence
from ..needs import missing
from ..wording import day, stopped

ID = "how-to-check"
GROUP = "trust-and-change"
ASKS = "How can I check that this page is true?"
PARAPHRASES = (
    "why should I trust this",
    "is there an audit",
    "evidence and reports",
    "who checks these claims",
)
RELATED = ("what-changed", "who-is-responsible", "object-or-complain")
UNSEEN = (
    "It reads settings. It does not look at stored data.",
    "It does not see whether the files are the ones that run.",
    "It does not see what a detector misses.",
    "We ran it ourselves.",
)


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    held = f"A program compared this policy with pipeline settings on {day(project.as_of)}."
    failing = sum(n for verdict, n in project.proof.tally().items() if verdict in FAILING)
    lead = "Not now." if failing else "In part."
    first = facts.say(held, "bindings", "", "files", lead=lead, link="check")
    return Answer(
        ASKS,
        (first, *_counted(facts, failing), *_wrong(facts)),
        exceptions=Items("What the program cannot show:", tuple(map(facts.say, UNSEEN))),
    )


def _counted(facts: Facts, failing: int) -> list[Sentence]:
    """How many comparisons rest on what, and how many fail."""
    tally = facts.proof.tally()
    texts = [
        f"It made {_some(sum(tally.values()), 'comparison', 'comparisons')}.",
        f"{_some(tally['proved'], 'rests', 'rest')} on settings that a tool runs.",
        f"{_some(tally['declared'], 'rests', 'rest')} on our own description.",
        *([f"{_some(failing, 'does', 'do')} not hold."] if failing else []),
    ]
    return [facts.say(text, "bindings", "", "files") for text in texts]


def _some(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _wrong(facts: Facts) -> list[Sentence]:
    """How to say that something here is wrong."""
    contact = facts.header.wrong or next((c.contact for c in facts.header.controllers), "")
    if not contact:
        return []
    at = ("policy", "", "wrong") if facts.header.wrong else ("policy", "", "controllers", 0)
    return [facts.say(stopped(f"If something here is wrong, write to {contact}"), *at)]
