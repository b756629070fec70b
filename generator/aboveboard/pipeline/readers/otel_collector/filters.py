"""The processor `filter`, which drops what matches, and those that sample.

From processor/filterprocessor of opentelemetry-collector-contrib 0.164: conditions are joined by
`or`; an error counts as no match when errors are ignored, and drops the batch when not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ....source import KeyPath
from ...graph import UNKNOWN, OnError, Setting
from ...predicate import All, AnyOf, Is, Measured, Not, Predicate, Unreadable
from . import ottl
from .chain import Chain, Component
from .conditions import cannot_fail, predicate
from .edit import OPEN
from .fields import CONTEXTS, MAIN, RECORD, field
from .transform import error_mode

KEYS: Final = (
    "error_mode",
    "log_conditions",
    "logs",
    "metric_conditions",
    "metrics",
    "profile_conditions",
    "profiles",
    "spans",
    "trace_conditions",
    "traces",
)
# By signal: the keys below `traces:`, each with its context.
LISTS: Final = {
    "traces": {"resource": "resource", "span": "span", "spanevent": "spanevent"},
    "logs": {"resource": "resource", "log_record": "log"},
    "metrics": {"resource": "resource", "metric": "metric", "datapoint": "datapoint"},
    "profiles": {"resource": "resource", "profile": "profile"},
}
FLAT: Final = {
    "traces": "trace_conditions",
    "logs": "log_conditions",
    "metrics": "metric_conditions",
    "profiles": "profile_conditions",
}
OLD: Final = {"traces": ("include", "exclude"), "logs": ("include", "exclude"),
              "metrics": ("include", "exclude", "regexp"), "profiles": ()}  # fmt: skip
# These drop a part of a record, or the whole of what the record belongs to.
_PARTS: Final = frozenset({"spanevent"})
Found = tuple[Predicate, bool, KeyPath]  # a condition, whether it cannot fail, and its place


def add_filter(chain: Chain, component: Component) -> None:
    """One step that keeps what no condition matches."""
    config, path = chain.config, component.path
    config.check(path, KEYS, "filter")
    for signal, lists in LISTS.items():
        config.check((*path, signal), (*lists, *OLD[signal]), signal)
    dropped = list(_conditions(chain, component))
    kept = list(_old(chain, path))
    if not dropped and not kept:
        chain.add(component.id, "copy", config.fact(path, f"{component.id} drops nothing here"))
        return
    parts: list[Predicate] = [Not(where) for where, _, _ in dropped]
    where = All((*parts, *kept)) if len(parts) + len(kept) > 1 else (*parts, *kept)[0]
    does = error_mode(chain, path)
    if all(sure for _, sure, _ in dropped):
        does = Setting(
            "fail", does.fact._replace(text="no condition of this filter fails", grade="default")
        )
    config.undecided |= does.fact.text == OPEN
    fact = config.fact(_place(chain, path, dropped), f"{component.id} keeps records where {where}")
    chain.add(component.id, "filter", fact, where=where, on_error=OnError(does))


def _place(chain: Chain, path: KeyPath, dropped: list[Found]) -> KeyPath:
    """Where the one condition, or the conditions for this signal stand."""
    if len(dropped) == 1:
        return dropped[0][2]
    for key in (FLAT.get(chain.signal, ""), chain.signal):
        if chain.config.has((*path, key)):
            return (*path, key)
    return path


def _conditions(chain: Chain, component: Component) -> Iterator[Found]:
    config, signal, path = chain.config, chain.signal, component.path
    for key, context in LISTS.get(signal, {}).items():
        yield from _listed(chain, (*path, signal, key), context)
    flat = (*path, FLAT.get(signal, ""))
    if config.at(flat) is UNKNOWN:
        yield Unreadable("conditions that cannot be read"), False, flat
    for n, item in enumerate(config.items(flat)):
        if isinstance(item, dict):
            config.check(
                (*flat, n), ("conditions", "context", "error_mode"), "a group of conditions"
            )
            context = config.at((*flat, n, "context"))
            known = isinstance(context, str) and context in CONTEXTS[signal]
            yield from _listed(chain, (*flat, n, "conditions"), context if known else MAIN[signal])
        else:
            yield _one(chain, (*flat, n), MAIN[signal])


def _listed(chain: Chain, path: KeyPath, context: str) -> Iterator[Found]:
    if chain.config.at(path) is UNKNOWN:
        yield Unreadable("conditions that cannot be read"), False, path
    for n in range(len(chain.config.items(path))):
        yield _one(chain, (*path, n), context)


def _one(chain: Chain, path: KeyPath, context: str) -> Found:
    text = chain.config.at(path)
    if not isinstance(text, str):
        return Unreadable("a condition that cannot be read"), False, path
    try:
        read = ottl.condition(text)
    except ottl.OttlError as error:
        message = f"this condition cannot be read at character {error.offset + 1}: {error}"
        chain.config.find(path, message, severity="warning")
        return Unreadable(text), False, path
    if context in _PARTS:  # an event of a span goes, and the span stays
        return All((Measured(text), AnyOf(()))), cannot_fail(read), path
    return predicate(read, context, text), cannot_fail(read), path


def _old(chain: Chain, path: KeyPath) -> Iterator[Predicate]:
    """`include` keeps what matches, `exclude` drops it; traces had them below `spans`."""
    section = "spans" if chain.signal == "traces" else chain.signal
    for key in ("include", "exclude"):
        at = (*path, section, key)
        if chain.config.at(at) is None:
            continue
        found = _matching(chain, at)
        yield found if key == "include" else Not(found)


def _matching(chain: Chain, path: KeyPath) -> Predicate:
    """All of what is asked must hold; of patterns and of anything but one attribute nothing is
    claimed."""
    config = chain.config
    strict = config.at((*path, "match_type")) == "strict"
    parts: list[Predicate] = []
    for key, value in config.mapping(path).items():
        if key in ("match_type", "regexp"):
            continue
        space = {"resources": "resource", "resource_attributes": "resource", "attributes": RECORD,
                 "record_attributes": RECORD}.get(key)  # fmt: skip
        single = isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict)
        entry = {str(k).lower(): v for k, v in value[0].items()} if single else {}
        wanted: Any = entry.get("value")
        if space and strict and isinstance(wanted, str | bool | int) and "key" in entry:
            parts.append(Is(field(space, str(entry["key"])), frozenset({wanted})))
        else:
            parts.append(Unreadable(f"{key} of {path[-1]}"))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def add_sampler(chain: Chain, component: Component) -> None:
    """A sample: which records pass is chosen by chance, or by the whole trace."""
    fact = chain.config.fact(component.path, f"{component.id} keeps a sample")
    chain.add(component.id, "filter", fact, where=Measured("a sample"))
