"""In which countries data lies, and to which it is sent."""

from __future__ import annotations

from ...policy.choices import Copy
from ...project import Project
from ..facts import Facts
from ..model import Answer, Sentence, Table
from ..needs import missing
from ..recipients import places
from ..wording import FEW, number, series, upper

ID = "where-stored"
GROUP = "anonymous-and-who-sees-it"
ASKS = "Where is it stored and sent?"
PARAPHRASES = (
    "which country is my data in",
    "is my data sent to the United States",
    "data residency",
    "transfer outside Europe",
    "where are your servers",
)
RELATED = ("who-else-gets-it", "how-long", "by-region")
_HOLDERS = {"us": "We", "you": "You", "your-organisation": "Your organisation"}


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    lacking = missing(ID, project.policy)
    copies = {id_: copy for id_, copy in facts.policy.copies.items() if copy.regions}
    if not copies:
        return Answer(ASKS, (), missing=lacking)
    regions = list(dict.fromkeys(code for copy in copies.values() for code in copy.regions))
    first = facts.say("", "copies", next(iter(copies)), "regions", lead=f"In {places(regions)}.")
    short = [first, *(_by_place(facts, copies) if len(regions) > 1 else []), *_sent(facts)]
    if lacking:
        names = [copy.name for copy in facts.policy.copies.values() if not copy.regions]
        short.append(facts.say(f"This policy does not say where this is: {series(names)}."))
    return Answer(ASKS, tuple(short), details=(_table(facts, copies),), missing=lacking)


def _by_place(facts: Facts, copies: dict[str, Copy]) -> list[Sentence]:
    """The copies of each set of countries."""
    found: dict[tuple[str, ...], list[str]] = {}
    for id_, copy in copies.items():
        found.setdefault(tuple(copy.regions), []).append(id_)
    if len(found) < 2:
        return []
    return [
        facts.say(
            f"In {places(list(codes))}: {_few(facts, ids)}.",
            *("copies", ids[0], "regions"),
        )
        for codes, ids in found.items()
    ]


def _few(facts: Facts, ids: list[str]) -> str:
    names = [facts.name("copies", id_) for id_ in ids]
    if len(names) <= FEW:
        return series(names)
    return series([*names[: FEW - 1], f"{number(len(names) - FEW + 1)} other copies"])


def _sent(facts: Facts) -> list[Sentence]:
    """The countries of those who get data."""
    said = []
    for id_, recipient in facts.policy.recipients.items():
        if recipient.regions:
            taken = [u for u in facts.policy.uses.values() if id_ in u.recipients]
            data = dict.fromkeys(d for use in taken for d in use.data)
            claims = [c for d in data for c in facts.about("recipients-declared", data=d)]
            text = f"We send data to {places(recipient.regions)}, to {recipient.name}."
            at = ("recipients", id_, "regions")
            said.append(facts.say(text, *at, claims=claims, link="recipients"))
    return said


def _table(facts: Facts, copies: dict[str, Copy]) -> Table:
    return Table(
        "Each place",
        ("What", "Where", "Who holds it"),
        tuple(
            (
                facts.say(upper(copy.name), "copies", id_, "name"),
                facts.say(upper(places(copy.regions)), "copies", id_, "regions"),
                facts.say(_holder(facts, copy), "copies", id_, "holder"),
            )
            for id_, copy in copies.items()
        ),
    )


def _holder(facts: Facts, copy: Copy) -> str:
    return _HOLDERS.get(copy.holder) or upper(facts.name("recipients", copy.holder))
