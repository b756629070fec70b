"""Connectors, which end one pipeline and begin another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from ....source import KeyPath
from ...graph import UNKNOWN, OnError, Setting
from .chain import Chain, Component
from .fields import RECORD, field, keys_of
from .routing import add_routing

Ends = Iterable[tuple[str, Chain]]  # signal that comes, and the chain of the pipeline
# These hand records on as they are, to some or all of the pipelines that they begin.
PASSING: Final = frozenset({"forward", "routing", "failover", "roundrobin"})
# What span_metrics gives every data point.
_SPAN_METRICS: Final = {
    f"{RECORD}.service.name": ("resource.service.name",),
    f"{RECORD}.span.name": ("name",),
    f"{RECORD}.span.kind": (),
    f"{RECORD}.status.code": (),
}


# What the count connector counts, by the signal that comes.
_COUNTED: Final = {
    "traces": ("spans", "spanevents"),
    "logs": ("logs",),
    "metrics": ("metrics", "datapoints"),
    "profiles": ("profiles",),
}


def add_connector(component: Component, before: tuple[str, ...], come: str, chain: Chain) -> str:
    """The step between the pipelines of one signal and a pipeline that begins with the connector,
    whose chain is `chain`. Its id is what that pipeline reads."""
    config = chain.config
    link = Chain(config, chain.part, chain.pipeline, before, chain.taken)
    name = f"from/{component.id}" if come == chain.signal else f"from/{component.id}/{come}"
    if component.kind in PASSING and come != chain.signal:
        return ""  # the collector joins only pipelines of the same signal by these
    if component.kind == "routing":
        add_routing(link, component, name)
    elif component.kind in PASSING:
        fact = config.fact(component.path, f"{component.id} hands records on")
        link.add(name, "copy", fact)
    elif (component.kind in MAKERS and come == "traces") or component.kind == "count":
        MAKERS[component.kind](link, component, name, come)
    elif config.at(component.path) is not None or config.has(component.path):
        fact = config.fact(component.path, f"{component.id} is not in our catalogue")
        link.opaque(name, fact)
    return link.before[0] if link.steps else ""


def _metrics(
    link: Chain, name: str, path: KeyPath, text: str, made: dict[str, tuple[str, ...]]
) -> None:
    """Data points with these attributes, and the resource of what they were counted from."""
    fact = link.config.fact(path, text)
    link.add(name, "map", fact, writes=made)

    def kept(field_name: str) -> bool:
        return bool(keys_of(field_name, "resource"))

    last = link.add(name, "allow-fields", fact, fields=tuple(made), chooses=kept)
    last.on_error = OnError(Setting("fail", fact._replace(grade="default")))


def _span_metrics(link: Chain, component: Component, name: str, come: str) -> None:
    """Counts and durations of spans by dimensions: values of these reach the metrics."""
    config, path = link.config, component.path
    made: dict[str, tuple[str, ...]] = dict(_SPAN_METRICS)
    below = (("dimensions",), ("calls_dimensions",), ("histogram", "dimensions"))
    lists: list[KeyPath] = [(*path, *keys) for keys in (*below, ("events", "dimensions"))]
    named: list[str] = []
    for at in lists:
        for n, entry in enumerate(config.items(at)):
            key = config.at((*at, n, "name")) if isinstance(entry, dict) else UNKNOWN
            if not isinstance(key, str):
                link.opaque(name, config.fact(at, "its dimensions cannot be read", "unknown"))
                return
            spaces = (RECORD, "resource", "event") if at[-2] == "events" else (RECORD, "resource")
            made[field(RECORD, key)] = tuple(field(space, key) for space in spaces)
            named.append(key)
    for key in config.texts((*path, "exclude_dimensions")):
        made.pop(f"{RECORD}.{key}", None)
    if config.flag((*path, "exemplars", "enabled")).value is not False:
        made["exemplar.trace_id"] = ("trace_id",)
    text = f"{component.id} counts spans by {', '.join(['service', 'name', *named])}"
    _metrics(link, name, path, text, made)


def _count(link: Chain, component: Component, name: str, come: str) -> None:
    """Counts of records, by the attributes that are asked for."""
    config, path = link.config, component.path
    made: dict[str, tuple[str, ...]] = {}
    for section in _COUNTED[come]:
        space = "event" if section == "spanevents" else RECORD
        for metric in config.mapping((*path, section)):
            at = (*path, section, metric, "attributes")
            for n, entry in enumerate(config.items(at)):
                key = config.at((*at, n, "key")) if isinstance(entry, dict) else UNKNOWN
                if not isinstance(key, str):
                    link.opaque(name, config.fact(at, "its attributes cannot be read", "unknown"))
                    return
                made[field(RECORD, key)] = tuple(
                    field(s, key) for s in (space, "scope", "resource")
                )
    text = f"{component.id} counts {come}" + (f" by {', '.join(made)}" if made else "")
    _metrics(link, name, path, text, made)


MAKERS: Final[dict[str, Callable[[Chain, Component, str, str], Any]]] = {
    "count": _count,
    "spanmetrics": _span_metrics,
}
