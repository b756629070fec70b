"""Whether a model learns bias from people, what is done against it, and what that cannot do."""

from __future__ import annotations

from ...project import Project
from .. import guards, summary
from ..facts import Facts
from ..model import Answer
from ..needs import missing

ID = "learned-bias"
GROUP = "trust-and-change"
ASKS = "Can the model learn bias from me?"
PARAPHRASES = (
    "is the AI biased",
    "fairness",
    "does it learn prejudice from users",
    "constitution and evaluations",
)
RELATED = ("sources", "used-for-training")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    found = [id_ for id_, s in facts.policy.safeguards.items() if s.against == "bias"]
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    uses = [u for u in facts.training if any(not d.closed for d in facts.of_use(u))]
    text = "A model learns from what people write, and from how they write it."
    rows = [r for u in uses for d in facts.of_use(u) for r in facts.rows(d)]
    claims = [c for row in rows if row.line.state != "never" for c in facts.used(row.door)]
    short = [facts.say(text, "safeguards", found[0], lead="Yes.", claims=claims)]
    if not uses:
        closed = summary.summary(facts, [facts.ordinary(u) for u in facts.training])
        kept = [c for g in closed.groups for row in g.rows for c in facts.backing(row)]
        text = "We do not train models with your data."
        short = [facts.say(text, "safeguards", found[0], lead="Not from you.", claims=kept)]
    return Answer(
        ASKS,
        (*short, *guards.names(facts, found)),
        exceptions=guards.cannot(facts, found),
        details=tuple(guards.blocks(facts, found)),
    )
