"""The entities of change: records of what will change, corrections, and what must be signed."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from .scope import Scoped
from .types import Before, Ids, Iso, Least, Period, Strict, Text, Texts, one_or_many

Channels = Annotated[list[Literal["e-mail", "in-product", "site", "post"]], Before(one_or_many)]
Needed = Literal["required", "advised", "none"]
Statements = Literal[
    "all",
    "policy",
    "data",
    "events",
    "uses",
    "controls",
    "steps",
    "copies",
    "retention",
    "recipients",
    "rights",
    "models",
    "safeguards",
    "questions",
]


class ChangeRecord(Scoped):
    """What people are told of before a change that weakens a promise, by the keys of `diff`."""

    what: Annotated[Texts, Least(1)]
    reason: Text
    announced: Iso | None = None
    effective: Iso
    told_by: Annotated[Channels, Least(1)]
    earlier_data: Literal["old-rule", "new-rule", "erased", "asked"]

    def checked(self) -> Self:
        if self.announced and self.announced > self.effective:
            raise ValueError("'announced' must not be later than 'effective'")
        return self


class Correction(Strict):
    """What the site says in the place of statements that do not hold at present."""

    claims: Annotated[Texts, Least(1)]
    since: Iso
    instead: Text
    owner: Text
    expires: Iso

    def checked(self) -> Self:
        if self.expires < self.since:
            raise ValueError("'expires' must not be earlier than 'since'")
        return self


class Suppression(Strict):
    """What the team has looked at and leaves as it is until a day; no reader learns of it."""

    rule: Text
    at: Annotated[Texts, Least(1)]
    findings: Texts = []
    reason: Text
    owner: Text
    expires: Iso


class Gate(Strict):
    """Other rules for some changes: those whose key starts with one of `changes`."""

    changes: Annotated[Texts, Least(1)]
    notice: Period | None = None
    weakens: Needed | None = None
    unclear: Needed | None = None


class SignOff(Strict):
    """Which statements need a signature, and of which role."""

    statements: Annotated[list[Statements], Before(one_or_many), Least(1)]
    role: Annotated[Ids, Least(1)]
    lasts: Period | None = None
    severity: Literal["error", "warning"] = "error"


class Review(Strict):
    """What must happen before a change goes out, who signs what, and what nobody has confirmed."""

    notice: Period = "P30D"
    weakens: Needed = "required"
    unclear: Needed = "advised"
    gates: Annotated[list[Gate], Before(one_or_many)] = []
    sign_off: Annotated[list[SignOff], Before(one_or_many)] = []
    to_confirm: dict[str, Text] = {}
