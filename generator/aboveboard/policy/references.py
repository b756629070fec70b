"""Every id that an entity names must exist: the kinds stand in the entity's own field types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..findings import Finding
from ..values import did_you_mean
from .base import Strict
from .model import KINDS, Policy
from .schema import fields_of

HOLDERS = ("us", "you", "your-organisation")


def findings(policy: Policy) -> Iterator[Finding]:
    """One finding per id that exists nowhere, with the nearest right spelling."""
    for kind in KINDS:
        for id_, entity in policy.entities(kind).items():
            yield from _in_model(policy, kind, id_, entity, ())
    if policy.bindings:
        yield from _in_model(policy, "bindings", "", policy.bindings, ())
    yield from _copies(policy)


def _in_model(
    policy: Policy, kind: str, id_: str, model: Strict, path: tuple[str | int, ...]
) -> Iterator[Finding]:
    for name, key, kinds, _ in fields_of(type(model).__name__):
        value = getattr(model, name)
        if kinds:
            yield from _unknown(policy, kind, id_, value, kinds, (*path, key))
        if isinstance(value, Strict):
            yield from _in_model(policy, kind, id_, value, (*path, key))
        elif isinstance(value, list | dict):
            items = value.items() if isinstance(value, dict) else enumerate(value)
            for step, child in items:
                if isinstance(child, Strict):
                    yield from _in_model(policy, kind, id_, child, (*path, key, step))


def _unknown(
    policy: Policy,
    kind: str,
    id_: str,
    value: Any,
    kinds: tuple[str, ...],
    path: tuple[str | int, ...],
) -> Iterator[Finding]:
    is_keys = isinstance(value, dict)
    named = list(value) if isinstance(value, list | dict) else [value]
    if policy.unread & {*kinds}:
        return  # what it names may stand in the part that could not be read
    known = {known_id for k in kinds for known_id in _known(policy, k)}
    for index, name in enumerate(named):
        if name is None or name in known or (is_keys and _is_route(policy, name)):
            continue
        step = name if is_keys else index
        use, slash, route = name.partition("/")
        if is_keys and slash and use in known and use not in policy.uses:
            continue  # the use has faults of its own, so its routes are not known
        place = policy.at(kind, id_, *path, step, key=is_keys)
        message = f"'{name}' is not among the {' or '.join(kinds)} of this policy"
        hint = did_you_mean(name, known) or f"this policy has no {' or '.join(kinds)}"
        if is_keys and slash and use in policy.uses:
            message = f"use '{use}' has no route '{route}'"
            hint = did_you_mean(route, policy.uses[use].also) or "routes stand in its 'also'"
        yield Finding("unknown-reference", message, place, hint=hint)


def _known(policy: Policy, kind: str) -> set[str]:
    """Ids of a kind, those included whose entity has faults of its own."""
    return {*policy.entities(kind), *(i for k, i in policy.documents if k == kind)}


def _is_route(policy: Policy, name: str) -> bool:
    use, _, route = name.partition("/")
    return use in policy.uses and route in policy.uses[use].also


def _copies(policy: Policy) -> Iterator[Finding]:
    if "recipients" in policy.unread:
        return
    known = {*HOLDERS, *_known(policy, "recipients")}
    for id_, copy in policy.copies.items():
        if copy.holder not in known:
            yield Finding(
                "unknown-reference",
                f"'{copy.holder}' is not a recipient, nor one of {', '.join(HOLDERS)}",
                policy.at("copies", id_, "holder"),
                hint=did_you_mean(copy.holder, known),
            )
