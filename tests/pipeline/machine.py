"""A small collector: runs a configuration on log records, as the Go source of its processors does.

It reads the YAML itself. Of the reader it shares only the parser of OTTL.
"""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Callable
from typing import Any

from aboveboard.pipeline.readers.otel_collector import ottl

Record = dict[str, Any]


class Failed(Exception):
    """A statement or condition had an error."""


class Dropped(Exception):
    """The record, or its batch, goes no further."""


def run(config: dict[str, Any], records: list[Record]) -> dict[str, list[Record]]:
    """What each exporter is given."""
    given: dict[str, list[Record]] = {name: [] for name in config["exporters"]}
    pipelines = config["service"]["pipelines"]
    arrived: dict[str, list[Record]] = {}

    def through(name: str) -> list[Record]:
        if name not in arrived:
            sources = pipelines[name]["receivers"]
            come = list(records) if "otlp" in sources else []
            for other, said in pipelines.items():
                for connector in set(said["exporters"]) & set(sources):
                    del connector
                    come += through(other)
            arrived[name] = [out for r in come if (out := _one(config, name, r)) is not None]
        return arrived[name]

    for name, said in pipelines.items():
        for exporter in said["exporters"]:
            if exporter in given:
                given[exporter] += through(name)
    return given


def _one(config: dict[str, Any], pipeline: str, record: Record) -> Record | None:
    record = copy.deepcopy(record)
    try:
        for name in config["service"]["pipelines"][pipeline].get("processors", ()):
            settings = config["processors"][name] or {}
            WORK[name.partition("/")[0]](record, settings)
    except Dropped:
        return None
    return record


# -- processors ------------------------------------------------------------------------------------


def _attributes(record: Record, settings: dict[str, Any]) -> None:
    wanted = settings.get("include", {}).get("attributes", [])
    if all(record["attributes"].get(w["key"]) == w["value"] for w in wanted):
        _act(record["attributes"], settings["actions"])


def _resource(record: Record, settings: dict[str, Any]) -> None:
    _act(record["resource"], settings["attributes"])


def _act(attrs: dict[str, Any], actions: list[dict[str, Any]]) -> None:
    for a in actions:
        key, action = a.get("key"), a["action"]
        keys = [key] if key else []
        if action in ("delete", "hash"):
            if "pattern" in a:
                keys += [k for k in attrs if re.search(a["pattern"], k)]
            for k in keys:
                if k in attrs and action == "hash":
                    attrs[k] = hashlib.sha256(str(attrs[k]).encode()).hexdigest()
                elif k in attrs:
                    del attrs[k]
            continue
        value = a["value"] if "value" in a else attrs.get(a["from_attribute"])
        there = key in attrs
        if value is not None and (action == "upsert" or there == (action == "update")):
            attrs[str(key)] = value


def _redaction(record: Record, settings: dict[str, Any]) -> None:
    for space in ("attributes", "resource", "scope"):
        attrs = record[space]
        for key in list(attrs):
            if key in settings.get("ignored_keys", ()):
                continue
            if not settings.get("allow_all_keys") and key not in settings.get("allowed_keys", ()):
                del attrs[key]
                continue
            text = attrs[key] if isinstance(attrs[key], str) else ""
            if any(re.search(p, text) for p in settings.get("allowed_values", ())):
                continue
            if any(re.search(p, key) for p in settings.get("blocked_key_patterns", ())):
                attrs[key] = "****"
                continue
            masked = _masked(text, settings)
            if masked != text:
                attrs[key] = masked
    body = str(record["body"])
    if not any(re.search(p, body) for p in settings.get("allowed_values", ())):
        record["body"] = _masked(body, settings)


def _masked(text: str, settings: dict[str, Any]) -> str:
    for pattern in settings.get("blocked_values", ()):
        text = re.sub(pattern, "****", text)
    return text


