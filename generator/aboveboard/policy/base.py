"""What policy entities are made of, without pydantic: it reads these classes when we build.

`compile.py` has pydantic turn their annotations into `schema.json`; a run loads that alone, since
importing pydantic and having it read the classes costs more than all checks together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple, Self


def dashed(name: str) -> str:
    """`tell_before_change` is written `tell-before-change`, `from_` is written `from`."""
    return name.rstrip("_").replace("_", "-")


class Strict:
    """Unknown keys are errors, nothing is converted, and an entity never changes."""

    # pydantic_core sets these four on what it builds.
    __slots__ = (
        "__dict__",
        "__pydantic_extra__",
        "__pydantic_fields_set__",
        "__pydantic_private__",
    )
    __pydantic_extra__: dict[str, Any] | None

    OTHER_KEYS: ClassVar[Any] = None  # the type of unknown keys' values, where those are allowed
    # pydantic looks here when it writes JSON Schema
    model_config: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    @classmethod
    def model_validate(cls, value: Any) -> Self:
        """The entity that a mapping describes; ValidationError tells all its faults."""
        from .schema import validator

        built: Self = validator(cls.__name__).validate_python(value)
        return built

    @classmethod
    def model_construct(cls, **values: Any) -> Self:
        """An entity of these values, unchecked; what is not given has its default."""
        made = cls.__new__(cls)
        made.__dict__.update(values)
        object.__setattr__(made, "__pydantic_extra__", {})
        return made

    def checked(self) -> Self:
        """The entity itself; ValueError where its values contradict each other."""
        return self

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from .compile import class_schema

        return class_schema(cls, handler)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is read only")

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Strict)
            and type(self) is type(other)
            and self.__dict__ == other.__dict__
            and self.__pydantic_extra__ == other.__pydantic_extra__
        )

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        written = {**self.__dict__, **(self.__pydantic_extra__ or {})}
        values = ", ".join(f"{name}={value!r}" for name, value in written.items())
        return f"{type(self).__name__}({values})"


class Ref:
    """Marks a field whose ids must exist in one of these kinds."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds


class Before(NamedTuple):
    """Marks a type whose values this function sees first."""

    function: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return {
            "type": "function-before",
            "function": {"type": "no-info", "function": self.function},
            "schema": handler(source),
        }


class After(NamedTuple):
    """Marks a type whose values this function judges."""

    function: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return {
            "type": "function-after",
            "function": {"type": "no-info", "function": self.function},
            "schema": handler(source),
        }


class Least(NamedTuple):
    """Marks a list that holds at least so many."""

    length: int

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        schema = handler(source)
        inner = schema
        while inner["type"] == "function-before":
            inner = inner["schema"]
        inner["min_length"] = self.length
        return schema
