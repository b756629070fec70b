"""Scope: to whom something applies. Axes are ANDed, the values of one axis ORed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Self

from ..values import ID
from .types import Before, Id, Ids, Iso, Position, Strict, one_or_many


class Window(Strict):
    """A time: from the first day, up to but not including the last."""

    from_: Iso | None = None
    before: Iso | None = None

    def checked(self) -> Self:
        if self.from_ is None and self.before is None:
            raise ValueError("a window needs 'from', 'before' or both")
        if self.from_ and self.before and self.from_ >= self.before:
            raise ValueError("'from' must be earlier than 'before'")
        return self

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return (self.from_ is None or self.from_ <= day) and (
            self.before is None or day < self.before
        )


class Scope(Strict):
    """A set of cells: each key is an axis of `policy.axes` with its value or values.

    `otherwise` stands for all that the other rows of the same table leave.
    """

    OTHER_KEYS = Ids
    model_config = {"extra": "allow"}

    choice: dict[Id, Position] = {}
    collected: Window | None = None
    in_force: Window | None = None
    not_: Scopes = []

    @property
    def axes(self) -> dict[str, list[str]]:
        """Axis to values, as written; an axis that is not listed means every value."""
        return self.__pydantic_extra__ or {}


class Otherwise(Scope):
    """The rest of a table."""


class Named(Scope):
    """A scope by its name, until `names.resolve` puts the scope itself in its place."""

    @property
    def written(self) -> str:
        """The name."""
        return str(self.__dict__["written"])


def by_name(value: Any) -> Any:
    """Where a scope is expected the name of one will do."""
    many = one_or_many(value)
    if not isinstance(many, list):
        return many
    is_name = [isinstance(v, str) and v != "otherwise" and ID.match(v) for v in many]
    return [
        Named.model_construct(written=v) if named else v
        for v, named in zip(many, is_name, strict=True)
    ]


def or_rest(value: Any) -> Any:
    """As `by_name`; a lone `otherwise` takes what other rows leave."""
    return [OTHERWISE] if value == "otherwise" else by_name(value)


Scopes = Annotated[list[Scope], Before(by_name)]
ScopeOrRest = Annotated[list[Scope], Before(or_rest)]
OTHERWISE = Otherwise.model_construct()


class Scoped(Strict):
    """Something that applies to a scope; none written means everyone."""

    scope: ScopeOrRest = []

    @property
    def is_rest(self) -> bool:
        return bool(self.scope) and self.scope[0] is OTHERWISE