def _filter(record: Record, settings: dict[str, Any]) -> None:
    for text in settings["logs"]["log_record"]:
        try:
            if _true(ottl.condition(text), record):
                raise Dropped
        except Failed:
            if settings["error_mode"] == "propagate":
                raise Dropped from None


def _transform(record: Record, settings: dict[str, Any]) -> None:
    for group in settings["log_statements"]:
        plain = isinstance(group, str)
        mode = settings["error_mode"] if plain else group.get("error_mode", settings["error_mode"])
        conditions = [] if plain else group.get("conditions", [])
        for text in [group] if plain else group["statements"]:
            try:
                read = ottl.statement(text)
                if conditions and not any(_true(ottl.condition(c), record) for c in conditions):
                    continue
                if read.where is None or _true(read.where, record):
                    _edit(read.editor, record)
            except Failed:
                if mode == "propagate":
                    raise Dropped from None


def _nothing(record: Record, settings: dict[str, Any]) -> None:
    pass


WORK = {
    "attributes": _attributes,
    "resource": _resource,
    "redaction": _redaction,
    "filter": _filter,
    "transform": _transform,
    "batch": _nothing,
}


# -- OTTL ------------------------------------------------------------------------------------------


def _place(path: ottl.Path, record: Record) -> tuple[Any, str]:
    """What holds the value of a path, and under which key."""
    segments = list(path.segments)
    space = "attributes"
    if segments[0][0] in ("log", "resource", "scope") and len(segments) > 1:
        first = segments.pop(0)[0]
        space = "attributes" if first == "log" else first
    name, keys = segments[0]
    if name != "attributes":
        return record, name
    if not keys:
        return record, space
    return record[space], str(keys[0])


def _value(node: Any, record: Record) -> Any:
    if isinstance(node, ottl.Literal):
        return node.value
    if isinstance(node, ottl.Path):
        holder, key = _place(node, record)
        return holder.get(key)
    if isinstance(node, ottl.Several):
        return [_value(part, record) for part in node.parts]
    args = [_value(value, record) for _, value in node.args]
    if node.function == "SHA256":
        if not isinstance(args[0], str):
            raise Failed
        return hashlib.sha256(args[0].encode()).hexdigest()
    if node.function == "Concat":
        return args[1].join(str(part) for part in args[0] if part is not None)
    if node.function == "IsMatch":
        return args[0] is not None and re.search(args[1], str(args[0])) is not None
    raise AssertionError(node.function)


def _true(node: Any, record: Record) -> bool:
    if isinstance(node, ottl.Truth):
        if node.kind == "not":
            return not _true(node.parts[0], record)
        if node.kind == "call":
            return bool(_value(node.parts[0], record))
        decide = all if node.kind == "and" else any
        return decide(_true(part, record) for part in node.parts)
    left, right = _value(node.left, record), _value(node.right, record)
    equal = left == right and type(left) is type(right)
    return equal if node.op == "==" else not equal


def _edit(call: ottl.Call, record: Record) -> None:
    holder, key = _place(call.args[0][1], record)
    rest = [_value(value, record) for _, value in call.args[1:]]
    if call.function == "set":
        if rest[0] is not None:
            holder[key] = rest[0]
        return
    if call.function == "replace_pattern":
        if isinstance(holder.get(key), str):
            holder[key] = re.sub(rest[0], rest[1], holder[key])
        return
    attrs = holder[key]
    if call.function == "replace_all_patterns":
        for k, v in attrs.items():
            if isinstance(v, str):
                attrs[k] = re.sub(rest[1], rest[2], v)
        return
    gone: dict[str, Callable[[str], object]] = {
        "delete_key": lambda k: k == rest[0],
        "delete_keys": lambda k: k in rest[0],
        "delete_matching_keys": lambda k: re.search(rest[0], k),
        "keep_keys": lambda k: k not in rest[0],
        "keep_matching_keys": lambda k: not re.search(rest[0], k),
    }
    for k in [k for k in attrs if gone[call.function](k)]:
        del attrs[k]
