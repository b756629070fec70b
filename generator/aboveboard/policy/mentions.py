"""Every scope of a policy: where it was written, and what it names that does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..findings import Finding, Location
from ..values import did_you_mean
from .axes import RESERVED
from .base import Strict
from .entities import Header
from .model import KINDS, Policy
from .schema import fields_of
from .scope import Scope

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """A value within an entity, by the keys that lead to it."""

    kind: str
    id: str
    path: Path = ()

    def below(self, *path: str | int) -> Place:
        return Place(self.kind, self.id, (*self.path, *path))

    def at(self, policy: Policy, *, key: bool = False) -> Location:
        """Where it was written; a single value that stands for a list has no index."""
        document = policy.documents.get((self.kind, self.id))
        if document is None:
            return policy.at(self.kind, self.id)
        base: Path = (self.kind, self.id) if self.id else (self.kind,)
        written = base
        for step in self.path:
            if step != 0 or (*written, step) in document.values:
                written = (*written, step)
        return policy.at(self.kind, self.id, *written[len(base) :], key=key)


def findings(policy: Policy) -> Iterator[Finding]:
    """One finding per axis, value or control that a scope or group names and nobody declared."""
    if policy.header is None:
        return
    yield from _header(policy, policy.header)
    for place, scope in scopes(policy):
        yield from unknown(policy, policy.header, place, scope)


def scopes(policy: Policy) -> Iterator[tuple[Place, Scope]]:
    """Every scope in the policy; those that another takes away are within it."""
    if policy.header:
        yield from _within(policy.header, Place("policy", ""))
    for kind in KINDS:
        for id_, entity in policy.entities(kind).items():
            yield from _within(entity, Place(kind, id_))


def _within(value: Any, place: Place) -> Iterator[tuple[Place, Scope]]:
    if isinstance(value, Scope):
        yield place, value
    elif isinstance(value, Strict):
        for field in fields_of(type(value).__name__):
            if field.model:  # only a class of ours can hold a scope
                yield from _within(getattr(value, field.name), place.below(field.key))
    elif isinstance(value, list | dict):
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _within(child, place.below(step))


def unknown(policy: Policy, header: Header, place: Place, scope: Scope) -> Iterator[Finding]:
    """What one scope names that does not exist."""
    for axis, values in scope.axes.items():
        if axis not in header.axes or axis in RESERVED:
            yield _unknown_axis(policy, header, place.below(axis))
            continue
        known = header.axes[axis]
        for index, value in enumerate(values):
            if value not in known:
                at = place.below(axis, index).at(policy)
                message = f"'{value}' is not a value of '{axis}'"
                yield Finding("unknown-value", message, at, hint=did_you_mean(value, known))
    # A control whose own entry has faults is known all the same.
    controls = {*policy.controls, *(id_ for kind, id_ in policy.documents if kind == "controls")}
    for control in scope.choice:
        if control not in controls:
            at = place.below("choice", control).at(policy, key=True)
            message = f"'{control}' is not among the controls of this policy"
            yield Finding("unknown-reference", message, at, hint=did_you_mean(control, controls))
    for index, taken in enumerate(scope.not_):
        yield from unknown(policy, header, place.below("not", index), taken)


def _unknown_axis(policy: Policy, header: Header, place: Place) -> Finding:
    axis = str(place.path[-1])
    return Finding(
        "unknown-axis",
        f"'{axis}' is not an axis of this policy",
        place.at(policy, key=True),
        hint=did_you_mean(axis, {*header.axes, *RESERVED}),
    )


def _header(policy: Policy, header: Header) -> Iterator[Finding]:
    """Axes and groups that no scope could use."""
    for axis, values in header.axes.items():
        place = Place("policy", "", ("axes", axis))
        if axis in RESERVED:
            message = f"'{axis}' cannot be an axis: in a scope this key has a meaning of its own"
            yield Finding("reserved-axis", message, place.at(policy, key=True))
        for id_, value in values.items():
            for index, member in enumerate(value.of):
                if member not in values or values[member].of:
                    yield _not_a_member(policy, place.below(id_, "of", index), member, header)


def _not_a_member(policy: Policy, place: Place, member: str, header: Header) -> Finding:
    axis = str(place.path[1])
    values = {id_ for id_, value in header.axes[axis].items() if not value.of}
    is_group = member in header.axes[axis]
    said = f"'{member}' is itself a group" if is_group else f"'{member}' is not a value of '{axis}'"
    hint = "list its values" if is_group else did_you_mean(member, values)
    return Finding("unknown-value", said, place.at(policy), hint=hint)
