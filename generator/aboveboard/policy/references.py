"""Every id that an entity names must exist: the kinds stand in the entity's own field types."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from ..findings import Finding
from ..values import did_you_mean
from .axes import COLLECTED
from .base import Strict
from .bindings import Bindings
from .model import KINDS, Policy
from .schema import Field, fields_of

Path = tuple[str | int, ...]

HOLDERS = ("us", "you", "your-organisation")


def findings(policy: Policy) -> Iterator[Finding]:
    """One finding per id that exists nowhere, with the nearest right spelling."""
    search = _Search(policy, policy.ids())
    for kind in KINDS:
        for id_, entity in policy.entities(kind).items():
            yield from search.within(kind, id_, entity, ())
    if policy.bindings:
        yield from search.within("bindings", "", policy.bindings, ())
        yield from _meaningless(policy, policy.bindings)
    yield from _copies(policy)


def _meaningless(policy: Policy, bindings: Bindings) -> Iterator[Finding]:
    """One finding per axis field of which nobody says what its values mean."""
    for axis, fields in bindings.axes.items():
        for field, values in fields.items():
            if not values and axis != COLLECTED:
                yield Finding(
                    "invalid-policy",
                    f"'{field}' is bound to the axis '{axis}', but which value means what?",
                    policy.at("bindings", "", "axes", axis),
                    hint=f"say it: {axis}: {{{field}: {{VALUE: RAW VALUE, …}}}}",
                )


class _Search(NamedTuple):
    """Looks for names that no entity has; `known` are the ids of each kind."""

    policy: Policy
    known: dict[str, set[str]]

    def within(self, kind: str, id_: str, model: Strict, path: Path) -> Iterator[Finding]:
        for name, key, kinds, part in _linked_fields(type(model).__name__):
            value = getattr(model, name)
            if kinds and not self._is_known(value, kinds):
                yield from self._unknown(kind, id_, value, kinds, (*path, key))
            if isinstance(value, Strict):
                yield from self.within(kind, id_, value, (*path, key))
            elif part and isinstance(value, list | dict):
                items = value.items() if isinstance(value, dict) else enumerate(value)
                for step, child in items:
                    if isinstance(child, Strict):
                        yield from self.within(kind, id_, child, (*path, key, step))

    def _is_known(self, value: Any, kinds: tuple[str, ...]) -> bool:
        """Whether all that is named exists, as it nearly always does."""
        if value is None:
            return True
        named = value if isinstance(value, list | dict) else (value,)
        return len(kinds) == 1 and self.known[kinds[0]].issuperset(named)

    def _unknown(
        self, kind: str, id_: str, value: Any, kinds: tuple[str, ...], path: Path
    ) -> Iterator[Finding]:
        policy = self.policy
        is_keys = isinstance(value, dict)
        named = list(value) if isinstance(value, list | dict) else [value]
        if policy.unread & {*kinds}:
            return  # what it names may stand in the part that could not be read
        known = {known_id for k in kinds for known_id in self.known[k]}
        for index, name in enumerate(named):
            if name in known or (is_keys and _is_route(policy, name)):
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


@cache
def _linked_fields(name: str) -> list[Field]:
    """The fields of a class that name entities, or hold what does."""
    return [f for f in fields_of(name) if f.kinds or (f.model and _names_any(f.model))]


@cache
def _names_any(name: str) -> bool:
    return name != "Scope" and bool(_linked_fields(name))


def _is_route(policy: Policy, name: str) -> bool:
    use, _, route = name.partition("/")
    return use in policy.uses and route in policy.uses[use].also


def _copies(policy: Policy) -> Iterator[Finding]:
    if "recipients" in policy.unread:
        return
    known = {*HOLDERS, *policy.ids()["recipients"]}
    for id_, copy in policy.copies.items():
        if copy.holder not in known:
            yield Finding(
                "unknown-reference",
                f"'{copy.holder}' is not a recipient, nor one of {', '.join(HOLDERS)}",
                policy.at("copies", id_, "holder"),
                hint=did_you_mean(copy.holder, known),
            )
