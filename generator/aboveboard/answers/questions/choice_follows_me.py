"""How far a choice reaches: across devices, accounts and other products."""

from __future__ import annotations

from ...project import Project
from .. import choices
from ..facts import Facts
from ..model import Answer, Items, Sentence, Table
from ..needs import missing
from ..terms import SPREADS
from ..wording import upper
from .how_to_switch_off import all_choices

ID = "choice-follows-me"
GROUP = "my-choices"
ASKS = "Does my choice follow me across devices, accounts and sister products?"
PARAPHRASES = (
    "do I have to opt out on each device",
    "does it sync between phone and computer",
    "two accounts, one choice",
    "does the setting hold in the app and on the web",
)
RELATED = ("how-to-switch-off", "when-choice-takes-effect", "what-i-lose")
EVERYWHERE = ("account", "linked-accounts", "organisation")
AGAIN = {
    "item": "Choose again for each item",
    "browser": "Choose again in each browser",
    "device": "Choose again on each device",
    "account": "Choose again in each account of yours",
}


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    named = all_choices(facts)
    reach = {id_: facts.policy.controls[id_].spreads_to for id_ in named}
    wide = [id_ for id_ in named if reach[id_] in EVERYWHERE]
    lead = "Not across devices." if not wide else "Not each choice does."
    if len(wide) == len(named):
        lead = "Across devices, yes."
    first = facts.say("", "controls", named[0], "spreads-to", lead=lead)
    return Answer(
        ASKS,
        (first, *_lines(facts, named)),
        exceptions=_again(facts, named),
        details=(_table(facts, named),),
    )


def _lines(facts: Facts, named: list[str]) -> list[Sentence]:
    """How far the choices reach: each, or all in one sentence."""
    said = {SPREADS[facts.policy.controls[id_].spreads_to] for id_ in named}
    if len(named) == 1:
        return [choices.spread_sentence(facts, named[0])]
    if len(said) == 1:
        text = f"Each choice holds {said.pop()}."
        return [facts.say(text, "controls", named[0], "spreads-to")]
    return [
        facts.say(
            f"{upper(facts.name('controls', id_))}: your choice holds "
            f"{SPREADS[facts.policy.controls[id_].spreads_to]}.",
            *("controls", id_, "spreads-to"),
            link=f"controls/{id_}",
        )
        for id_ in named
    ]


def _again(facts: Facts, named: list[str]) -> Items | None:
    """Where somebody has to choose once more."""
    by_reach: dict[str, list[str]] = {}
    for id_ in named:
        by_reach.setdefault(facts.policy.controls[id_].spreads_to, []).append(id_)
    said = tuple(
        facts.say(
            f"{AGAIN[reach]}: {facts.named('controls', ids)}.", "controls", ids[0], "spreads-to"
        )
        for reach, ids in by_reach.items()
        if reach in AGAIN
    )
    return Items("Where it does not follow you:", said) if said else None


def _table(facts: Facts, named: list[str]) -> Table:
    rows = tuple(
        (
            facts.say(upper(facts.name("controls", id_)), "controls", id_, "name"),
            facts.say(
                upper(SPREADS[facts.policy.controls[id_].spreads_to]),
                *("controls", id_, "spreads-to"),
            ),
        )
        for id_ in named
    )
    return Table("Each choice", ("Choice", "It holds"), rows)
