"""How the parts of a span, log record or data point are called as fields, and what paths mean.

Of each map of attributes a key is a field: `attributes.user.id` of the record itself,
`resource.host.name` of what sent it, `scope.`, `event.`, `link.` and `exemplar.` of what belongs
to it. A key inside a value is written in brackets: `body.user.[id]`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from .ottl import Path

RECORD: Final = "attributes"
# The maps of attributes of a record, by signal.
MAPS: Final = {
    "traces": (RECORD, "resource", "scope", "event", "link"),
    "logs": (RECORD, "resource", "scope"),
    "metrics": (RECORD, "resource", "scope", "exemplar"),
    "profiles": (RECORD, "resource", "scope"),
}
# What a record has besides: all other parts that a path can name.
_EVERY: Final = ("scope-name", "scope-version", "scope-schema_url", "resource-schema_url")
OWN: Final = {
    "traces": (
        *_EVERY, "name", "kind", "status", "status.code", "status.message", "trace_id", "span_id",
        "parent_span_id", "trace_state", "start_time_unix_nano", "end_time_unix_nano", "start_time",
        "end_time", "flags", "events", "links", "event-name", "event-time_unix_nano",
        "event-time", "event-event_index",
    ),
    "logs": (
        *_EVERY, "body", "severity_text", "severity_number", "event_name", "trace_id", "span_id",
        "time", "time_unix_nano", "observed_time", "observed_time_unix_nano", "flags",
    ),
    "metrics": (
        *_EVERY, "name", "description", "unit", "type", "value", "start_time", "time",
        "start_time_unix_nano", "time_unix_nano", "count", "sum", "bucket_counts",
        "explicit_bounds", "quantile_values", "flags", "metric-metadata", "data_points",
        "aggregation_temporality", "is_monotonic", "scale", "zero_count", "positive", "negative",
    ),
    "profiles": (*_EVERY, "profile", "profile_id", "original_payload", "sample", "time"),
}  # fmt: skip
SIGNALS: Final = tuple(MAPS)
_CONTEXTS: Final = {
    "resource": "resource",
    "scope": "scope",
    "instrumentation_scope": "scope",
    "span": RECORD,
    "spanevent": "event",
    "spanlink": "link",
    "log": RECORD,
    "datapoint": RECORD,
    "exemplar": "exemplar",
    "profile": RECORD,
    "profilesample": RECORD,
    "metric": "metric",
}
CONTEXTS: Final = {
    "traces": ("resource", "scope", "span", "spanevent"),
    "logs": ("resource", "scope", "log"),
    "metrics": ("resource", "scope", "metric", "datapoint", "exemplar"),
    "profiles": ("resource", "scope", "profile", "profilesample"),
}
MAIN: Final = {"traces": "span", "logs": "log", "metrics": "datapoint", "profiles": "profile"}
# Parts of which a record has any number, none too, and the map of attributes that each has.
PARTS: Final = {"exemplar": "exemplar", "spanevent": "event", "spanlink": "link"}
# What the collector keeps only while a group of statements runs.
CACHE: Final = "cache"
# What a request says beside its records: the address and the headers of who sends it.
REQUEST: Final = "request"


class Target(NamedTuple):
    """What a path means: a field, or with `whole` all fields of a map."""

    name: str
    whole: bool = False


def field(space: str, *keys: str | int) -> str:
    """A key of a map as a field; what lies inside a value stands in brackets."""
    first, *inside = keys
    return ".".join([space, str(first), *(f"[{key}]" for key in inside)])


def keys_of(name: str, space: str) -> tuple[str, ...]:
    """The key that a field has in a map, and those inside its value; () for fields elsewhere."""
    key = name.removeprefix(f"{space}.")
    return () if key == name else tuple(key.removesuffix("]").replace("].[", ".[").split(".["))


def in_value(name: str) -> Callable[[str], bool]:
    """Whether a field lies inside the value of another."""
    start = f"{name}." if name == "body" else f"{name}.["
    return lambda other: other.startswith(start)


def target(path: Path, context: str) -> Target | None:
    """What a path means in a context, such as `span`; None if it cannot be told."""
    segments = list(path.segments)
    if segments[0][0] in (*_CONTEXTS, "otelcol") and len(segments) > 1 and not segments[0][1]:
        context = segments.pop(0)[0]
    if context == "otelcol":
        return Target(".".join([REQUEST, *(name for name, _ in segments)]))
    space = _CONTEXTS.get(context)
    if space is None or any(key is None for _, keys in segments for key in keys):
        return None
    name, keys = segments[0]
    if name in ("attributes", CACHE, "metadata") and len(segments) == 1:
        place = (
            space if name == "attributes" else f"{space}-metadata" if name == "metadata" else CACHE
        )
        return Target(field(place, *keys)) if keys else Target(place, whole=True)  # type: ignore[arg-type]
    return _own(space, segments)


def _own(space: str, segments: list[tuple[str, tuple[str | int | None, ...]]]) -> Target | None:
    """A part that is no attribute: `body`, `name`, `status.message`."""
    names = [name for name, _ in segments]
    if names[0] == "body":
        keys = [str(key) for key in segments[0][1]]
        return Target(field("body", *keys) if keys else "body")
    if any(keys for _, keys in segments):
        return None
    if names[-1] == "string" and len(names) > 1:
        names.pop()
    if space in ("resource", "scope", "event", "link", "exemplar"):
        return Target(f"{space}-{'-'.join(names)}")
    return Target({"value_int": "value", "value_double": "value"}.get(names[0], ".".join(names)))
