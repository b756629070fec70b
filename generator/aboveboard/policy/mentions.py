"""Every scope of a policy: where it was written, and what it names that does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from ..findings import Finding, Location
from ..values import did_you_mean
from .axes import RESERVED
from .base import Strict
from .entities import Header
from .model import KINDS, Policy
from .schema import Field, fields_of
from .scope import Named, Scope

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


def findings(policy: Policy, written: Iterable[tuple[Place, Scope]]) -> Iterator[Finding]:
    """One finding per axis, value or control that a scope or group names and nobody declared."""
    if policy.header is None:
        return
    yield from _header(policy, policy.header)
    search = Search(policy, policy.header)
    for place, scope in written:
        yield from search.unknown(place, scope)


def scopes(policy: Policy) -> Iterator[tuple[Place, Scope]]:
    """Every scope where it is written; those that another takes away are within it, and one that
    has a name stands below that."""
    named = {id(scope) for scope in policy.scopes.values()}
    for id_, scope in policy.scopes.items():
        yield Place("scopes", id_), scope
    for place, holder in holders(policy):
        if place.kind != "scopes":
            for index, scope in enumerate(holder):
                if id(scope) not in named:
                    yield place.below(index), scope


def holders(policy: Policy) -> Iterator[tuple[Place, list[Scope]]]:
    """Every list of scopes; those within another scope are not among them."""
    if policy.header:
        yield from _within(policy.header, Place("policy", ""))
    for kind in KINDS:
        for id_, entity in policy.entities(kind).items():
            yield from _within(entity, Place(kind, id_))


def _within(value: Any, place: Place) -> Iterator[tuple[Place, list[Scope]]]:
    if isinstance(value, Strict):
        for field in _scoped_fields(type(value).__name__):
            if held := getattr(value, field.name):
                yield from _within(held, place.below(field.key))
    elif isinstance(value, list) and isinstance(value[0], Scope):
        yield place, value
    elif isinstance(value, list | dict):
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _within(child, place.below(step))


@cache
def _scoped_fields(name: str) -> list[Field]:
    """The fields of a class in which a scope can stand."""
    return [field for field in fields_of(name) if field.model and _has_scopes(field.model)]


@cache
def _has_scopes(name: str) -> bool:
    return name == Scope.__name__ or bool(_scoped_fields(name))


class Search:
    """Looks for what scopes name that does not exist; a control with faults is known all the same,
    and what a named scope holds is told where that is written."""

    def __init__(self, policy: Policy, header: Header) -> None:
        self.policy, self.header = policy, header
        self.controls = policy.ids()["controls"]
        self.named = {id(scope) for scope in policy.scopes.values()}

    def faulty(self, place: Place, scope: Scope) -> bool:
        """Whether a scope, or one that it takes away, names what does not exist."""
        return (
            isinstance(scope, Named)
            or next(self._own(place, scope), None) is not None
            or any(self.faulty(place.below("not", n), s) for n, s in enumerate(scope.not_))
        )

    def unknown(self, place: Place, scope: Scope) -> Iterator[Finding]:
        """What one scope names, and those that it takes away."""
        yield from self._own(place, scope)
        for index, taken in enumerate(scope.not_):
            if id(taken) not in self.named:
                yield from self.unknown(place.below("not", index), taken)

    def _own(self, place: Place, scope: Scope) -> Iterator[Finding]:
        axes, policy = self.header.axes, self.policy
        for axis, values in scope.axes.items():
            if axis not in axes or axis in RESERVED:
                yield _unknown_axis(policy, self.header, place.below(axis))
                continue
            known = axes[axis]
            for index, value in enumerate(values):
                if value not in known:
                    at = place.below(axis, index).at(policy)
                    message = f"'{value}' is not a value of '{axis}'"
                    yield Finding("unknown-value", message, at, hint=did_you_mean(value, known))
        for control in scope.choice:
            if control not in self.controls and "controls" not in policy.unread:
                at = place.below("choice", control).at(policy, key=True)
                message = f"'{control}' is not among the controls of this policy"
                hint = did_you_mean(control, self.controls)
                yield Finding("unknown-reference", message, at, hint=hint)


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
