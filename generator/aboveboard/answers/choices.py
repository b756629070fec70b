"""Sentences about one control: its default, and what a refusal does in time."""

from __future__ import annotations

from ..policy.choices import Asked, Control
from ..policy.entities import State
from .facts import Facts, Row
from .model import Sentence
from .terms import ACTORS, SPREADS
from .wording import acts, day, period, quoted, sentence, upper, within

_ASKED = {
    "sign-up": "We ask when you sign up.",
    "pop-up": "We ask in a pop-up.",
    "e-mail": "We ask by e-mail.",
    "each-time": "We ask each time.",
    "settings-only": "We do not ask. It stands in the settings only.",
}
_PRESET = {
    "allowed": "The answer is preset to yes.",
    "refused": "The answer is preset to no.",
    "none": "No answer is preset.",
}
_NO_ANSWER = {
    "refused": "No answer counts as a no.",
    "allowed": "No answer counts as a yes.",
    "locked-out": "Without an answer you cannot go on.",
}
_KINDS = {
    "signal": "Your browser can say it for you: we follow Global Privacy Control.",
    "form": "It takes a form.",
    "e-mail": "It takes an e-mail.",
    "ticket": "It takes a request to our support.",
    "contract": "It takes a contract.",
    "upgrade": "It takes another plan.",
    "workaround": "There is no switch for this. It is a way around.",
}
_NEEDS = {
    "an-account": "You need an account.",
    "a-linked-account": "It needs an account that is linked to yours.",
    "identity-check": "We check who you are first.",
    "a-reason": "You have to give a reason.",
    "approval": "We have to approve it first.",
}
_KEPT = {
    "refused": "counts as a refusal",
    "allowed": "counts as a yes",
    "as-it-was": "stays as it was",
    "asked-again": "ends, and we ask again",
}


def default_sentences(facts: Facts, control_id: str) -> list[Sentence]:
    """What holds until somebody decides: derived from the lines that name the control."""
    control = facts.policy.controls[control_id]
    rows: dict[State, list[Row]] = {}
    for row in facts.deciding(control_id):
        rows.setdefault(row.line.state, []).append(row)
    said = []
    for state, found in rows.items():
        who = list(dict.fromkeys(row.who for row in found))
        start = f"{upper('; or '.join(who))}: " if len(rows) > 1 else ""
        claims = [c for row in found for c in facts.honoured(row.door, [control_id])]
        text = start + default_words(state, control)
        said.append(facts.say(text if start else upper(text), *found[0].where, claims=claims))
    return said


def default_words(state: State, control: Control) -> str:
    if state == "opt-out":
        return f"on until {acts([control], allow=False)}."
    if state == "opt-in":
        return f"off until {acts([control], allow=True)}."
    return "off, and we ask each time."


def is_opt_out(facts: Facts, control_id: str) -> bool:
    return any(row.line.state == "opt-out" for row in facts.deciding(control_id))


def label_sentences(facts: Facts, control_id: str) -> list[Sentence]:
    """The label as the product shows it, and whether it hides what it governs."""
    control = facts.policy.controls[control_id]
    if not control.label:
        return []
    at = ("controls", control_id)
    said = [facts.say(f"Its label in the product is {quoted(control.label)}.", *at, "label")]
    if control.label_says == "the-refusal":
        text = "The label names the refusal: to switch it on means that you refuse."
        said.append(facts.say(text, *at, "label-says"))
    elif control.label_says == "something-else":
        text = f"The label does not name what it decides: {control.name}."
        said.append(facts.say(text, *at, "label-says"))
    return said


# -- what a refusal does ---------------------------------------------------------------------


def effects(facts: Facts, control_id: str) -> list[tuple[str, Sentence]]:
    """The four effects of a refusal in time, each a sentence; none for a prompt."""
    effect = facts.policy.controls[control_id].effect
    if effect is None:
        return []
    refusing = effect.refusing
    rows = facts.deciding(control_id)
    honoured = [c for row in rows for c in facts.honoured(row.door, [control_id])]
    trains = any(row.door.use_id in facts.training for row in rows)
    at = ("controls", control_id, "effect", "refusing")
    checked = {
        "future": honoured if refusing.future == "stops" else [],
        "stored": honoured if refusing.stored == "stops" else [],
    }
    return [
        (
            _TIMES[trains][time],
            facts.say(
                _EFFECTS[trains][time, getattr(refusing, time)],
                *at,
                time,
                claims=checked.get(time, ()),
            ),
        )
        for time in ("future", "stored", "running", "trained")
    ]


def lasting(facts: Facts, control_id: str) -> list[Sentence]:
    """The effects in time that a refusal does not stop."""
    effect = facts.policy.controls[control_id].effect
    if effect is None:
        return []
    states = effect.refusing
    goes_on = [
        s == "continues" for s in (states.future, states.stored, states.running, states.trained)
    ]
    said = (sentence for _, sentence in effects(facts, control_id))
    return [sentence for sentence, on in zip(said, goes_on, strict=True) if on]


