"""Steps of the native format, each operation with the keys that it takes."""

from __future__ import annotations

from typing import Any, get_args

from ....findings import Location
from ....source import Document, KeyPath
from ....values import did_you_mean
from ...graph import UNKNOWN, Grade, OnError, Operation, Setting, Step
from ...part import fact_at
from ...predicate import Predicate
from .. import shape

OPERATIONS: tuple[Operation, ...] = get_args(Operation)
_COMMON = {
    "id": "text",
    "in": "texts",
    "out": "texts",
    "op": "text",
    "enabled": "bool",
    "on_error": "any",
    "sample": "any",
    "only_if": "text",
    "dry_run": "bool",
    "regions": "texts",
    "external": "bool",
    "name": "text",
}
_FIELDS = {"fields": "texts"}
_OWN: dict[str, dict[str, str]] = {
    "redact": {**_FIELDS, "entities": "texts"},
    "mask": {**_FIELDS, "entities": "texts"},
    "hash": _FIELDS,
    "encrypt": _FIELDS,
    "drop-field": _FIELDS,
    "allow-fields": _FIELDS,
    "filter": {"where": "any", "where_not": "any", "missing": "text"},
    "aggregate": {"group_by": "texts", "min_distinct": "any", "of": "text", "measures": "map"},
    "noise": {**_FIELDS, "epsilon": "any", "delta": "any"},
    "generalise": {**_FIELDS, "area_km2": "any", "min_people": "any"},
    "join": {"on": "texts", "kind": "text"},
    "rename": {"fields": "map"},
    "map": {"writes": "map"},
    "call-model": {"writes": "map"},
}
_NEED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("redact", "mask", "hash", "encrypt", "noise", "generalise"), ("fields",)),
    **dict.fromkeys(("drop-field", "allow-fields", "rename"), ("fields",)),
    "join": ("on",),
    "aggregate": ("group_by",),
}
PARAMETERS = {
    "min_distinct": "k",
    "epsilon": "epsilon",
    "delta": "delta",
    "area_km2": "area-km2",
    "min_people": "min-people",
}
ERRORS = {"fail": "fail", "stop": "fail", "drop": "drop", "pass": "pass"}


def keys_of(op: str, *, overlay: bool) -> shape.Keys:
    """The keys of a step with this operation; what an overlay says needs no input of its own."""
    need = ("id", *(() if overlay else ("in",)), *_NEED.get(op, ()))
    return shape.Keys(_COMMON | _OWN.get(op, {}), need)


