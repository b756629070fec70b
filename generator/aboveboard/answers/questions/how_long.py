"""How long data is kept, with and without training."""

from __future__ import annotations

from ...policy.choices import Retention
from ...project import Project
from .. import keeping
from ..facts import Facts
from ..model import Answer, Block, Items, Sentence
from ..needs import missing
from ..wording import upper

ID = "how-long"
GROUP = "how-long-and-my-rights"
ASKS = "How long do you keep it if I allow training, and if I do not?"
PARAPHRASES = (
    "how long do you keep my chats",
    "data retention",
    "when is my data deleted",
    "storage period",
)
RELATED = ("after-deletion", "rating", "my-rights")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    rows = keeping.rows_of(facts, own_data(facts)) or keeping.rows_of(facts)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    return Answer(
        ASKS,
        (_longest(facts, rows), *by_choice(facts)),
        exceptions=_endless(facts),
        details=(keeping.table(facts, rows, "Each copy"), *_others(facts, rows)),
    )


def _longest(facts: Facts, rows: list[tuple[str, Retention]]) -> Sentence:
    """The longest period; whatever has none stands beside it."""
    fixed = [item for item in rows if item[1].keep and item[1].keep.default != "no-limit"]
    id_, row = max(fixed or rows, key=lambda item: keeping.length(item[1]))
    words = keeping.keep_words(row, facts)
    start = f"Up to {words}" if fixed and words != "not at all" else upper(words)
    lead = f"{start}, in {facts.name('copies', row.copy_)}."
    return facts.say("", "retention", id_, lead=lead, claims=keeping.claims(facts, id_))


def own_data(facts: Facts) -> list[str]:
    """What people give or get that goes into training."""
    taken = {d for u in facts.training for door in facts.of_use(u) for d in door.data}
    own = ("provided", "generated", "observed")
    return [id_ for id_, d in facts.policy.data.items() if id_ in taken and d.origin in own]


def _endless(facts: Facts) -> Items | None:
    """Whatever is kept without a limit, or until somebody ends it, of any data."""
    said = tuple(
        keeping.kept_sentence(facts, id_)
        for id_, row in facts.policy.retention.items()
        if row.keep is None or row.keep.default == "no-limit"
    )
    return Items("This has no fixed time:", said) if said else None


def by_choice(facts: Facts) -> list[Sentence]:
    """The rows that depend on a choice over training, for either position."""
    controls = {
        c for u in facts.training for d in facts.of_use(u) for line in d.lines for c in line.control
    }
    copies = {
        row.copy_
        for row in facts.policy.retention.values()
        if any(controls & set(scope.choice) for scope in row.scope)
    }
    return [
        keeping.choice_sentence(facts, id_)
        for id_, row in facts.policy.retention.items()
        if row.copy_ in copies and not row.when and keeping.readers(facts, id_) != "everyone"
    ]


def _others(facts: Facts, rows: list[tuple[str, Retention]]) -> list[Block]:
    shown = {id_ for id_, _ in rows}
    rest = [item for item in keeping.rows_of(facts) if item[0] not in shown]
    blocks: list[Block] = [keeping.table(facts, rest, "Other data")] if rest else []
    chosen = [s for id_, _ in keeping.rows_of(facts) if (s := keeping.options_sentence(facts, id_))]
    return [*blocks, *([Items("What can be chosen", tuple(chosen))] if chosen else [])]
