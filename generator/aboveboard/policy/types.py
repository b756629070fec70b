"""The words that policy entities are built of: ids, references, dates, durations, strictness."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from ..values import ID, Duration
from .base import After, Before, Least, Ref, Strict, dashed

__all__ = ["After", "Before", "Least", "Ref", "Strict", "dashed"]


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
    if not re.match(r"((https?://|mailto:|tel:)[^\s<>\"']+|/[^\s<>\"']*)\Z", value):
        raise ValueError(f"'{value}' is not a link that starts with https://, mailto:, tel: or /")
    return value


def is_text(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value


Id = Annotated[str, After(is_id)]
Ids = Annotated[list[Id], Before(one_or_many)]
Text = Annotated[str, After(is_text)]
Texts = Annotated[list[Text], Before(one_or_many)]
Iso = Annotated[date, Before(iso_date)]
Link = Annotated[str, After(is_link)]
Period = Annotated[str, After(is_duration)]
KeepPeriod = Annotated[str, After(is_period)]
Raw = str | int | float | bool
Raws = Annotated[list[Raw], Before(one_or_many)]
Actor = Literal["you", "parent", "admin", "us"]
Position = Literal["allowed", "refused"]
