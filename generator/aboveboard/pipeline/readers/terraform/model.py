"""What is made of one resource: a store with its names, and how long it keeps things."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from ....values import Duration
from ...graph import UNKNOWN, Setting
from ...part import Place
from ..regions import country
from .node import Node
from .plan import Plan, Resource, known

DAY = 86_400
_MANY = 1_000_000_000  # a duration has nine digits
_SECONDS = re.compile(r"(\d{1,12})(?:\.\d*)?s\Z", re.ASCII)


class Stored(NamedTuple):
    """A store and the name that it goes by; `path` is where it lies, if that is another name."""

    id: str
    place: Place
    path: str = ""


Keeps = Callable[[str], Setting]


def always(setting: Setting) -> Keeps:
    """All that lies in the store is kept alike."""
    return lambda rest: setting


def duration(seconds: int) -> Duration:
    """In the largest unit that it is whole in; what is too long to be written is made whole."""
    seconds = max(seconds, 0)
    if seconds % DAY == 0 or seconds >= _MANY:
        return Duration.parse(f"P{min(-(-seconds // DAY), _MANY - 1)}D")
    return Duration.parse(f"PT{seconds // 3600}H" if seconds % 3600 == 0 else f"PT{seconds}S")


def words(seconds: int) -> str:
    return duration(seconds).words()


def unreadable(node: Node, what: str) -> Setting:
    why = "is a secret" if node.secret is True else "is known only once it is applied"
    if not node.hidden:
        why = "cannot be read"
    return Setting(UNKNOWN, node.fact(f"{what} {why}", "unknown"))


def seconds_of(node: Node, key: str) -> Any:
    """`86400s` as a number, None, or UNKNOWN."""
    text = node.text(key)
    if not known(text):
        return text
    match = _SECONDS.match(text)
    if not match:
        node.source.fault((*node.path, key), f"'{key}' must be a time such as 604800s")
        return UNKNOWN
    return int(match[1])


def named(resource: Resource, *attributes: str) -> list[str] | None:
    """The texts of attributes; None if one of them is missing, unknown or secret."""
    found = [resource.values.text(a) for a in attributes]
    return found if all(known(text) for text in found) else None


def region(plan: Plan, resource: Resource, *attributes: str) -> tuple[str, ...] | None:
    """Where a resource is: by its own attribute, or else by its provider's region."""
    for attribute in attributes:
        said = resource.values.text(attribute)
        if said is UNKNOWN and resource.values[attribute].secret is True:
            return None
        if known(said):
            return (country(said),)
    said = plan.provider(resource, "region")
    return (country(said),) if said else None


def stored(resource: Resource, name: str | None, what: str, keeps: Setting | Keeps | None,
           regions: tuple[str, ...] | None = None, **more: Any) -> Stored:  # fmt: skip
    """A store by its own name and by its address; `more` is of Place."""
    id_ = name or resource.address
    how = always(keeps) if isinstance(keeps, Setting) else keeps
    fact = resource.fact(f"{what} {id_}")
    return Stored(id_, Place((id_, resource.address), fact, how, regions, **{"sep": "", **more}))
