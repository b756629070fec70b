"""Whether answers differ along one axis: by plan, by region, by age."""

from __future__ import annotations

from collections.abc import Iterable

from ..policy.axes import mentioned
from ..policy.scope import Scoped
from ..project import Project
from ..proof.claims import Door
from . import summary
from .facts import Facts
from .model import Answer, Block, Items, Sentence
from .needs import axis_of, missing
from .routes import when
from .terms import BASES, RIGHTS
from .wording import depends, series, upper


def by_axis(
    project: Project, asks: str, id_: str, names: tuple[str, ...], other: str = ""
) -> Answer:
    """Yes with a table for each use that differs along the axis, or no.

    Values are a closed list: `other` is what does not exist if the axis has one value only.
    """
    facts = Facts.of(project)
    if lacking := missing(id_, project.policy):
        return Answer(asks, (), missing=lacking)
    axis = axis_of(project.policy, names)
    values = [value.name for value in facts.header.axes[axis].values() if not value.of]
    if other and len(values) == 1:
        only = facts.say(other, "policy", "", "axes", axis, lead=f"{upper(values[0])} only.")
        return Answer(asks, (only,))
    differing = [door for door in facts.doors if axis in facts.axes(door)]
    others = [*_controllers(facts, axis), *_rights(facts, axis), *_bases(facts, axis)]
    if not differing and not others:
        text = f"{upper(depends([axis]))} changes nothing."
        return Answer(asks, (facts.say(text, "policy", "", "axes", axis, lead="No."),))
    details: list[Block] = [
        t for door in differing if (t := summary.state_table(facts, door, _title(facts, door)))
    ]
    details += [Items("What else differs", tuple(others))] if others else []
    same = [door for door in facts.doors if door not in differing]
    details += [_same(facts, same, axis)] if same else []
    return Answer(asks, tuple(_short(facts, axis, differing, others)), details=tuple(details))


def _short(
    facts: Facts, axis: str, differing: list[Door], others: list[Sentence]
) -> list[Sentence]:
    if not differing:
        first = facts.say("Every use of your data is the same.", lead="Only in part.")
        return [first, *others]
    claims = [c for door in differing for row in facts.rows(door) for c in facts.backing(row)]
    text = f"It differs for {series(dict.fromkeys(door.use.name for door in differing))}."
    at = facts.rows(differing[0])[0].where
    said = [facts.say(text, *at, lead="Yes.", claims=claims, link="rules")]
    trained = [d for d in differing if d.use_id in facts.training and not d.route]
    for door in (trained or differing)[:1]:
        said.append(facts.say(f"Here is the answer for {_title(facts, door, start=False)}."))
        said += _by_value(facts, door, axis)
    return said


def _by_value(facts: Facts, door: Door, axis: str) -> list[Sentence]:
    """First the values of the axis that settle the answer, then what else the others hang on."""
    space = facts.space(door.lines)
    if space is None:
        return summary.group_sentences(facts, summary.summary(facts, [door]))
    settled = 0
    for value in space.axes[axis]:
        cells = space.box_mask({axis: (value,)}) & space.possible
        if cells and not summary.summary(facts, [door], cells).differs:
            settled |= cells
    parts = [cells for cells in (settled, space.possible & ~settled) if cells]
    found = [summary.summary(facts, [door], cells) for cells in parts]
    return [s for part in found for s in summary.group_sentences(facts, part)]


def _title(facts: Facts, door: Door, *, start: bool = True) -> str:
    opened = when(facts, door)
    said = f"{door.use.name}, {opened}" if opened else door.use.name
    return upper(said) if start else said


def _same(facts: Facts, same: list[Door], axis: str) -> Items:
    """The routes on which this axis changes nothing."""
    said = tuple(
        facts.say(_title(facts, door), "uses", door.use_id, link=f"uses/{door.use_id}")
        for door in same
    )
    return Items(f"{upper(depends([axis]))} changes nothing here", said)


# -- what differs besides uses -------------------------------------------------------------


def _on(rows: Iterable[Scoped], axis: str) -> bool:
    return any(axis in mentioned(scope) for row in rows for scope in row.scope)


def _controllers(facts: Facts, axis: str) -> list[Sentence]:
    controllers = facts.header.controllers
    space = facts.space(controllers)
    if not _on(controllers, axis) or space is None:
        return []
    return [
        facts.say(
            f"{upper(space.words(mask))}: {controller.name} is responsible.",
            *("policy", "", "controllers", index),
        )
        for index, (controller, mask) in enumerate(
            zip(controllers, space.rows(controllers), strict=True)
        )
    ]


def _rights(facts: Facts, axis: str) -> list[Sentence]:
    return [
        facts.say(
            f"{upper(facts.who(right))} only: you can {_small(RIGHTS[right.right])}.",
            *("rights", id_, "scope"),
        )
        for id_, right in facts.policy.rights.items()
        if _on([right], axis)
    ]


def _bases(facts: Facts, axis: str) -> list[Sentence]:
    return [
        facts.say(
            f"{upper(facts.who(basis))}: the basis of {use.name} is {BASES[basis.basis]}.",
            *("uses", id_, "basis", index),
        )
        for id_, use in facts.policy.uses.items()
        for index, basis in enumerate(use.basis)
        if _on([basis], axis)
    ]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
