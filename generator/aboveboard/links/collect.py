"""Every address that the policy sends people to, wherever it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_type_hints
from urllib.parse import urljoin

from ..policy.base import After, Strict
from ..policy.mentions import Place
from ..policy.model import KINDS, Policy
from ..policy.schema import classes, fields_of
from ..policy.types import is_link
from .model import Kind, Link

_WEB = re.compile(r"https://[^\s<>\"'`{}\\]+", re.ASCII)  # what the site makes a link of
_MAIL = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]*")
_REACH = ("contact", "wrong")  # of these texts, whatever has an @ is meant to be an address
_KINDS: dict[str, Kind] = {"mailto": "mail", "tel": "phone"}


def links(policy: Policy, site: str = "") -> list[Link]:
    """The links of a policy in the order of its kinds; `site` is where the site will lie, which an
    address that starts with a slash is joined to."""
    found: list[Link] = []
    for place, text, whole in _texts(policy):
        for address in [text] if whole else _addresses(place, text):
            found.append(_link(policy, place, address, site))
    return list(dict.fromkeys(found))


def _texts(policy: Policy) -> Iterator[tuple[Place, str, bool]]:
    """Every text with its place, and whether all of it is one address."""
    if policy.header:
        yield from _within(policy.header, Place("policy", ""))
    for kind in KINDS:
        for id_, entity in policy.entities(kind).items():
            yield from _within(entity, Place(kind, id_))


def _within(value: Any, place: Place, whole: bool = False) -> Iterator[tuple[Place, str, bool]]:
    if isinstance(value, str):
        yield place, value, whole
    elif isinstance(value, Strict):
        name = type(value).__name__
        for field in fields_of(name) if name in classes() else ():
            address = field.name in _whole(name)
            yield from _within(getattr(value, field.name), place.below(field.key), address)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _within(item, place.below(key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _within(item, place.below(index))


@cache
def _whole(name: str) -> frozenset[str]:
    """The fields of a class that hold an address and nothing else, by their type."""
    hints = get_type_hints(classes()[name], include_extras=True)
    return frozenset(name for name, hint in hints.items() if _is_link(hint))


def _is_link(hint: Any) -> bool:
    marks = getattr(hint, "__metadata__", ())
    return After(is_link) in marks or any(_is_link(part) for part in get_args(hint))


def _addresses(place: Place, text: str) -> Iterator[str]:
    for found in _WEB.findall(text):
        yield found.rstrip(".,;:!?)")
    for found in _MAIL.findall(_WEB.sub(" ", text)):
        address = found.rstrip(".!?")
        if place.path[-1] in _REACH or re.search(r"@[\w-]+\.\w", address):
            yield f"mailto:{address}"


def _link(policy: Policy, place: Place, address: str, site: str) -> Link:
    scheme = address.partition(":")[0].lower()
    if address.startswith("/") and site:
        address = urljoin(site, address)
    at = place.at(policy)
    if scheme in _KINDS:
        return Link(_KINDS[scheme], address, at)
    acts = place.kind in ("controls", "rights")
    return Link("web", address, at, _open(policy, place), acts)


def _open(policy: Policy, place: Place) -> str:
    """Why everybody must reach an address without signing in; "" if nobody promised it."""
    if place.kind == "controls":
        control = policy.controls[place.id]
        if control.needs != "nothing" or control.by in ("admin", "us"):
            return ""
        return f"'{place.id}' does not say that it needs an account"
    if place.kind == "rights":
        who = policy.rights[place.id].who
        return "" if who == "users" else f"the right '{place.id}' is for {who}"
    return "it is for everybody to read"
