"""What each claim states, in plain words, made from the names in the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..policy.axes import COLLECTED, interval
from ..policy.entities import Header, Use
from ..policy.model import Policy
from ..values import Duration, listed

if TYPE_CHECKING:
    from .claims import Door


def door(policy: Policy, at: Door) -> str:
    """ "training the models", with "when you rate an answer" for a route of an event."""
    if not at.route:
        return at.use.name
    event = policy.events.get(at.use.also[at.route].when)
    return f"{at.use.name} when {event.name}" if event else at.use.name


def data(policy: Policy, id_: str) -> str:
    return policy.data[id_].name if id_ in policy.data else id_


def used(policy: Policy, at: Door, data_id: str) -> str:
    return f"{upper(data(policy, data_id))}: used for {door(policy, at)}."


def leads_somewhere(policy: Policy, at: Door) -> str:
    return f"Where data for {door(policy, at)} ends is known."


def only_when(policy: Policy, at: Door, event: str) -> str:
    name = policy.events[event].name if event in policy.events else event
    return f"{upper(at.use.name)}: by this way only when {name}."


def never(policy: Policy, use: Use, data_id: str) -> str:
    return f"{upper(data(policy, data_id))}: never used for {use.name}."


def protected(policy: Policy, at: Door, data_id: str, step_id: str) -> str:
    step = policy.steps[step_id]
    does = f"we {step.name} {stage(step.stage)}"
    return f"{upper(data(policy, data_id))}: {does} for {door(policy, at)}."


def stage(name: str) -> str:
    return {
        "before-storage": "before we store it",
        "before-review": "before people read it",
        "before-training": "before we use it",
        "before-sharing": "before we share it",
        "before-publication": "before we publish it",
    }[name]


def fails_closed(policy: Policy, step_id: str) -> str:
    does = {"drop": "we leave the record out", "stop": "the whole run stops"}
    step = policy.steps[step_id]
    return f"If we cannot {step.name}, {does.get(step.on_failure, 'the record passes')}."


def parameter(policy: Policy, step_id: str, name: str) -> str:
    step = policy.steps[step_id]
    if name == "entities":
        found = listed(entity.replace("-", " ") for entity in step.entities)
        return f"The step to {step.name} looks for: {found}."
    value = step.parameters[name]  # type: ignore[index]
    return f"The step to {step.name} runs with {PARAMETERS[name].format(f'{value:,.10g}')}."


PARAMETERS = {
    "k": "at least {} people in a group",
    "min-people": "at least {} people",
    "area-km2": "an area of at least {} square kilometres",
    "epsilon": "an epsilon of at most {}",
    "delta": "a delta of at most {}",
}


def honoured(policy: Policy, at: Door, data_id: str, control: str) -> str:
    said = f"Whoever refuses {policy.controls[control].name} is left out"
    return f"{said}: {data(policy, data_id)}, {door(policy, at)}."


def excluded(policy: Policy, at: Door, data_id: str, cells: dict[str, tuple[str, ...]]) -> str:
    header = policy.header
    assert header is not None
    who = box(header, cells)
    return f"{upper(data(policy, data_id))}: never used for {door(policy, at)} for {who}."


def box(header: Header, cells: dict[str, tuple[str, ...]]) -> str:
    """ "Free or Pro, Under 18" for those who are both; "everyone" for a box without bounds."""
    parts = []
    for axis, values in cells.items():
        labels = header.axes.get(axis, {})
        if axis == COLLECTED:
            parts.append(f"collected {listed(map(interval, values), 'or')}")
            continue
        parts.append(listed((labels[v].name if v in labels else v for v in values), "or"))
    return ", ".join(parts) if parts else "everyone"


def kept(policy: Policy, retention_id: str, data_id: str) -> str:
    row = policy.retention[retention_id]
    copy = policy.copies[row.copy_].name
    name = upper(data(policy, data_id))
    if row.keep is None or (row.keep.default == "no-limit" and row.until):
        return f"{name}: kept in {copy} until {events(policy, row.until)}."
    if row.keep.default == "not-kept":
        return f"{name}: not kept in {copy}."
    if row.keep.default == "no-limit":
        return f"{name}: kept in {copy} without a limit."
    return f"{name}: kept in {copy} for {Duration.parse(row.keep.default).words()} at most."


def events(policy: Policy, ids: list[str]) -> str:
    return listed((policy.events[i].name if i in policy.events else i for i in ids), "or")


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]
