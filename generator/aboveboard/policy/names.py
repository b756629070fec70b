"""Named scopes: once all files are read, each takes the place of its name.

    scopes:
      adults-in-europe: {region: [eea, uk], age: adult}
      everyone-else: {not: adults-in-europe}
    uses:
      train: {..., applies: [{scope: adults-in-europe, ...}, {scope: everyone-else, ...}]}

A name stands wherever a scope can: alone, in a list beside others (their union), and in `not`
(taken away). What it means is written once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ..findings import Finding
from ..values import did_you_mean
from .mentions import Place, holders
from .model import Policy
from .scope import Named, Scope

# A longer chain of names is a mistake, or an attack.
MAX_CHAIN = 40


class _Written(NamedTuple):
    """A name of a scope: where it stands, and the list that holds it."""

    place: Place
    holder: list[Scope]
    at: int

    @property
    def name(self) -> str:
        named = self.holder[self.at]
        assert isinstance(named, Named)
        return named.written


def resolve(policy: Policy) -> Iterator[Finding]:
    """Puts scopes in the place of their names; what cannot be one stays a name, and is told."""
    if "otherwise" in policy.scopes:
        message = "'otherwise' cannot be the name of a scope: it takes the rest of a table"
        yield Finding("invalid-policy", message, policy.at("scopes", "otherwise"))
    written = [found for place, holder in holders(policy) for found in _names(place, holder)]
    if not written:
        return
    endless = _endless(written)
    known = policy.ids()["scopes"]
    for found in written:
        place, holder, at = found
        name = found.name
        if place.kind == "scopes" and name in endless and place.id in endless:
            message = (
                f"the scope '{place.id}' has no end: by '{name}' it leads back to itself, "
                f"or through more than {MAX_CHAIN} others"
            )
            yield Finding("scope-cycle", message, place.at(policy), hint="write the values here")
        elif name in policy.scopes:
            holder[at] = policy.scopes[name]
        elif name not in known and "scopes" not in policy.unread:
            yield _unknown(policy, place, name, known)


def _names(place: Place, holder: list[Scope]) -> Iterator[_Written]:
    for index, scope in enumerate(holder):
        if isinstance(scope, Named):
            yield _Written(place.below(index), holder, index)
        elif scope.not_:
            yield from _names(place.below(index, "not"), scope.not_)


def _endless(written: list[_Written]) -> set[str]:
    """The scopes that lead to themselves, or through more others than anybody can follow."""
    leads: dict[str, set[str]] = defaultdict(set)
    for found in written:
        if found.place.kind == "scopes":
            leads[found.place.id].add(found.name)
    for _ in range(MAX_CHAIN):
        done = [id_ for id_, names in leads.items() if leads.keys().isdisjoint(names)]
        if not done:
            break
        for id_ in done:
            del leads[id_]
    return set(leads)


def _unknown(policy: Policy, place: Place, name: str, known: set[str]) -> Finding:
    return Finding(
        "unknown-reference",
        f"'{name}' is not among the scopes of this policy",
        place.at(policy),
        hint=did_you_mean(name, known) or "this policy has no scopes: write axis and value",
    )
