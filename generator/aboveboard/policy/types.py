"""The words that policy entities are built of: ids, references, dates, durations, strictness."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from ..values import ID, Duration


def dashed(name: str) -> str:
    """`tell_before_change` is written `tell-before-change`, `from_` is written `from`."""
    return name.rstrip("_").replace("_", "-")


class Strict(BaseModel):
    """Unknown keys are errors, nothing is converted, and an entity never changes."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, alias_generator=dashed, defer_build=True
    )


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field whose ids must exist in one of these kinds."""

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)


def one_or_many(value: Any) -> Any:
    """Where a list is expected a single value will do."""
    return [value] if isinstance(value, str | dict | int | float | bool) else value


def is_id(value: str) -> str:
    if not ID.match(value):
        raise ValueError(f"'{value}' is not an id: lower-case words joined by hyphens")
    return value


def is_duration(value: str) -> str:
    return Duration.parse(value).text


def is_period(value: str) -> str:
    return value if value in ("not-kept", "no-limit") else is_duration(value)


def iso_date(value: Any) -> date:
    """Only `2026-12-01` is a date; a number or another order is not."""
    if isinstance(value, date):
        return value
    text = value if isinstance(value, str) else str(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise ValueError(f"'{text}' is not a date: {error}") from None
    raise ValueError(f"'{text}' is not a date such as 2026-12-01")


def is_link(value: str) -> str:
    if not re.match(r"(https?://[^\s<>\"']+|mailto:[^\s<>\"']+|/[^\s<>\"']*)\Z", value):
        raise ValueError(f"'{value}' is not a link that starts with https://, mailto: or /")
    return value


def is_text(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value


Id = Annotated[str, AfterValidator(is_id)]
Ids = Annotated[list[Id], BeforeValidator(one_or_many)]
Text = Annotated[str, AfterValidator(is_text)]
Texts = Annotated[list[Text], BeforeValidator(one_or_many)]
Iso = Annotated[date, BeforeValidator(iso_date)]
Link = Annotated[str, AfterValidator(is_link)]
Period = Annotated[str, AfterValidator(is_duration)]
KeepPeriod = Annotated[str, AfterValidator(is_period)]
Raw = str | int | float | bool
Raws = Annotated[list[Raw], BeforeValidator(one_or_many)]
Actor = Literal["you", "parent", "admin", "us"]
Position = Literal["allowed", "refused"]
