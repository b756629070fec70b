"""The words of a fact: "30 days", "1 March 2024", "Ireland and the United States"."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..policy.base import Strict
from ..policy.choices import Retention
from ..policy.schema import fields_of
from ..project import Project
from ..values import Duration
from .facts import Facts
from .keeping import keep_words
from .recipients import places
from .terms import BASES, DUTIES, FAMILIES, PURPOSES, RECIPIENTS, RIGHTS, SOURCES, SPREADS, TOLD
from .wording import day, lower, series

_PERIODS = frozenset(
    ("reach", "tell-before-change", "takes-effect", "lasts", "default", "options", "up-to", "then",
     "answer-within")
)  # fmt: skip
_ENDLESS = {"no-limit": "without a limit", "not-kept": "not at all"}
_TERMS = {
    ("Use", "purpose"): PURPOSES,
    ("Basis", "basis"): BASES,
    ("Recipient", "kind"): RECIPIENTS,
    ("Recipient", "must"): DUTIES,
    ("Control", "spreads-to"): SPREADS,
    ("Model", "family"): FAMILIES,
    ("Model", "sources"): SOURCES,
    ("Right", "right"): RIGHTS,
    ("Header", "told-by"): TOLD,
}


def words(project: Project, holder: Any, key: str, value: Any) -> str:
    """One value, or a list of them, in words; `holder` is what has it under `key`."""
    if isinstance(holder, Retention) and key == "keep":
        return keep_words(holder, Facts.of(project))
    kinds: tuple[str, ...] = ()
    owner = ""
    if isinstance(holder, Strict):
        owner = type(holder).__name__
        kinds = next(f.kinds for f in fields_of(owner) if f.key == key)
    if isinstance(value, list):
        if key == "regions":
            return places(value)
        return series(_one(project, (owner, key), kinds, item) for item in value)
    return _one(project, (owner, key), kinds, value)


def _one(project: Project, at: tuple[str, str], kinds: tuple[str, ...], value: Any) -> str:
    if kinds:
        facts, policy = Facts.of(project), project.policy
        return next((facts.name(k, value) for k in kinds if value in policy.entities(k)), value)
    if at in _TERMS:
        return lower(_TERMS[at][value])
    if isinstance(value, date):
        return day(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return f"{value:g}"
    return _period(value) if at[1] in _PERIODS else str(value)


def _period(text: str) -> str:
    """A period in words; words that stand for one stay."""
    if text in _ENDLESS:
        return _ENDLESS[text]
    try:
        return Duration.parse(text).words()
    except ValueError:
        return text.replace("-", " ")
