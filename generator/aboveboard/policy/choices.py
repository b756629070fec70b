"""The entities of choice, protection and time: controls, steps, copies, retention, rights."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from .scope import Scoped
from .types import (
    Actor,
    Before,
    Id,
    Ids,
    Iso,
    KeepPeriod,
    Least,
    Link,
    Period,
    Position,
    Ref,
    Strict,
    Text,
    Texts,
    one_or_many,
)

# -- controls -------------------------------------------------------------------------------


class Refusing(Strict):
    """What a refusal does to data from now on, stored data, running training, trained models."""

    future: Literal["stops", "continues"]
    stored: Literal["erased", "stops", "continues"]
    running: Literal["stops", "continues"]
    trained: Literal["removed", "continues"]


class Allowing(Strict):
    """Whether data from a time of refusal enters once allowed."""

    future: Literal["starts"] = "starts"
    stored: Literal["stays-out", "starts"]


class Effect(Strict):
    """What changing a control does."""

    refusing: Refusing
    allowing: Allowing | None = None


class How(Scoped):
    """The clicks, labels quoted as the product shows them."""

    do: Annotated[Texts, Least(1)]
    url: Link | None = None


class Way(How):
    """The clicks of a control; `to` says to which position they lead, if not to both."""

    to: Position | None = None


class Asked(Scoped):
    """The moment when people are asked."""

    where: Literal["sign-up", "pop-up", "e-mail", "each-time", "settings-only"]
    preset: Literal["refused", "none", "allowed"]
    deadline: Iso | None = None
    no_answer: Literal["refused", "locked-out", "allowed"] | None = None


class Earlier(Strict):
    """What became of a choice made before."""

    choice: Text
    kept: Position | Literal["as-it-was", "asked-again"]


class Control(Scoped):
    """A permission that somebody allows or refuses; `name` is the permission, a noun phrase."""

    name: Text
    label: Text | None = None
    label_says: Literal["the-permission", "the-refusal", "something-else"] = "the-permission"
    kind: Literal[
        "switch",
        "signal",
        "prompt",
        "form",
        "e-mail",
        "ticket",
        "contract",
        "upgrade",
        "workaround",
    ]
    by: Actor = "you"
    how: Annotated[list[Way], Before(one_or_many), Least(1)]
    needs: Literal[
        "nothing", "an-account", "a-linked-account", "identity-check", "approval", "a-reason"
    ] = "nothing"
    costs: Text = "nothing"
    side_effects: Text = "none"
    effect: Effect | None = None
    takes_effect: Period | None = None
    spreads_to: Literal["item", "browser", "device", "account", "linked-accounts", "organisation"]
    lasts: Text = "until-changed"
    asked: Annotated[list[Asked], Before(one_or_many)] = []
    earlier: Annotated[list[Earlier], Before(one_or_many)] = []
    locks: Annotated[Ids, Ref("controls")] = []
    ends: Annotated[Ids, Ref("uses")] = []

    def checked(self) -> Self:
        if self.effect is None and self.kind != "prompt":
            raise ValueError(
                "'effect' is missing: say what refusing does to future, stored, running and trained"
            )
        return self


# -- steps ----------------------------------------------------------------------------------


class Relink(Strict):
    """Who can tie data to a person again, and for what: uses of this policy, or `why` in words."""

    by: Text
    for_: Annotated[Ids, Ref("uses")] = []
    why: Text | None = None

    def checked(self) -> Self:
        if not self.for_ and not self.why:
            raise ValueError("say 'for' (a use of this policy) or 'why'")
        return self


def nobody_or_many(value: Any) -> Any:
    """Where nobody can, no list is written."""
    return [] if value == "nobody" else one_or_many(value)


Technique = Literal[
    "unlinking",
    "keyed-hash",
    "random-id",
    "redaction",
    "masking",
    "record-suppression",
    "local-suppression",
    "aggregation",
    "k-anonymity",
    "differential-privacy",
    "noise-addition",
    "generalisation",
    "location-coarsening",
    "rounding",
    "sampling",
    "encryption",
    "synthetic-data",
    "deduplication",
    "memorisation-test",
    "output-filter",
    "face-blur",
    "metadata-strip",
    "voice-transform",
    "discard-plaintext",
]
Parameter = Literal[
    "k", "min-people", "area-km2", "epsilon", "delta", "sample-rate", "recall", "min-length"
]
LARGER_PROTECTS = {
    "k": True,
    "min-people": True,
    "area-km2": True,
    "recall": True,
    "min-length": True,
    "epsilon": False,
    "delta": False,
    "sample-rate": False,
}
Strength = Literal[
    "none", "unlinked", "pseudonymised", "reduced", "de-identified", "aggregated", "anonymised"
]
Stage = Literal[
    "before-storage", "before-review", "before-training", "before-sharing", "before-publication"
]


class Step(Strict):
    """A de-identification or other protection at one stage; `name` is a verb phrase.

    `strength` is derived from the technique; writing it can only lower it. `per` is whose records
    a sampling rate counts. `relink` says who is able to undo it, `re-identify` who will ever try.
    """

    name: Text
    technique: Technique
    data: Annotated[Ids, Ref("data")] = []
    entities: Annotated[list[Id], Before(one_or_many)] = []
    parameters: dict[Parameter, float] = {}
    per: Literal["all", "person", "organisation"] = "all"
    done_by: Literal["rules", "model", "people"] | None = None
    detector: Text | None = None
    stage: Stage
    strength: Strength | None = None
    relink: Annotated[list[Relink], Before(nobody_or_many)]
    re_identify: Literal["never", "if-law-permits"] | None = None
    never_joined_with: Annotated[Ids, Ref("data")] = []
    on_failure: Literal["drop", "stop", "pass"] = "drop"
    afterwards: Literal["still-covered", "leaves-policy"] = "still-covered"
    limits: Text
    tested: Text | None = None

    def checked(self) -> Self:
        if self.re_identify == "never" and self.relink:
            raise ValueError("'re-identify: never' and 'relink' contradict each other")
        return self


# -- copies and retention ---------------------------------------------------------------------


class Copy(Strict):
    """A place where data lies."""

    name: Text
    holder: Id = "us"
    linked: bool = True
    regions: Texts = []


class Keep(Strict):
    """A period, or one that somebody chooses: the default holds until then."""

    default: KeepPeriod
    options: Annotated[list[KeepPeriod], Before(one_or_many)] = []
    up_to: Period | None = None
    by: Actor = "you"

    @property
    def chosen(self) -> bool:
        return bool(self.options or self.up_to)

    @property
    def longest(self) -> list[str]:
        """Every period that can hold."""
        return [p for p in (self.default, *self.options, self.up_to) if p]


def keep_as_default(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)  # so that it is refused as a duration, not as a mapping
    return {"default": value} if isinstance(value, str) else value


class Retention(Scoped):
    """How long data is kept in a copy: for `keep` or until an event, whichever comes first."""

    data: Annotated[Ids, Ref("data")]
    copy_: Annotated[Id, Ref("copies")]
    keep: Annotated[Keep, Before(keep_as_default)] | None = None
    until: Annotated[Ids, Ref("events")] = []
    then: Period | None = None
    when: Annotated[Id | None, Ref("events")] = None
    why: Text | None = None

    def checked(self) -> Self:
        if self.keep is None and not self.until:
            raise ValueError("say 'keep', 'until' or both")
        if self.then and not self.until:
            raise ValueError("'then' is counted from an event in 'until', and none is given")
        return self


class Right(Scoped):
    """What people can ask for, and how; `except` are the models and copies that it cannot reach."""

    right: Literal[
        "access",
        "correct",
        "erase",
        "restrict",
        "port",
        "object",
        "withdraw",
        "complain",
        "opt-out-of-sale",
        "human-review",
    ]
    who: Literal["users", "non-users", "everyone"] = "everyone"
    how: Annotated[list[How], Before(one_or_many), Least(1)]
    answer_within: Period | None = None
    weighed: Texts = []
    except_: Annotated[Ids, Ref("models", "copies")] = []
    limits: Texts = []
