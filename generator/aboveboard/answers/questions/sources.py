"""What other data the models learned from."""

from __future__ import annotations

from ...policy.entities import Model
from ...project import Project
from ..facts import Facts
from ..model import Answer, Items, Sentence
from ..needs import missing
from ..terms import SOURCES
from ..wording import day, series, upper

ID = "sources"
GROUP = "is-my-data-used"
ASKS = "What other data trained the models?"
PARAPHRASES = (
    "training data sources",
    "was the model trained on the web",
    "where does the training data come from",
    "do you use licensed or synthetic data",
)
RELATED = ("used-for-training", "learned-bias")
YOURS = ("users", "feedback", "flagged")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    models = {id_: m for id_, m in facts.policy.models.items() if m.sources}
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    others = list(dict.fromkeys(s for m in models.values() for s in m.sources if s not in YOURS))
    first = next(iter(models))
    lead = f"{upper(series(SOURCES[s] for s in others))}." if others else "None."
    text = "" if others else "The models learned from your data only."
    dates = [s for id_, model in models.items() if (s := _collected(facts, id_, model))]
    return Answer(
        ASKS,
        (facts.say(text, "models", first, "sources", lead=lead), *dates),
        details=tuple(
            Items(
                f"What trained {model.name}",
                tuple(
                    facts.say(upper(SOURCES[s]), "models", id_, "sources") for s in model.sources
                ),
            )
            for id_, model in models.items()
        ),
    )


def _collected(facts: Facts, id_: str, model: Model) -> Sentence | None:
    window = model.collected
    if window is None:
        return None
    start = f"starts on {day(window.from_)}" if window.from_ else ""
    end = f"ends before {day(window.before)}" if window.before else ""
    text = f"The data for {model.name} {' and '.join(filter(None, (start, end)))}."
    if not end:
        text = f"{text} We still collect it."
    return facts.say(text, "models", id_, "collected")
