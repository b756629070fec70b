"""The entities of a policy: header, data, events, uses, and the things that uses refer to.

Every class is one entity kind or a part of one; `reference/language` in the docs draws them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from .scope import Scoped, Scopes, Window
from .types import (
    Actor,
    Before,
    Id,
    Ids,
    Iso,
    Least,
    Link,
    Period,
    Ref,
    Strict,
    Text,
    Texts,
    one_or_many,
)


def named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class AxisValue(Strict):
    """A value of an axis, or with `of` a group: shorthand for several values."""

    name: Text
    of: Ids = []


class Controller(Scoped):
    """Who is responsible, and how to reach them."""

    name: Text
    contact: Text
    representative: Text | None = None


class Legal(Scoped):
    """Which legal text governs whom."""

    name: Text
    url: Link


class Header(Strict):
    """The title block, and the closed lists (axes) that scopes use.

    `words` explains terms of art to readers, by id, beside those that the site explains itself.
    """

    service: Text
    version: Text
    effective: Iso
    language: Text = "en"
    controllers: Annotated[list[Controller], Least(1)]
    documents: list[Legal] = []
    axes: dict[Id, dict[Id, Annotated[AxisValue, Before(named)]]] = {}
    impossible: Scopes = []
    wrong: Text | None = None
    words: dict[Id, Text] = {}


class Takes(Strict):
    """What an event makes the service take, and how far it reaches back."""

    data: Annotated[Ids, Ref("data")]
    reach: Text = "item"

    def checked(self) -> Self:
        from ..values import Duration

        if self.reach not in ("item", "conversation", "session", "everything"):
            try:
                Duration.parse(self.reach)
            except ValueError:
                raise ValueError(
                    f"reach '{self.reach}' is not item, conversation, session, everything "
                    "or a duration such as PT24H"
                ) from None
        return self


class Event(Strict):
    """Something that somebody does; `name` is a clause after "when"."""

    name: Text
    by: Actor | Literal["court", "anyone"]
    takes: Annotated[list[Takes], Before(one_or_many)] = []


BUILT_IN_EVENTS = {
    "you-delete": {"name": "you delete it", "by": "you"},
    "account-closed": {"name": "you close your account", "by": "you"},
}


class Data(Strict):
    """A data category; `name` is a noun phrase such as "what you write in chats"."""

    name: Text
    origin: Literal[
        "provided", "observed", "derived", "generated", "public", "licensed", "third-party"
    ]
    examples: Texts = []
    includes: Texts = []
    excludes: Texts = []
    unlike: Annotated[Ids, Ref("data")] = []
    from_: Annotated[Ids, Ref("data")] = []
    visible_to: Literal["you", "group", "organisation", "public"] = "you"
    about: Literal["you", "others", "both"] = "you"
    special: bool = False
    dpv: Text | None = None


State = Literal["never", "ask", "opt-in", "opt-out", "always"]
DECIDED = ("ask", "opt-in", "opt-out")


class Line(Scoped):
    """One answer for one group of people."""

    state: State
    control: Annotated[Ids, Ref("controls")] = []
    why: Text | None = None

    def checked(self) -> Self:
        if self.state in DECIDED and not self.control:
            raise ValueError(f"state '{self.state}' needs a 'control': where does one decide?")
        if self.state not in DECIDED and self.control:
            raise ValueError(f"state '{self.state}' has no control, yet 'control' is given")
        return self


Lines = Annotated[list[Line], Before(one_or_many), Least(1)]


class Route(Strict):
    """A further door into a use, opened by an event; an opt-out that it does not name leaves
    it open."""

    name: Text | None = None
    when: Annotated[Id, Ref("events")]
    data: Annotated[Ids, Ref("data")] = []
    applies: Lines
    steps: Annotated[Ids | None, Ref("steps")] = None
    why: Text | None = None


def exclusion(value: Any) -> Any:
    items = value if isinstance(value, list) else [value]
    return [{"data": item} if isinstance(item, str) else item for item in items]


class Exclusion(Strict):
    """Data that enters by no route, unless an event has made it other data."""

    data: Annotated[Ids, Ref("data")]
    unless: Annotated[Id | None, Ref("events")] = None
    becomes: Annotated[Id | None, Ref("data")] = None


class Basis(Scoped):
    """The legal basis, and whose interest it is."""

    basis: Literal[
        "consent",
        "explicit-consent",
        "contract",
        "legal-obligation",
        "vital-interests",
        "public-interest",
        "legitimate-interests",
        "research",
        "your-direction",
    ]
    interest: Text | None = None
    of: Texts = []


Purpose = Literal[
    "provide-service",
    "train-model",
    "fine-tune-model",
    "evaluate-model",
    "improve-service",
    "personalise",
    "analytics",
    "safety-and-abuse",
    "human-review",
    "anonymise",
    "research",
    "support",
    "legal-duty",
    "advertising",
    "profiling",
    "sell-or-license",
]


class Use(Strict):
    """What data is used for, by which doors, and who decides; `name` is a gerund phrase."""

    name: Text
    purpose: Purpose
    models: Annotated[Ids, Ref("models")] = []
    data: Annotated[Ids, Ref("data"), Least(1)]
    reach: Period | None = None
    never: Annotated[list[Exclusion], Before(exclusion)] = []
    applies: Lines
    also: dict[Id, Route] = {}
    steps: Annotated[Ids, Ref("steps")] = []
    recipients: Annotated[Ids, Ref("recipients")] = []
    basis: Annotated[list[Basis], Before(one_or_many)] = []
    tell_before_change: Period | None = None


class Recipient(Strict):
    """Who else gets data, people who read it included."""

    name: Text
    kind: Literal[
        "staff",
        "contractor",
        "processor",
        "model-provider",
        "affiliate",
        "licensee",
        "your-organisation",
        "public",
        "authority",
        "third-party",
    ]
    regions: Texts = []
    must: Annotated[
        list[
            Literal[
                "confidentiality",
                "delete-downstream",
                "no-reidentification",
                "no-training",
                "no-onward-sharing",
            ]
        ],
        Before(one_or_many),
    ] = []
    paid: bool = False
    deletion_reaches: bool = True


class Model(Strict):
    """A family of models, what it learned from and whom it serves."""

    name: Text
    family: Literal["generative", "predictive", "safety", "speech", "ranking", "embedding"]
    sources: Annotated[
        list[
            Literal[
                "public-web",
                "licensed",
                "users",
                "crowd-workers",
                "feedback",
                "flagged",
                "synthetic",
                "internal",
            ]
        ],
        Before(one_or_many),
    ] = []
    collected: Window | None = None
    serves: Literal["everyone", "one-customer", "us"] = "everyone"


class Safeguard(Strict):
    """What is done against a harm that models learn, and what it cannot do."""

    name: Text
    against: Literal["bias", "memorisation", "misuse", "error"]
    kind: Literal["constitution", "evaluation", "review", "filter", "sampling"]
    uses: Annotated[Ids, Ref("uses")] = []
    does: Texts
    cannot: Annotated[Texts, Least(1)]
    tested: Text | None = None
    last_tested: Iso | None = None
