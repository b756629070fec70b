"""What happens to somebody who does not answer when asked."""

from __future__ import annotations

from ...policy.choices import Asked
from ...project import Project
from .. import clicks
from ..facts import Facts
from ..model import Answer, Sentence
from ..needs import missing
from ..wording import day, upper

ID = "deadline"
GROUP = "my-choices"
ASKS = "What if I say nothing by the deadline?"
PARAPHRASES = (
    "what if I ignore the pop-up",
    "is no answer a yes",
    "until when do I have to decide",
    "do I have to choose",
)
RELATED = ("on-by-default", "how-to-switch-off", "when-choice-takes-effect")
_LEADS = {
    "allowed": "It counts as a yes.",
    "refused": "It counts as a no.",
    "locked-out": "You cannot go on without an answer.",
}
_LINES = {
    "allowed": "no answer counts as a yes",
    "refused": "no answer counts as a no",
    "locked-out": "without an answer you cannot go on",
}


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    asked = [
        (id_, index, one)
        for id_, control in facts.policy.controls.items()
        for index, one in enumerate(control.asked)
        if one.no_answer
    ]
    results = dict.fromkeys(str(one.no_answer) for _, _, one in asked)
    id_, index, _ = asked[0]
    lead = _LEADS[next(iter(results))] if len(results) == 1 else "It depends on the choice."
    first = facts.say("", "controls", id_, "asked", index, lead=lead)
    said = (_line(facts, id_, index, one) for id_, index, one in asked)
    named = dict.fromkeys(id_ for id_, _, _ in asked)
    ways = (clicks.steps(facts, id_, upper(facts.name("controls", id_))) for id_ in named)
    return Answer(ASKS, (first, *said), details=tuple(ways))


def _line(facts: Facts, id_: str, index: int, asked: Asked) -> Sentence:
    """Like "Use of your chats for training: no answer counts as a yes."."""
    who = facts.who(asked)
    name = upper(facts.name("controls", id_))
    start = name if who == "everyone" else f"{name}, {who}"
    until = f" The last day to answer is {day(asked.deadline)}." if asked.deadline else ""
    text = f"{start}: {_LINES[str(asked.no_answer)]}.{until}"
    return facts.say(text, "controls", id_, "asked", index, link=f"controls/{id_}")