class StepReader:
    """Reads steps of one native file."""

    def __init__(self, document: Document, say: shape.Shape, grade: Grade, overlay: bool) -> None:
        self.document, self.say, self.grade, self.overlay = document, say, grade, overlay

    def read(self, path: KeyPath) -> tuple[Step | None, bool]:
        """The step, and whether it speaks of a step that another file has."""
        raw = shape.at(self.document.data, path)
        op = raw.get("op") if isinstance(raw, dict) else None
        if not isinstance(op, str) or op not in OPERATIONS:
            if not isinstance(raw, dict):
                self.say.fault(path, "a step must be a mapping")
            elif op is None:
                self.say.fault(path, "'op' is missing", "add 'op:'")
            else:
                self.say.fault(
                    (*path, "op"), f"'{op}' is not an operation", did_you_mean(str(op), OPERATIONS)
                )
            return None, False
        is_overlay = self.overlay and "in" not in raw
        content = self.say.keys(path, raw, keys_of(op, overlay=is_overlay))
        if not isinstance(content.get("id"), str):
            return None, False
        step = self._common(path, op, content)
        self._own(path, step, content)
        return step, is_overlay

    def _common(self, path: KeyPath, op: Any, content: dict[str, Any]) -> Step:
        step = Step(
            content["id"],
            op,
            fact_at(self.document, (*path, "op"), f"{op}", self.grade),
            inputs=tuple(content.get("in", ())),
            outputs=tuple(content.get("out", ())),
            regions=tuple(content["regions"]) if "regions" in content else None,
            external=content.get("external") is True,
            name=content.get("name", ""),
        )
        step.written = self._written(path, step)
        if "enabled" in content:
            step.runs = self._setting((*path, "enabled"), content["enabled"], "enabled")
        for key, harmless in (("sample", 1), ("only_if", None), ("dry_run", False)):
            if key not in content or content[key] == harmless:
                continue
            text = f"{key}: {content[key]}"
            if key != "only_if" and (shape.unreadable(content[key]) or content[key] is UNKNOWN):
                if step.runs is None or step.runs.value is True:
                    step.runs = self._setting((*path, key), UNKNOWN, key)
            else:
                step.partial = fact_at(self.document, (*path, key), text, self.grade)
        if "on_error" in content:
            step.on_error = self._on_error((*path, "on_error"), content["on_error"])
        return step

    def _written(self, path: KeyPath, step: Step) -> dict[str, Location]:
        paths = {name: (*path, "out", n) for n, name in enumerate(step.outputs)}
        paths |= {name: (*path, "in", n) for n, name in enumerate(step.inputs)}
        paths[step.id] = (*path, "id")
        at = self.document.position
        return {name: Location.at(self.document.path, at(p)) for name, p in paths.items()}

    def _setting(self, path: KeyPath, value: Any, name: str) -> Setting:
        known = UNKNOWN if shape.unreadable(value) else value
        said = str(value).lower() if isinstance(value, bool) else value
        return Setting(known, fact_at(self.document, path, f"{name}: {said}", self.grade))

    def _on_error(self, path: KeyPath, value: Any) -> OnError | None:
        if isinstance(value, dict) and list(value) == ["to"] and isinstance(value["to"], str):
            return OnError(self._setting(path, "to", "on_error"), value["to"])
        if shape.unreadable(value):
            return OnError(self._setting(path, value, "on_error"))
        if not isinstance(value, str) or value not in ERRORS:
            self.say.unknown_word(path, value, ERRORS)
            return None
        fact = fact_at(self.document, path, f"on_error: {value}", self.grade)
        return OnError(Setting(ERRORS[value], fact))

    def _own(self, path: KeyPath, step: Step, content: dict[str, Any]) -> None:
        self._fields(path, step, content)
        self._entities(path, step, content)
        step.group_by = tuple(content.get("group_by", ()))
        step.distinct = content.get("of")
        if step.op == "join":
            self._join(path, step, content)
        if step.op == "filter":
            step.where = self._where(path, content)
        for key, name in PARAMETERS.items():
            if key in content:
                step.parameters[name] = self._number((*path, key), content[key], key)
        self._names_known(step)

    def _fields(self, path: KeyPath, step: Step, content: dict[str, Any]) -> None:
        if step.op == "rename":
            step.writes = {}
            for old, new in content.get("fields", {}).items():
                step.writes[str(new)] = (*step.writes.get(str(new), ()), str(old))
            step.fields = tuple(map(str, content.get("fields", {})))
        else:
            step.fields = tuple(content.get("fields", ()))
        step.all_fields = "*" in step.fields
        if step.op in ("map", "call-model", "aggregate"):
            key = "measures" if step.op == "aggregate" else "writes"
            if key in content:
                step.writes = {
                    str(k): self._names((*path, key, k), v) for k, v in content[key].items()
                }
            elif step.op == "aggregate":
                step.writes = {}

    def _entities(self, path: KeyPath, step: Step, content: dict[str, Any]) -> None:
        for index, entity in enumerate(content.get("entities", ())):
            if shape.unreadable(entity):
                step.entities_known = False
                continue
            where = (*path, "entities", index)
            step.entities[entity] = fact_at(self.document, where, f"redact {entity}", self.grade)
        if step.op == "redact" and "entities" not in content:
            step.entities_known = False

    def _join(self, path: KeyPath, step: Step, content: dict[str, Any]) -> None:
        step.join_on = tuple(content.get("on", ()))
        kind = content.get("kind", "inner")
        if kind not in ("inner", "left"):
            if not shape.unreadable(kind):
                self.say.unknown_word((*path, "kind"), kind, ("inner", "left"))
            kind = "unknown"
        step.join_kind = kind
        if "in" in content and len(step.inputs) != 2:
            hint = "join two, then join the third to what comes out"
            self.say.fault((*path, "in"), "a join takes two inputs: left, then right", hint)

    def _names_known(self, step: Step) -> None:
        """A step of which a run alone would know the fields may do anything."""
        made = [name for names in (step.writes or {}).values() for name in names]
        names = (*step.fields, *step.group_by, *step.join_on, *(step.writes or ()), *made)
        if any(shape.unreadable(name) for name in names):
            step.op, step.writes, step.fields = "map", None, ()

    def _names(self, path: KeyPath, value: Any) -> tuple[str, ...]:
        names = value if isinstance(value, list) else [value]
        if not all(isinstance(name, str) for name in names):
            self.say.fault(path, f"'{path[-1]}' must name the fields that it is made from")
            return ()
        return tuple(names)

    def _number(self, path: KeyPath, value: Any, name: str) -> Setting:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number and not shape.unreadable(value):
            self.say.fault(path, f"'{name}' must be a number")
            value = "???"
        return self._setting(path, value, name)

    def _where(self, path: KeyPath, content: dict[str, Any]) -> Predicate:
        missing = {"keep": True, "drop": False}.get(content.get("missing", ""))
        if "missing" in content and missing is None and not shape.unreadable(content["missing"]):
            self.say.unknown_word((*path, "missing"), content["missing"], ("keep", "drop"))
        written = {key: content.get(key) or {} for key in ("where", "where_not")}
        for key, value in written.items():
            if not isinstance(value, dict) and not shape.unreadable(value):
                self.say.fault((*path, key), f"'{key}' must be a mapping")
        if not any(written.values()):
            self.say.fault(path, "a filter needs 'where' or 'where_not'", "say which rows it keeps")
        return _condition(written["where"], written["where_not"], missing)


def _condition(kept: Any, dropped: Any, missing: bool | None) -> Predicate:
    """What passes: all of `where`, and not all of `where_not`."""
    from ...predicate import All, Not

    parts: list[Predicate] = [shape.condition(kept, missing)] if kept else []
    if dropped:
        parts.append(Not(shape.condition(dropped, None if missing is None else not missing)))
    return parts[0] if len(parts) == 1 else All(tuple(parts))
