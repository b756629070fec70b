"""What goes on after a refusal: the routes that stay open, and the uses for other purposes."""

from __future__ import annotations

from ...project import Project
from .. import choices, routes
from ..facts import Facts
from ..model import Answer, Block
from ..needs import missing
from ..open_routes import open_routes, refusal
from ..wording import acts, number, upper
from .how_to_switch_off import all_choices, first_choices

ID = "still-used-after-refusal"
GROUP = "my-choices"
ASKS = "What will you still use after I turn it off?"
PARAPHRASES = (
    "exceptions to the opt-out",
    "what does the opt-out not cover",
    "is anything still used when training is off",
    "does opting out stop everything",
)
RELATED = ("rating", "how-to-switch-off", "after-deletion")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    named = (first_choices(facts) or all_choices(facts))[:1]
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    closed = refusal(facts, named)
    opened = open_routes(facts, closed)
    control = facts.policy.controls[named[0]]
    same = [route for route in opened if route.exception]
    lead = _lead(facts, named[0], len(same), len(opened))
    after = f"This holds after {acts([control], allow=False)}."
    short = [facts.say(after, "controls", named[0], lead=lead)]
    effects = choices.lasting(facts, named[0])
    goes_on = routes.goes_on(facts, closed)
    details: list[Block] = [goes_on] if goes_on else []
    return Answer(
        ASKS,
        (*short, *effects),
        exceptions=routes.beside(facts, closed, f"{upper(control.name)} ends. This does not:"),
        details=tuple(details),
    )


def _lead(facts: Facts, control_id: str, same: int, every: int) -> str:
    """What stays open; what is under way or done already goes on beside "no new use"."""
    if same:
        return f"{upper(number(same))} way{' stays' if same == 1 else 's stay'} open."
    what = _stopped(facts, control_id)
    if not every:
        return f"{what}."
    return f"{what} for this purpose. Other uses go on."


def _stopped(facts: Facts, control_id: str) -> str:
    effect = facts.policy.controls[control_id].effect
    if effect is None:
        return "Nothing"
    refusing = effect.refusing
    if refusing.future == "continues":
        return "All of it"
    if refusing.stored == "continues":
        return "No new data"
    return "No new use" if choices.lasting(facts, control_id) else "Nothing"
