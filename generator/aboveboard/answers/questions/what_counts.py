"""What counts as a reader's data here: the kinds, with boundary cases on both sides."""

from __future__ import annotations

from collections.abc import Iterable

from ...project import Project
from .. import wording
from ..facts import Facts
from ..model import Answer, Items, Sentence
from ..needs import HERE, missing

ID = "what-counts"
GROUP = "is-my-data-used"
ASKS = "What exactly counts as my data here?"
PARAPHRASES = (
    "which data do you collect",
    "do files, voice and ratings count as my data",
    "what data do you have about me",
    "does metadata count",
)
RELATED = ("used-for-training", "never-used", "other-purposes")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    found = {id_: d for id_, d in facts.policy.data.items() if d.origin in HERE}
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    count = wording.upper(wording.number(len(found)))
    lead = f"{count} kind{'' if len(found) == 1 else 's'} of data."
    few = len(found) <= wording.FEW
    text = f"We mean {wording.series(facts.data(found))}." if few else "They are listed below."
    return Answer(
        ASKS,
        (facts.say(text, lead=lead),),
        exceptions=_boundary(facts, found, "includes", "This counts too:"),
        details=tuple(
            block
            for block in (
                _boundary(facts, found, "excludes", "This does not count:"),
                *(_by_origin(facts, found, origin) for origin in HERE),
            )
            if block
        ),
    )


_ORIGINS = {
    "provided": "What you give us",
    "observed": "What we see you do",
    "derived": "What we work out from your data",
    "generated": "What the service makes for you",
    "third-party": "What comes from others",
}


def _by_origin(facts: Facts, ids: Iterable[str], origin: str) -> Items | None:
    said = []
    for id_ in ids:
        data = facts.policy.data[id_]
        if data.origin == origin:
            such = f" (for example: {wording.series(data.examples, 'or')})" if data.examples else ""
            text = f"{wording.upper(data.name)}{such}"
            said.append(facts.say(text, "data", id_, link=f"data/{id_}"))
    return Items(_ORIGINS[origin], tuple(said)) if said else None


def _boundary(facts: Facts, ids: Iterable[str], which: str, title: str) -> Items | None:
    said: list[Sentence] = [
        facts.say(wording.upper(text), "data", id_, which, index)
        for id_ in ids
        for index, text in enumerate(getattr(facts.policy.data[id_], which))
    ]
    return Items(title, tuple(said)) if said else None
