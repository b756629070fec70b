"""Mutants of native files: each takes away or goes around one protection. What each does is seen when
it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from tests.mutants.edit import Edit, data_of
from tests.mutants.formats import native_equal as equal
from tests.mutants.formats import native_run
from tests.mutants.formats.native_parts import PROTECTS, changed, many, protecting, steps, wiring
from tests.mutants.model import Files, Mutant

NAME: Final = "native"
fails, worlds, run = native_run.fails, native_run.worlds, native_run.run


def drop(files: Files) -> Iterator[Mutant]:
    """The step is gone; what it read goes on to where it wrote."""
    for path, number, step in protecting(files):
        edit = Edit(files, path)
        edit.data["steps"][number] = wiring(step) | {"op": "copy"}
        yield edit.mutant("drop", step["id"], ("steps", number))


def disable(files: Files) -> Iterator[Mutant]:
    for path, number, _ in protecting(files):
        for how in (
            {"enabled": False},
            {"sample": 0.5},
            {"only_if": "it rains"},
            {"dry_run": True},
        ):
            yield changed(files, path, number, "disable", **how)


def invert(files: Files) -> Iterator[Mutant]:
    for path, number, step in steps(files):
        if step["op"] == "filter":
            for one, other in (("where", "where_not"), ("where_not", "where")):
                if one in step and other not in step:
                    yield changed(files, path, number, "invert", **{one: None, other: step[one]})
            turned = {"drop": "keep", "keep": "drop"}.get(str(step.get("missing")))
            if turned:
                yield changed(files, path, number, "invert", missing=turned)


def weaken(files: Files) -> Iterator[Mutant]:
    for path, number, step in steps(files):
        yield from (changed(files, path, number, "weaken", **how) for how in _weaker(step))


def _weaker(step: dict[str, Any]) -> Iterator[dict[str, Any]]:
    entities = many(step.get("entities", []))
    for entity in entities:
        left = [e for e in entities if e != entity]
        yield {"entities": left or ["license-plate"]}
    if "min_distinct" in step:
        yield from ({"min_distinct": n} for n in (1, step["min_distinct"] - 1))
        if "of" in step:
            yield {"of": None}
    if step["op"] == "join" and step.get("kind", "inner") == "inner":
        yield {"kind": "left"}
    if step["op"] in PROTECTS:
        yield {"on_error": "pass"}
    where = step.get("where") or {}
    for name in where:
        rest = {key: value for key, value in where.items() if key != name}
        if rest:
            yield {"where": rest}
        yield {"where": {**where, name: [*many(where[name]), *_others(where[name])]}}


def _others(value: Any) -> list[Any]:
    first = many(value)[0]
    return [not first] if isinstance(first, bool) else ["team", "enterprise", "teen", "other"]


def narrow(files: Files) -> Iterator[Mutant]:
    for path, number, step in protecting(files):
        fields = step.get("fields")
        if fields is None or isinstance(fields, dict):
            continue
        named = many(fields)
        if step["op"] == "allow-fields":
            yield changed(files, path, number, "narrow", fields=[*named, *_known(files, named)])
            continue
        yield changed(files, path, number, "narrow", fields=["another_field"])
        for name in named if len(named) > 1 else ():
            left = [f for f in named if f != name]
            yield changed(files, path, number, "narrow", fields=left)


def _known(files: Files, but: list[str]) -> list[str]:
    """Fields of any dataset."""
    found = {
        name
        for text in files.values()
        for said in (data_of(text).get("datasets") or {}).values()
        for name in ((said or {}).get("fields") or {})
    }
    return sorted(found - set(but))


def bypass(files: Files) -> Iterator[Mutant]:
    """What the step reads goes around it: into what reads the step, into what it writes, and into
    another place when it fails."""
    for path, number, step in protecting(files):
        for reader_path, other, reader in steps(files):
            if step["id"] in many(reader["in"]) and reader["op"] != "join":
                edit = Edit(files, reader_path)
                there = edit.data["steps"][other]
                there["in"] = [*many(reader["in"]), *many(step["in"])]
                yield edit.mutant("bypass", f"{reader['id']} reads around", ("steps", other))
        for out in many(step.get("out", [])):
            edit = Edit(files, path)
            around = {"id": "around", "in": step["in"], "op": "copy", "out": out}
            edit.data["steps"].append(around)
            yield edit.mutant(
                "bypass", f"around {step['id']}", ("steps", len(edit.data["steps"]) - 1)
            )
        for sink in _sinks(files):
            yield changed(files, path, number, "bypass", on_error={"to": sink})


def _sinks(files: Files) -> list[str]:
    return sorted({out for _, _, step in steps(files) for out in many(step.get("out", []))})


def after_the_sink(files: Files) -> Iterator[Mutant]:
    """The protection comes when the data has arrived: it reads the sink, and writes elsewhere."""
    for path, number, step in protecting(files):
        chain = _downstream(files, step["id"]) if not step.get("out") else [(path, number)]
        if not chain:
            continue
        last_path, last = chain[-1]
        edit = Edit(files, path)
        if last_path != path:
            continue
        sink = many(edit.data["steps"][last]["out"])[0]
        moved = {key: value for key, value in step.items() if key not in ("id", "in", "out")}
        edit.data["steps"][number] = wiring(step) | {"op": "copy"}
        edit.data["steps"].append({"id": "too-late", "in": sink, **moved})
        yield edit.mutant("after-the-sink", step["id"], ("steps", number))


def _downstream(files: Files, id_: str) -> list[tuple[str, int]]:
    """The steps from one to the first that writes something, if they are a chain."""
    found: list[tuple[str, int]] = []
    while True:
        following = [(p, n, s) for p, n, s in steps(files) if id_ in many(s["in"])]
        if len(following) != 1:
            return []
        path, number, step = following[0]
        found.append((path, number))
        if step.get("out"):
            return found
        id_ = step["id"]


def reorder(files: Files) -> Iterator[Mutant]:
    """Two steps of a chain change places."""
    by_id = {step["id"]: (path, number, step) for path, number, step in steps(files)}
    for path, number, step in steps(files):
        before = many(step["in"])
        if len(before) != 1 or before[0] not in by_id:
            continue
        first_path, first_number, first = by_id[before[0]]
        if first_path != path or first.get("out") or "join" in (step["op"], first["op"]):
            continue
        edit = Edit(files, path)
        one, other = edit.data["steps"][first_number], edit.data["steps"][number]
        kept = ("id", "in", "out")
        swapped = [
            {**{k: a[k] for k in kept if k in a}, **{k: v for k, v in b.items() if k not in kept}}
            for a, b in ((one, other), (other, one))
        ]
        edit.data["steps"][first_number], edit.data["steps"][number] = swapped
        ids = {"id": swapped[0]["id"]}, {"id": swapped[1]["id"]}
        swapped[0].update(ids[0])
        swapped[1].update(ids[1])
        yield edit.mutant("reorder", f"{first['id']} and {step['id']}", ("steps", number))


def rename_away(files: Files) -> Iterator[Mutant]:
    """A copy of the field is made before the protection acts on it."""
    for path, number, step in protecting(files):
        for name in many(step.get("fields") or []) if step["op"] in ("redact", "mask") else ():
            edit = Edit(files, path)
            copy = {"id": "copied", "in": step["in"], "op": "map", "writes": {f"{name}_2": name}}
            edit.data["steps"].insert(number, copy)
            edit.data["steps"][number + 1]["in"] = ["copied"]
            for other in edit.data["steps"]:
                if other["op"] == "allow-fields":
                    other["fields"] = [*many(other["fields"]), f"{name}_2"]
            yield edit.mutant("copy-before", f"{name} before {step['id']}", ("steps", number))


def keep_longer(files: Files) -> Iterator[Mutant]:
    for path, text in files.items():
        for name, said in (data_of(text).get("datasets") or {}).items():
            if not said or "retention" not in said:
                continue
            for how in ("P99Y", "no-limit", None, "${DAYS}"):
                edit = Edit(files, path)
                if how is None:
                    del edit.data["datasets"][name]["retention"]
                else:
                    edit.data["datasets"][name]["retention"] = how
                site = ("datasets", name) if how else None  # of what nobody says no line is shown
                yield edit.mutant("keep-longer", f"{name}: {how}", site)


def leak(files: Files) -> Iterator[Mutant]:
    """A new step hands what a protection reads to somebody, or to a store that nobody knows."""
    for path, _, step in protecting(files):
        for role in ("external", "log", "store"):
            edit = Edit(files, path)
            edit.data.setdefault("datasets", {})["elsewhere"] = {"role": role}
            edit.data["steps"].append(
                {"id": "leak", "in": step["in"], "op": "copy", "out": "elsewhere"}
            )
            yield edit.mutant(
                "side-output", f"{role} beside {step['id']}", ("datasets", "elsewhere")
            )


def unread(files: Files) -> Iterator[Mutant]:
    """A setting that decides cannot be read."""
    for path, number, step in protecting(files):
        yield changed(files, path, number, "unread", enabled="${ON}")
        yield changed(files, path, number, "unread", on_error="${ERRORS}")
        if "entities" in step:
            yield changed(files, path, number, "unread", entities=["${KINDS}"])
        if "min_distinct" in step:
            yield changed(files, path, number, "unread", min_distinct="${K}")
        for name in step.get("where") or {}:
            yield changed(files, path, number, "unread", where={**step["where"], name: "${VALUE}"})


def opaque(files: Files) -> Iterator[Mutant]:
    """A step of which nobody knows what it does."""
    for path, number, step in steps(files):
        if step["op"] in ("join", "aggregate"):
            continue
        edit = Edit(files, path)
        edit.data["steps"].insert(number, {"id": "magic", "in": step["in"], "op": "map"})
        edit.data["steps"][number + 1]["in"] = "magic"
        yield edit.mutant("opaque", f"before {step['id']}", ("steps", number))


def join_in(files: Files) -> Iterator[Mutant]:
    """Another source is joined to what a step reads."""
    for path, number, step in steps(files):
        for name, said in _sources(files).items():
            person = said.get("person")
            if not person or name in many(step["in"]) or step["op"] == "join":
                continue
            edit = Edit(files, path)
            join = {"id": "joined", "in": [many(step["in"])[0], name], "op": "join", "on": person}
            edit.data["steps"].insert(number, join)
            edit.data["steps"][number + 1]["in"] = "joined"
            for other in edit.data["steps"]:
                if other["op"] == "allow-fields":
                    other["fields"] = [*many(other["fields"]), *(said.get("fields") or {})]
            yield edit.mutant("join", f"{name} before {step['id']}", ("steps", number))


def _sources(files: Files) -> dict[str, dict[str, Any]]:
    return {
        name: said
        for text in files.values()
        for name, said in (data_of(text).get("datasets") or {}).items()
        if said and said.get("role") == "source"
    }


def starve(files: Files) -> Iterator[Mutant]:
    """Nothing gets to a sink any more."""
    for path, number, step in steps(files):
        if step.get("out"):
            edit = Edit(files, path)
            edit.data["steps"][number]["out"] = "nowhere"
            edit.data.setdefault("datasets", {})["nowhere"] = {"role": "intermediate"}
            edit.data["datasets"]["nowhere"] = {"role": "store"}
            yield edit.mutant("starve", step["id"])


OPERATORS: Mapping[str, Callable[[Files], Iterator[Mutant]]] = {
    "drop": drop,
    "disable": disable,
    "invert": invert,
    "weaken": weaken,
    "narrow": narrow,
    "bypass": bypass,
    "after-the-sink": after_the_sink,
    "reorder": reorder,
    "copy-before": rename_away,
    "keep-longer": keep_longer,
    "side-output": leak,
    "unread": unread,
    "opaque": opaque,
    "join": join_in,
    "starve": starve,
    "reformat": equal.reformat,
    "shuffle": equal.shuffle,
    "rename-ids": equal.rename_ids,
    "split": equal.split,
    "add-unrelated": equal.add_unrelated,
    "strengthen": equal.strengthen,
    "twice": equal.twice,
    "keep-shorter": equal.keep_shorter,
    "fewer-rows": equal.measure,
}  # fmt: skip
