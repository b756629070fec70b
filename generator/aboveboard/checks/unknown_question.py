"""An entry of `questions` is about a question that does not exist, or leads to nothing.

Why it matters: a question that is meant to be left out or reworded would stand on the site
unchanged, and nobody would notice.

How to fix it: use the id that stands in the address of the answer. To add a question of your own,
give it an `answer`. What a question is `about` is the id of another one, or KIND/ID, such as
`uses/train-assistant`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..answers.needs import NEEDS
from ..findings import Finding, Severity
from ..project import Project
from ..values import did_you_mean

SLUG = "unknown-question"
SEVERITY: Severity = "error"
HINT = "use the id in the address of the answer"
PAGES = ("controls", "data", "uses")  # kinds that have a page for each of theirs


def check(project: Project) -> Iterator[Finding]:
    policy = project.policy
    for id_, entry in policy.questions.items():
        if id_ not in NEEDS and not entry.answer:
            message = f"'{id_}' is no question of the FAQ, and has no 'answer' of its own"
            place = policy.at("questions", id_)
            yield Finding(SLUG, message, place, hint=did_you_mean(id_, NEEDS) or HINT)
        for index, name in enumerate(entry.about):
            if name not in (known := _names(project)):
                message = f"'{name}' is no question, and no {', '.join(PAGES)} of this policy"
                place = policy.at("questions", id_, "about", index)
                yield Finding(SLUG, message, place, hint=did_you_mean(name, known) or HINT)


def _names(project: Project) -> list[str]:
    """Whatever a question can be about."""
    policy = project.policy
    entities = (f"{kind}/{id_}" for kind in PAGES for id_ in policy.entities(kind))
    return [*NEEDS, *policy.questions, *entities]
