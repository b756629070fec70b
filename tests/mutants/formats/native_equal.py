"""Rewrites of native files that change nothing that matters. What each does is seen when it runs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.mutants.edit import Edit, data_of, dumped
from tests.mutants.formats.native_parts import changed, many, protecting, steps
from tests.mutants.formats.native_run import FALLIBLE
from tests.mutants.model import Files, Mutant


def reformat(files: Files) -> Iterator[Mutant]:
    for path, text in files.items():
        data = data_of(text)
        for what, made in (
            ("block style", dumped(data, path)),
            ("flow style", "# the same\n" + json.dumps(data, indent=3, sort_keys=True) + "\n"),
            ("other ends of lines", text.replace("\n", "\r\n")),
            ("comments", text.replace("\n", "  # so it is\n", 1) + "\n\n# the end\n"),
        ):
            yield Mutant("reformat", {**files, path: made}, None, f"{path}: {what}")


def shuffle(files: Files) -> Iterator[Mutant]:
    """Steps and datasets stand in another order; what each reads says when it runs."""
    for path, text in files.items():
        data = data_of(text)
        if len(data.get("steps") or ()) > 1:
            edit = Edit(files, path)
            edit.data["steps"].reverse()
            yield edit.mutant("shuffle", f"{path}: steps")
        if len(data.get("datasets") or {}) > 1:
            edit = Edit(files, path)
            edit.data["datasets"] = dict(reversed(edit.data["datasets"].items()))
            yield edit.mutant("shuffle", f"{path}: datasets")


def rename_ids(files: Files) -> Iterator[Mutant]:
    ids = [step["id"] for _, _, step in steps(files)]
    new = {id_: f"step-{number}-of-many" for number, id_ in enumerate(ids)}
    made = dict(files)
    for path, text in files.items():
        data = data_of(text)
        for step in data.get("steps") or ():
            step["id"] = new.get(step["id"], step["id"])
            if "in" in step:
                step["in"] = [new.get(name, name) for name in many(step["in"])]
        made[path] = dumped(data, path)
    yield Mutant("rename-ids", made)


def split(files: Files) -> Iterator[Mutant]:
    """One file becomes two: datasets here, steps there; then step by step."""
    for path, text in files.items():
        data = data_of(text)
        steps = data.get("steps") or []
        if data.get("overlay") or not steps or not data.get("datasets"):
            continue
        other = path.rpartition("/")[0] + "/split-off.yml"
        for cut in range(len(steps)):
            here = (
                {**data, "steps": steps[:cut]}
                if cut
                else {"version": 1, "datasets": data["datasets"]}
            )
            there = {"version": 1, "steps": steps[cut:]}
            made = {**files, path: dumped(here, path), other: dumped(there, other)}
            yield Mutant("split", made, None, f"{path} after {cut} steps")


def add_unrelated(files: Files) -> Iterator[Mutant]:
    for path, text in files.items():
        data = data_of(text)
        if data.get("overlay"):
            continue
        edit = Edit(files, path)
        edit.data.setdefault("datasets", {}).update(
            {"weather": {"role": "store", "fields": {"rain": {}}}, "forecast": {"role": "store"}}
        )
        edit.data.setdefault("steps", []).append(
            {"id": "guess", "in": "weather", "op": "map", "out": "forecast"}
        )
        yield edit.mutant("add-unrelated", path)


def strengthen(files: Files) -> Iterator[Mutant]:
    for path, number, step in protecting(files):
        if "entities" in step:
            more = [*many(step["entities"]), "license-plate"]
            yield changed(files, path, number, "strengthen", entities=more)
        if "min_distinct" in step and step["min_distinct"] > 1:
            yield changed(files, path, number, "strengthen", min_distinct=step["min_distinct"] + 1)
        yield changed(files, path, number, "strengthen", enabled=True)
        if step["op"] in FALLIBLE:
            yield changed(files, path, number, "strengthen", on_error="fail")


def twice(files: Files) -> Iterator[Mutant]:
    """A protection acts twice, or a copy comes between."""
    for path, number, step in steps(files):
        if step["op"] in ("join", "aggregate", "rename", "hash"):
            continue
        for what, extra in (
            ("again", {k: v for k, v in step.items() if k != "out"}),
            ("copy", {"op": "copy"}),
        ):
            edit = Edit(files, path)
            before = {**extra, "id": "before-it", "in": step["in"]}
            edit.data["steps"].insert(number, before)
            edit.data["steps"][number + 1]["in"] = "before-it"
            yield edit.mutant("twice", f"{what} before {step['id']}")


def keep_shorter(files: Files) -> Iterator[Mutant]:
    for path, text in files.items():
        for name, said in (data_of(text).get("datasets") or {}).items():
            if said and "retention" in said:
                edit = Edit(files, path)
                edit.data["datasets"][name]["retention"] = "P1D"
                yield edit.mutant("keep-shorter", name, ("datasets", name))


def measure(files: Files) -> Iterator[Mutant]:
    """Fewer rows, for a reason that has nothing to do with anybody's choice."""
    for path, number, step in steps(files):
        if step["op"] in ("join", "aggregate"):
            continue
        edit = Edit(files, path)
        before = {"id": "no-doubles", "in": step["in"], "op": "deduplicate"}
        edit.data["steps"].insert(number, before)
        edit.data["steps"][number + 1]["in"] = "no-doubles"
        yield edit.mutant("fewer-rows", f"before {step['id']}")
