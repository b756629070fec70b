"""Data-Juicer recipes: `process` is a chain of operators from the inputs to the export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....source import Document, KeyPath
from ....values import nearest
from ...graph import Step
from ...part import Part
from ...predicate import Unreadable
from .catalogue import FROM_SETTINGS, Catalogue
from .recipe import Call, Recipe
from .steps import steps_of
from .stores import Chain, add_export, add_inputs, add_side_stores
from .traces import Called, add_own_files, add_statistics, add_traces


def read_recipe(document: Document, table: Catalogue) -> Part:
    """The recipe as steps and datasets, with what the tool writes on the side."""
    part = Part()
    recipe = Recipe(document, document.data if isinstance(document.data, dict) else {}, table)
    _check_settings(recipe)
    inputs = add_inputs(part, recipe)
    export = add_export(part, recipe)
    start = _columns(part, recipe, inputs)
    steps, called = _operators(recipe, start)
    _note_fusion(recipe, called)
    steps[-1].outputs = (export,)
    part.steps.extend(steps)
    chain = Chain(start, steps, export, {})
    add_traces(part, recipe, called)
    add_statistics(part, recipe, chain, called)
    add_own_files(part, recipe, called)
    add_side_stores(part, recipe, chain)
    part.findings.extend(dict.fromkeys(recipe.findings))
    return part


def _check_settings(recipe: Recipe) -> None:
    """Report keys that the tool does not have: it refuses the whole file."""
    table = recipe.table
    for key, value in recipe.data.items():
        if key not in table.top_level and key not in table.settings:
            _unknown_setting(recipe, key, (key,), table.top_level)
        elif isinstance(value, dict) and table.below(key):
            for name in value.keys() - table.below(key):
                _unknown_setting(recipe, name, (key, name), table.below(key))


def _unknown_setting(recipe: Recipe, name: str, path: KeyPath, known: set[str]) -> None:
    if "\0" in name:  # a key given twice, which the parser has reported
        return
    message = f"{recipe.table.name} has no setting '{name}'"
    near = nearest(name, known)  # the list of all of them would be no hint
    recipe.find(path, message, "unknown-setting", f"did you mean '{near}'?" if near else "")


def _columns(part: Part, recipe: Recipe, inputs: tuple[str, ...]) -> tuple[str, ...]:
    """Columns picked at loading, which only Parquet files allow."""
    path = ("load_dataset_kwargs", "columns")
    if recipe.gives(".".join(path)) is None:
        return inputs
    picked = recipe.at(path)
    if not isinstance(picked, list) or not all(isinstance(name, str) for name in picked):
        return inputs
    if not all(name.endswith(".parquet") for name in inputs):
        return inputs
    fact = recipe.fact(path, f"only the columns {', '.join(picked)} are loaded")
    step = Step(recipe.id("columns"), "allow-fields", fact, inputs, fields=tuple(picked))
    part.steps.append(step)
    return (step.id,)


# -- the chain of operators ----------------------------------------------------------------


def _operators(recipe: Recipe, start: tuple[str, ...]) -> tuple[list[Step], Called]:
    """Every step of `process` in order, and the call behind each that is one."""
    steps: list[Step] = []
    called: Called = []
    seen: dict[str, int] = {}
    given: dict[str, dict[str, KeyPath]] = {}
    for name, params, path in _entries(recipe):
        before = (steps[-1].id,) if steps else start
        count = seen[name] = seen.get(name, 0) + 1
        id = recipe.id(name if count == 1 else f"{name}-{count}")
        if params is None:
            fact = recipe.fact(path, "what stands here cannot be read", "unknown")
            steps.append(Step(id, "map", fact, before, name=name))
            continue
        call = Call(recipe, id, name, path, params, dict(given.get(name, {})))
        call.check()
        steps.extend(steps_of(call, before, count - 1))
        called.append((call, steps[-1]))
        carried = {p: (*path, p) for p in params if p not in FROM_SETTINGS}
        given.setdefault(name, {}).update(carried)
    if not steps:
        fact = recipe.fact(("process",), "no operator runs: the input is exported as it is")
        steps.append(Step(recipe.id("copy"), "copy", fact, start))
    return steps, called


def _entries(recipe: Recipe) -> Iterator[tuple[str, dict[str, Any] | None, KeyPath]]:
    """Name, parameters and key path of each operator; parameters None: cannot be read."""
    process = recipe.data.get("process")
    if process is None:
        return
    if not isinstance(process, list):
        recipe.find(("process",), "process must be a list of operators", hint="write '- name:'")
        yield "process", None, ("process",)
        return
    for i, item in enumerate(process):
        yield from _entry(recipe, item, ("process", i))


def _entry(
    recipe: Recipe, item: Any, path: KeyPath
) -> Iterator[tuple[str, dict[str, Any] | None, KeyPath]]:
    if isinstance(item, str):
        recipe.find(path, f"{recipe.table.name} wants a mapping here", hint=f"write '{item}:'")
        yield item, {}, path
        return
    if not isinstance(item, dict) or not item:
        recipe.find(path, "an operator is a mapping from its name to its parameters")
        yield f"item-{path[-1]}", None, path
        return
    if len(item) > 1:
        recipe.find(path, "each operator needs an entry of its own", hint="start it with '- '")
    for key, params in item.items():
        name, at = key.partition("\0")[0], (*path, key)
        if params is not None and not isinstance(params, dict):
            recipe.find(at, f"the parameters of {name} must be a mapping")
            yield name, None, at
        else:
            yield name, params or {}, at


def _note_fusion(recipe: Recipe, called: Called) -> None:
    """Fusion may reorder neighbouring filters, never across another operator."""
    on = recipe.flag("op_fusion")
    if on.value is False:
        return
    general = [step for call, step in called if call.name == "general_field_filter"]
    for _, step in called:
        if step.op == "filter":
            text = f"{step.fact.text}; op_fusion may reorder it among the filters next to it"
            step.fact = step.fact._replace(text=text)
    if len(general) > 1:  # only the first to run has an effect
        for step in general:
            step.where = Unreadable("which general_field_filter runs first is not known")
