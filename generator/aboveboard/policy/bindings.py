"""Bindings: which dataset, field or step of the pipeline is which entity of the policy."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from .types import (
    Before,
    Id,
    Least,
    Period,
    Position,
    Raw,
    Raws,
    Ref,
    Strict,
    Text,
    Texts,
    one_or_many,
)


class Flag(Strict):
    """The field that holds a control's position.

    `missing` is how a row without it must be treated. `read` says when the value was written:
    looked up at run time it is the person's present choice, stamped on the row it is an old one.
    """

    field: Texts
    refused: Raws
    missing: Position = "refused"
    read: Literal["run-time", "stamped"] | None = None


class Mark(Strict):
    """What marks the rows of an event: a field and its value, or the datasets or steps that hold
    no other rows."""

    field: Text | None = None
    value: Raw = True
    dataset: Texts = []

    def checked(self) -> Self:
        if self.field and self.dataset:
            raise ValueError("say 'field' or 'dataset', not both")
        if not self.field and not self.dataset:
            raise ValueError("say 'field' or 'dataset'")
        if self.dataset and self.value is not True:
            raise ValueError("'value' is of a field; of a dataset every record is marked")
        return self


def mark(value: Any) -> Any:
    return {"field": value} if isinstance(value, str) else value


def holding(value: Any) -> Any:
    """A field that holds the axis's own values: the date of `collected`."""
    return {value: {}} if isinstance(value, str) else value


class Files(Strict):
    """Config files that are read alike, and what they do not say themselves."""

    path: Annotated[Texts, Least(1)]
    dialect: Text | None = None
    merged: bool = False
    max_age: Period | None = None
    checkout: Id | None = None


class Checkout(Strict):
    """Another repository, checked out in a folder that only the command line names."""

    revision: Text


def by_path(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


class Tool(Strict):
    """Which version of a tool runs: as we say, or as the files that pin it do."""

    version: Text | None = None
    pinned: Texts = []
    checkout: Id | None = None

    def checked(self) -> Self:
        if self.version and self.pinned:
            raise ValueError("say 'version' or 'pinned', not both")
        if not self.version and not self.pinned:
            raise ValueError("say 'version' or 'pinned'")
        if self.version and self.checkout:
            raise ValueError("'checkout' is of the files that 'pinned' names")
        return self


def by_version(value: Any) -> Any:
    """`1.10` unquoted is a number, and the same one as 1.1."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise ValueError(f"'{value}' is a number here; write the version in quotes")
    return {"version": value} if isinstance(value, str) else value


class Bindings(Strict):
    """Every name on the right is a dataset, `dataset.field` or step of the pipeline."""

    files: Annotated[list[Annotated[Files, Before(by_path)]], Before(one_or_many)] = []
    checkouts: dict[Id, Checkout] = {}
    tools: dict[Id, Annotated[Tool, Before(by_version)]] = {}
    sources: Annotated[dict[Id, Texts], Ref("data")] = {}
    not_personal: Texts = []
    sinks: Annotated[dict[str, Texts], Ref("uses")] = {}
    person: dict[str, Text] = {}
    flags: Annotated[dict[Id, Flag], Ref("controls")] = {}
    axes: dict[Id, Annotated[dict[Text, dict[Id, Raws]], Before(holding)]] = {}
    events: Annotated[dict[Id, Annotated[Mark, Before(mark)]], Ref("events")] = {}
    stages: dict[
        Literal["before-storage", "before-review", "before-sharing", "before-publication"], Texts
    ] = {}
    copies: Annotated[dict[Id, Texts], Ref("copies")] = {}
    recipients: Annotated[dict[Id, Texts], Ref("recipients")] = {}
    steps: Annotated[dict[Id, Texts], Ref("steps")] = {}
    publish: Texts = []
