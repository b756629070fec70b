"""Whether data is used for ads or profiles, or sold."""

from __future__ import annotations

from ...project import Project
from .. import summary
from ..facts import Facts
from ..model import Answer, Items, Sentence
from ..needs import ADS, SALE, missing
from ..wording import lower, period

ID = "ads-or-sold"
GROUP = "for-what"
ASKS = "Is my data used for ads, or sold?"
PARAPHRASES = (
    "do you sell my data",
    "do you show ads based on my chats",
    "advertising",
    "does anyone pay for my data",
)
RELATED = ("who-else-gets-it", "other-purposes")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    ads, sale = _uses(facts, ADS), _uses(facts, SALE)
    payers = [id_ for id_, r in facts.policy.recipients.items() if r.paid]
    lacking = missing(ID, project.policy)
    if not ads and not sale and not payers:
        return Answer(ASKS, (), missing=lacking)
    short = [_line(facts, use) for use in [*ads, *sale]]
    short += [_paid(facts, id_) for id_ in payers]
    if lacking:
        what = "used for ads" if not ads else "sold"
        short.append(facts.say(f"This policy does not say whether your data is {what}."))
    elif not payers:
        found = summary.summary(facts, [facts.ordinary(u) for u in [*ads, *sale]])
        lead, link = summary.lead(facts, found), summary.page(found)
        short.insert(0, facts.say("", lead=lead, claims=_all(facts, found), link=link))
    return Answer(
        ASKS,
        tuple(short),
        exceptions=_exceptions(facts, [*ads, *sale]),
        missing=lacking,
    )


def _uses(facts: Facts, purposes: tuple[str, ...]) -> list[str]:
    return [id_ for id_, use in facts.policy.uses.items() if use.purpose in purposes]


def _all(facts: Facts, found: summary.Summary) -> list[str]:
    return [c for group in found.groups for row in group.rows for c in facts.backing(row)]


def _line(facts: Facts, use_id: str) -> Sentence:
    use = facts.policy.uses[use_id]
    found = summary.summary(facts, [facts.ordinary(use_id)])
    notice = (
        f" We tell you {period(use.tell_before_change)} before this changes."
        if use.tell_before_change
        else ""
    )
    text = f"{use.name}: {lower(summary.lead(facts, found))}{notice}"
    at = ("uses", use_id, "applies")
    link = summary.page(found)
    return facts.say(text[:1].upper() + text[1:], *at, claims=_all(facts, found), link=link)


def _paid(facts: Facts, id_: str) -> Sentence:
    text = f"We are paid for data by {facts.name('recipients', id_)}."
    return facts.say(text, "recipients", id_, "paid", lead="Yes.")


def _exceptions(facts: Facts, uses: list[str]) -> Items | None:
    if not uses:
        return None
    return summary.exceptions(facts, summary.summary(facts, [facts.ordinary(u) for u in uses]))
