"""Scope: to whom something applies. Axes are ANDed, the values of one axis ORed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Self

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


def or_rest(value: Any) -> Any:
    if value == "otherwise":
        return [OTHERWISE]
    return one_or_many(value)


Scopes = Annotated[list[Scope], Before(one_or_many)]
ScopeOrRest = Annotated[list[Scope], Before(or_rest)]
OTHERWISE = Otherwise.model_construct()


class Scoped(Strict):
    """Something that applies to a scope; none written means everyone."""

    scope: ScopeOrRest = []

    @property
    def is_rest(self) -> bool:
        return bool(self.scope) and self.scope[0] is OTHERWISE
