"""Which kinds of model data trains, whom they serve, and which it does not train."""

from __future__ import annotations

from ...project import Project
from ...proof.claims import Door
from .. import summary
from ..facts import Facts
from ..model import Answer, Sentence, Table
from ..needs import missing
from ..terms import FAMILIES, SERVES
from ..wording import lower, series, upper

ID = "kinds-of-model"
GROUP = "for-what"
ASKS = "Which kinds of model does it train?"
PARAPHRASES = (
    "is my data used for safety models",
    "do you train general models or only mine",
    "does it train a partner's model",
    "ranking and speech models",
)
RELATED = ("used-for-training", "sources", "other-purposes")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    models = facts.policy.models
    learning = [id_ for id_ in models if any(_opened(facts, door) for door in _doors(facts, id_))]
    said = [_line(facts, id_) for id_ in models]
    claims = [c for sentence in said for c in sentence.claims]
    families = dict.fromkeys(FAMILIES[models[id_].family] for id_ in learning)
    lead = f"{upper(series(families))}." if families else "None."
    first = facts.say("", "models", next(iter(models)), "family", lead=lead, claims=claims)
    doors = {door.key: door for id_ in models for door in _doors(facts, id_)}
    found = summary.summary(facts, doors.values())
    return Answer(
        ASKS,
        (first, *said),
        exceptions=summary.exceptions(facts, found) if doors else None,
        details=(_table(facts),),
    )


def _doors(facts: Facts, model: str) -> list[Door]:
    """The ordinary routes of the uses that train a model."""
    return [facts.ordinary(use) for use in facts.training if model in facts.policy.uses[use].models]


def _opened(facts: Facts, door: Door) -> bool:
    return any(not each.closed for each in facts.of_use(door.use_id))


def _line(facts: Facts, model: str) -> Sentence:
    """Like "The classifiers that spot harm: no, except when our checks flag a chat."."""
    doors, name = _doors(facts, model), upper(facts.policy.models[model].name)
    if not doors:
        claims = [c for use in facts.training for c in facts.about("nothing-undeclared", use=use)]
        text = f"{name}: no use of your data trains this."
        return facts.say(text, "models", model, "name", claims=claims)
    found = summary.summary(facts, doors)
    claims = [c for group in found.groups for row in group.rows for c in facts.backing(row)]
    text = f"{name}: {lower(summary.lead(facts, found))}"
    at = ("uses", doors[0].use_id, "models")
    return facts.say(text, *at, claims=claims, link=f"uses/{doors[0].use_id}")


def _table(facts: Facts) -> Table:
    rows = tuple(
        (
            facts.say(upper(model.name), "models", id_, "name"),
            facts.say(FAMILIES[model.family], "models", id_, "family"),
            facts.say(SERVES[model.serves], "models", id_, "serves"),
        )
        for id_, model in facts.policy.models.items()
    )
    return Table("Each model", ("Model", "Kind", "Whom it serves"), rows)
