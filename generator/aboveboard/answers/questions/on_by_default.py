"""What holds until a reader decides."""

from __future__ import annotations

from ...project import Project
from .. import choices, summary
from ..facts import Facts
from ..model import Answer, Items
from ..needs import missing
from ..wording import depends, upper

ID = "on-by-default"
GROUP = "my-choices"
ASKS = "Is it on by default?"
PARAPHRASES = (
    "opt-in or opt-out",
    "is training on when I sign up",
    "default setting",
    "did I agree to this",
)
RELATED = ("how-to-switch-off", "used-for-training")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    named = list(dict.fromkeys(c for d in facts.doors for line in d.lines for c in line.control))
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    uses = facts.training or list(facts.policy.uses)
    found = summary.summary(facts, [facts.ordinary(u) for u in uses])
    rows = [row for group in found.groups for row in group.rows]
    claims = [c for row in rows for c in facts.backing(row)]
    what = "training" if facts.training else "every use"
    link = summary.page(found)
    short = [facts.say("", *rows[0].where, lead=_lead(found), claims=claims, link=link)]
    if found.differs:
        short.append(facts.say(f"For {what}, this holds until somebody decides."))
        short += [
            facts.say(
                f"{upper(group.who)}: {_DEFAULTS[group.state]}.",
                *group.rows[0].where,
                claims=[c for row in group.rows for c in facts.backing(row)],
            )
            for group in found.groups
        ]
    return Answer(
        ASKS,
        tuple(short),
        exceptions=summary.exceptions(facts, found),
        details=(_controls(facts, named),),
    )


_DEFAULTS = {
    "always": "on, and no switch stops it",
    "opt-out": "on",
    "opt-in": "off",
    "ask": "off, and we ask each time",
    "never": "off for good",
}


def _lead(found: summary.Summary) -> str:
    if found.differs:
        states = {group.state for group in found.groups}
        if states <= {"opt-in", "ask", "never"}:
            return "No."
        return f"It depends on {depends(found.axes)}."
    return "Yes." if found.state in ("opt-out", "always") else "No."


def _controls(facts: Facts, named: list[str]) -> Items:
    said = []
    for id_ in named:
        for sentence in choices.default_sentences(facts, id_):
            name = facts.name("controls", id_)
            text = f"{upper(name)}: {sentence.text[:1].lower()}{sentence.text[1:]}"
            if ":" in sentence.text:
                text = f"{upper(name)}, {sentence.text}"
            place = ("controls", id_)
            said.append(facts.say(text, *place, claims=sentence.claims, link=f"controls/{id_}"))
    return Items("Each choice, until somebody makes it", tuple(said))