_TIMES = {
    True: {
        "future": "New data",
        "stored": "Data that we hold",
        "running": "Training under way",
        "trained": "Trained models",
    },
    False: {
        "future": "New data",
        "stored": "Data that we hold",
        "running": "Work under way",
        "trained": "Finished results",
    },
}
_EFFECTS = {
    True: {
        ("future", "stops"): "We leave your new data out.",
        ("future", "continues"): "We still use your new data.",
        ("stored", "erased"): "We erase the data that we already hold for this.",
        ("stored", "stops"): "We leave the data that we already hold out of later training.",
        ("stored", "continues"): "We still use the data that we already hold.",
        ("running", "stops"): "Training that is under way stops using your data.",
        ("running", "continues"): "Training that is under way goes on with your data.",
        ("trained", "removed"): "We take it out of models that are trained already.",
        ("trained", "continues"): "Models that are trained already keep what they learned.",
    },
    False: {
        ("future", "stops"): "We stop using your new data for this.",
        ("future", "continues"): "We still use your new data for this.",
        ("stored", "erased"): "We erase the data that we already hold for this.",
        ("stored", "stops"): "We stop using the data that we already hold for this.",
        ("stored", "continues"): "We still use the data that we already hold.",
        ("running", "stops"): "Work that is under way stops using your data.",
        ("running", "continues"): "Work that is under way is finished with your data.",
        ("trained", "removed"): "We remove the results that exist already.",
        ("trained", "continues"): "Results that exist already stay.",
    },
}


def allowing_sentences(facts: Facts, control_id: str) -> list[Sentence]:
    """What happens on allowing it (again)."""
    effect = facts.policy.controls[control_id].effect
    if effect is None or effect.allowing is None:
        return []
    at = ("controls", control_id, "effect", "allowing")
    if effect.allowing.stored == "stays-out":
        text = "Data from a time when it was off stays out."
    else:
        text = "Data from a time when it was off is used too."
    return [
        facts.say("From then on we use your new data.", *at),
        facts.say(text, *at, "stored"),
    ]


def delay_sentence(facts: Facts, control_id: str) -> Sentence | None:
    """How long a change takes."""
    period = facts.policy.controls[control_id].takes_effect
    if period is None:
        return None
    text = f"Your choice takes effect {within(period)}."
    return facts.say(text, "controls", control_id, "takes-effect")


def spread_sentence(facts: Facts, control_id: str) -> Sentence:
    control = facts.policy.controls[control_id]
    text = f"It holds {SPREADS[control.spreads_to]}."
    return facts.say(text, "controls", control_id, "spreads-to")


def loss_sentences(facts: Facts, control_id: str) -> list[Sentence]:
    """What one loses by refusing."""
    control = facts.policy.controls[control_id]
    at = ("controls", control_id)
    said = []
    if control.ends:
        uses = facts.named("uses", control.ends)
        said.append(facts.say(f"If you refuse, this ends for you: {uses}.", *at, "ends"))
    if control.costs != "nothing":
        said.append(facts.say(sentence(control.costs), *at, "costs"))
    if control.side_effects != "none":
        said.append(facts.say(sentence(control.side_effects), *at, "side-effects"))
    return said


def good_to_know(facts: Facts, control_id: str) -> list[Sentence]:
    """Reach, duration, conditions, older choices: one sentence each."""
    control = facts.policy.controls[control_id]
    at = ("controls", control_id)
    said = [*label_sentences(facts, control_id), spread_sentence(facts, control_id)]
    delay = delay_sentence(facts, control_id)
    said += [delay] if delay else []
    said += loss_sentences(facts, control_id) or [
        facts.say("You lose nothing if you refuse.", *at, "costs")
    ]
    if control.kind in _KINDS:
        said.append(facts.say(_KINDS[control.kind], *at, "kind"))
    if control.by != "you":
        text = f"{upper(ACTORS[control.by])} {'decide' if control.by == 'us' else 'decides'} this."
        said.append(facts.say(text, *at, "by"))
    if control.needs in _NEEDS:
        said.append(facts.say(_NEEDS[control.needs], *at, "needs"))
    said.append(facts.say(_lasts(control), *at, "lasts"))
    said += [_asked(facts, control_id, index) for index in range(len(control.asked))]
    for index, earlier in enumerate(control.earlier):
        text = f"An earlier choice, “{earlier.choice}”, {_KEPT[earlier.kept]}."
        said.append(facts.say(text, *at, "earlier", index))
    if control.locks:
        text = f"It also decides {facts.named('controls', control.locks)}."
        said.append(facts.say(text, *at, "locks"))
    return said


def _lasts(control: Control) -> str:
    if control.lasts == "until-changed":
        return "It stays as you set it." if control.by == "you" else "It stays as it is set."
    if control.lasts == "each-time":
        return "It counts for one time only."
    try:
        return f"It lasts for {period(control.lasts)}."
    except ValueError:
        return sentence(control.lasts)


def _asked(facts: Facts, control_id: str, index: int) -> Sentence:
    """When these people are asked, what is preset, by when they answer, what silence means."""
    asked: Asked = facts.policy.controls[control_id].asked[index]
    who = facts.who(asked)
    start = "" if who == "everyone" else f"{upper(who)}: "
    said = [_ASKED[asked.where], _PRESET[asked.preset]]
    if asked.deadline:
        said.append(f"The last day to answer is {day(asked.deadline)}.")
    if asked.no_answer:
        said.append(_NO_ANSWER[asked.no_answer])
    said[0] = f"{start}{said[0][:1].lower() if start else said[0][:1]}{said[0][1:]}"
    return facts.say(" ".join(said), "controls", control_id, "asked", index)
