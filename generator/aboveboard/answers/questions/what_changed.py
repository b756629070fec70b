"""Which version holds since when, how long before a change readers are told, and how."""

from __future__ import annotations

from ...project import Project
from ..facts import Facts
from ..model import Answer, Items, Sentence, Table
from ..needs import missing
from ..terms import TOLD
from ..wording import in_force, period, series, upper

ID = "what-changed"
GROUP = "trust-and-change"
ASKS = "What changed, since when, and how will you tell me?"
PARAPHRASES = (
    "when was this policy updated",
    "will I be told before it changes",
    "policy version and date",
    "notice of changes",
)
RELATED = ("who-is-responsible", "how-to-check", "deadline")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    lacking = missing(ID, project.policy)
    promised = {id_: u for id_, u in facts.policy.uses.items() if u.tell_before_change}
    if not promised:
        return Answer(ASKS, (), missing=lacking)
    header = facts.header
    lead = f"Version {header.version} is {in_force(header.effective, project.as_of)}."
    short = [facts.say("", "policy", "", "version", lead=lead), *_notice(facts)]
    if header.told_by:
        text = f"We tell you {series(TOLD[way] for way in header.told_by)}."
        short.append(facts.say(text, "policy", "", "told-by"))
    else:
        short.append(facts.say("This policy does not say how we tell you."))
    return Answer(
        ASKS,
        tuple(short),
        exceptions=_unpromised(facts),
        details=(_table(facts),),
        missing=lacking,
    )


def _notice(facts: Facts) -> list[Sentence]:
    """The notice of all uses that promise one, or of each if they differ."""
    by_period: dict[str, list[str]] = {}
    for id_, use in facts.policy.uses.items():
        if use.tell_before_change:
            by_period.setdefault(period(use.tell_before_change), []).append(id_)
    if len(by_period) == 1:
        ((notice, uses),) = by_period.items()
        text = f"We tell you {notice} before an answer changes."
        return [facts.say(text, "uses", uses[0], "tell-before-change")]
    return [
        facts.say(
            f"We tell you {notice} before this changes: {facts.named('uses', uses)}.",
            *("uses", uses[0], "tell-before-change"),
        )
        for notice, uses in by_period.items()
    ]


def _unpromised(facts: Facts) -> Items | None:
    """The uses that can change without notice."""
    said = tuple(
        facts.say(upper(use.name), "uses", id_, "name", link=f"uses/{id_}")
        for id_, use in facts.policy.uses.items()
        if not use.tell_before_change
    )
    return Items("We promise no notice for this:", said) if said else None


def _table(facts: Facts) -> Table:
    rows = tuple(
        (
            facts.say(upper(use.name), "uses", id_, "name"),
            facts.say(
                upper(period(use.tell_before_change)) if use.tell_before_change else "No notice",
                *("uses", id_, "tell-before-change" if use.tell_before_change else "name"),
            ),
        )
        for id_, use in facts.policy.uses.items()
    )
    return Table("The notice before each change", ("Use", "Notice"), rows)
