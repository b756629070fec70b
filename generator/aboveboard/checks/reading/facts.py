"""The numbers that a policy states as values: each is written once, and prose refers to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...findings import Location
from ...policy.model import Policy
from ...project import Project
from ...values import Duration
from .numbers import Value

_SHARES = ("sample-rate", "recall")
_PEOPLE = ("k", "min-people")


class Fact(NamedTuple):
    """A value with what it measures, and where it stands.

    `names` is what prose calls the thing that it is about; `ids` too, in a sentence about keeping.
    """

    dimension: str
    value: Value
    kind: str
    id: str
    attribute: str
    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """What prose writes instead of the number."""
        from ...answers.prose import reference

        return reference(self.kind, self.id, self.attribute)

    @property
    def path(self) -> str:
        return ".".join(part for part in (self.kind, self.id, self.attribute) if part)

    @property
    def words(self) -> str:
        """The value as a page prints it."""
        if isinstance(self.value, Duration):
            return self.value.words()
        if isinstance(self.value, float):
            share = self.dimension == "share"
            return f"{self.value * 100:g} %" if share else f"{self.value:g} people"
        return f"{self.value.day} {self.value:%B %Y}"

    def at(self, policy: Policy) -> Location:
        return policy.at(self.kind, self.id, *self.attribute.split("."))


def facts(project: Project) -> list[Fact]:
    """Every fact that prose could restate, kept with the project's other cached properties."""
    known: list[Fact] | None = vars(project).get("_number_facts")
    if known is None:
        known = vars(project)["_number_facts"] = list(_facts(project.policy))
    return known


def _facts(policy: Policy) -> Iterator[Fact]:
    if policy.header:
        yield Fact("date", policy.header.effective, "policy", "", "effective")
    yield from _kept(policy)
    yield from _timed(policy)
    for id_, step in policy.steps.items():
        for name, value in step.parameters.items():
            dimension = "share" if name in _SHARES else "people" if name in _PEOPLE else ""
            if dimension:
                yield Fact(
                    dimension, float(value), "steps", id_, f"parameters.{name}", (step.name,)
                )
    for id_, guard in policy.safeguards.items():
        if guard.last_tested:
            yield Fact("date", guard.last_tested, "safeguards", id_, "last-tested", (guard.name,))
    for id_, model in policy.models.items():
        for key, day in (("from", "from_"), ("before", "before")):
            when = getattr(model.collected, day, None)
            if when:
                yield Fact("date", when, "models", id_, f"collected.{key}", (model.name,))


def _kept(policy: Policy) -> Iterator[Fact]:
    """How long data is kept: said of the data, and of the place where it lies."""
    for id_, row in policy.retention.items():
        copy = policy.copies.get(row.copy_)
        names = [policy.data[data].name for data in row.data if data in policy.data]
        ids = [part.replace("-", " ") for part in (*row.data, row.copy_)]
        ids += [copy.name] if copy else []
        for key, period in [*(("keep", p) for p in (row.keep.longest if row.keep else ())),
                            ("then", row.then)]:  # fmt: skip
            yield from _period(period, "retention", id_, key, names, ids)


def _timed(policy: Policy) -> Iterator[Fact]:
    for id_, use in policy.uses.items():
        yield from _period(use.tell_before_change, "uses", id_, "tell-before-change", (use.name,))
        yield from _period(use.reach, "uses", id_, "reach", (use.name,))
    for id_, control in policy.controls.items():
        names = (control.name, *([control.label] if control.label else []))
        yield from _period(control.takes_effect, "controls", id_, "takes-effect", names)
        yield from _period(control.lasts, "controls", id_, "lasts", names)
    for id_, right in policy.rights.items():
        yield from _period(right.answer_within, "rights", id_, "answer-within", ())
    for id_, event in policy.events.items():
        for number, takes in enumerate(event.takes):
            yield from _period(takes.reach, "events", id_, f"takes.{number}.reach", ())


def _period(
    text: str | None,
    kind: str,
    id_: str,
    attribute: str,
    names: Iterable[str],
    ids: Iterable[str] = (),
) -> Iterator[Fact]:
    try:
        value = Duration.parse(text or "")
    except ValueError:
        return  # a word such as `no-limit` or `item` is no number
    if any(value.parts):
        yield Fact("duration", value, kind, id_, attribute, tuple(names), tuple(ids))
