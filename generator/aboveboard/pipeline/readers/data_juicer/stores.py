"""Where a Data-Juicer run reads and writes: inputs, the export, and everything on the side."""

from __future__ import annotations

import shlex
from typing import Any, NamedTuple

from ....source import KeyPath
from ....values import normal_path
from ...graph import UNKNOWN, Dataset, Fact, Role, Step
from ...part import Part
from .recipe import Recipe, path_is_open


def add_place(part: Part, recipe: Recipe, path: Any, at: KeyPath, role: Role, what: str) -> str:
    """A dataset at a path that the recipe gives; its id is the path, if that can be read."""
    if not isinstance(path, str) or not path or path_is_open(path):
        name = f"{recipe.stem}: unknown {what}"
        fact = recipe.fact(at, f"{what} cannot be read", "unknown")
    else:
        name = normal_path(path)
        fact = recipe.fact(at, f"{what} is {path}")
        part.paths[name] = name
    if all(known.id != name for known in part.datasets):
        part.datasets.append(Dataset(name, fact, role))
    return name


# -- inputs --------------------------------------------------------------------------------


def add_inputs(part: Part, recipe: Recipe) -> tuple[str, ...]:
    """The datasets that are read: generated, by `dataset_path`, or by `dataset`, in this order."""
    generated = recipe.given("generated_dataset_config")
    path = recipe.given("dataset_path")
    listed = recipe.data.get("dataset")
    if generated:
        used, names = "generated_dataset_config", [_generated(part, recipe)]
    elif path:
        used, names = "dataset_path", _by_path(part, recipe, path)
    elif listed:
        used, names = "dataset", _by_configs(part, recipe, listed)
    else:
        used, names = "", []
    _ignored(recipe, used)
    if not names:
        fact = recipe.fact((), "the recipe names no input", "unknown")
        part.datasets.append(Dataset(f"{recipe.stem}: unknown input", fact))
        names = [part.datasets[-1].id]
    return tuple(dict.fromkeys(names))


def _ignored(recipe: Recipe, used: str) -> None:
    ranked = ("generated_dataset_config", "dataset_path", "dataset")
    for name in ranked[ranked.index(used) + 1 :] if used else ():
        if recipe.data.get(name):
            message = f"'{name}' is ignored, since {used} is set"
            recipe.find((name,), message, "unknown-setting", "remove one of them")


def _generated(part: Part, recipe: Recipe) -> str:
    name = f"{recipe.stem}: generated dataset"
    fact = recipe.fact(("generated_dataset_config",), "a formatter generates the input")
    part.datasets.append(Dataset(name, fact))
    return name


def _by_path(part: Part, recipe: Recipe, value: Any) -> list[str]:
    """`dataset_path` holds one path, or several with weights between them."""
    at = ("dataset_path",)
    if not isinstance(value, str):
        return [add_place(part, recipe, UNKNOWN, at, "intermediate", "dataset_path")]
    try:
        words = shlex.split(value)
    except ValueError as error:
        recipe.find(at, f"dataset_path cannot be read: {error}")
        words = []
    paths: list[Any] = [word for word in words if not _is_number(word)] or [UNKNOWN]
    return [add_place(part, recipe, path, at, "intermediate", "dataset_path") for path in paths]


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _by_configs(part: Part, recipe: Recipe, value: Any) -> list[str]:
    """`dataset.configs` lists sources; a source without a path is one of its own."""
    at: KeyPath = ("dataset", "configs")
    configs = value.get("configs") if isinstance(value, dict) else value
    if not isinstance(value, dict):
        recipe.find(("dataset",), "dataset must be a mapping with a list of 'configs'")
        at = ("dataset",)
    if not isinstance(configs, list) or not configs:
        recipe.find(at, "dataset.configs must be a list of sources")
        return [add_place(part, recipe, UNKNOWN, at, "intermediate", "dataset.configs")]
    names = []
    for i, config in enumerate(configs):
        if not isinstance(config, dict):
            recipe.find((*at, i), "a source is a mapping with type and path")
            names.append(add_place(part, recipe, UNKNOWN, (*at, i), "intermediate", "source"))
            continue
        key = "path" if "path" in config else next(iter(config), "path")
        path = recipe.at((*at, i, "path")) if "path" in config else UNKNOWN
        what = f"path of source {i + 1}"
        names.append(add_place(part, recipe, path, (*at, i, key), "intermediate", what))
    return names


# -- what is written -----------------------------------------------------------------------


class Chain(NamedTuple):
    """The steps of a recipe in order, with the datasets at both ends."""

    inputs: tuple[str, ...]
    steps: list[Step]
    export: str
    traced: dict[str, Step]

    @property
    def last(self) -> Step:
        """The step that exports."""
        return self.steps[-1]

    @property
    def through(self) -> tuple[str, ...]:
        """All that the operators read: the inputs, and every output but the last."""
        return (*self.inputs, *(step.id for step in self.steps[:-1]))


def add_export(part: Part, recipe: Recipe) -> str:
    """The dataset that the run exports."""
    found = recipe.setting("export_path")
    path = recipe.gives("export_path")
    if path is None and found.known:
        name = normal_path(str(found.value))
        part.datasets.append(Dataset(name, found.fact, "store"))
        part.paths[name] = name
        return name
    return add_place(part, recipe, found.value, path or (), "store", "export_path")


def add_store(part: Part, recipe: Recipe, kind: str, fact: Fact, path: Any = None) -> str:
    """A store on the side, by its kind: `train/cache`."""
    name = recipe.id(kind)
    part.datasets.append(Dataset(name, fact, "log" if kind == "log" else "store"))
    if isinstance(path, str) and path and not path_is_open(path):
        part.paths[name] = normal_path(path)
    return name


def add_copy(part: Part, store: str, inputs: tuple[str, ...], fact: Fact) -> Step:
    """The step that writes whole rows to a store."""
    step = Step(f"{store}-writer", "copy", fact, tuple(dict.fromkeys(inputs)), (store,))
    return add_writer(part, step)


def add_writer(part: Part, step: Step, *facts: Fact) -> Step:
    """A step that writes to the side: opaque if one of its facts is unknown, since it may not."""
    doubts = [fact for fact in (step.fact, *facts) if fact.grade == "unknown"]
    if doubts:
        step.op, step.fields, step.fact = "map", (), doubts[0]
    part.steps.append(step)
    return step


def add_side_stores(part: Part, recipe: Recipe, chain: Chain) -> None:
    """Every place besides the export that rows reach, by the recipe's settings."""
    _original(part, recipe, chain)
    _cache(part, recipe, chain)
    _checkpoint(part, recipe, chain)
    _insight(part, recipe, chain)
    _log(part, recipe, chain)


def _original(part: Part, recipe: Recipe, chain: Chain) -> None:
    """An analysis of the recipe, which is a command of its own, exports the input as it was."""
    path = recipe.gives("export_original_dataset")
    if path is None or not recipe.may("export_original_dataset"):
        return
    text = "an analysis of this recipe writes its input to export_path: export_original_dataset"
    step = Step(recipe.id("analysis"), "copy", recipe.fact(path, text, "unknown"), chain.inputs)
    step.outputs = (chain.export,)
    add_writer(part, step)


def _cache(part: Part, recipe: Recipe, chain: Chain) -> None:
    """Loading copies every input into the HuggingFace cache, even when `use_cache` is false."""
    executor = recipe.setting("executor_type")
    if executor.known and executor.value != "default":
        return
    cached = recipe.flag("use_cache")
    disabled = cached.value is False or any(
        recipe.flag(name).value is True
        for name in ("use_checkpoint", "decrypt_after_reading", "encrypt_before_export")
    )
    fact = cached.fact
    if disabled:
        fact = recipe.default("the loader copies the input into the cache of datasets")
    path = recipe.setting("ds_cache_dir").value
    store = add_store(part, recipe, "cache", fact, path)
    steps = () if disabled else tuple(step.id for step in chain.steps)
    add_copy(part, store, (*chain.inputs, *steps), fact)


def _checkpoint(part: Part, recipe: Recipe, chain: Chain) -> None:
    """The rows after any operator: a run that fails leaves those of the last one that did not."""
    executor = recipe.setting("executor_type").value
    if executor == "ray_partitioned":
        on, kind = recipe.flag("checkpoint.enabled"), recipe.setting("checkpoint.strategy")
        if on.value is False or kind.value == "disabled":
            return
        fact, path = on.fact, recipe.setting("checkpoint_dir").value
    else:
        on, path = recipe.flag("use_checkpoint"), None
        fused = recipe.flag("op_fusion").value is True
        if on.value is False or executor == "ray" or fused:
            return
        fact = on.fact
    store = add_store(part, recipe, "checkpoint", fact, path)
    add_copy(part, store, tuple(step.id for step in chain.steps), fact)


def _insight(part: Part, recipe: Recipe, chain: Chain) -> None:
    on = recipe.flag("open_insight_mining")
    if on.value is not False:
        store = add_store(part, recipe, "insight", on.fact)
        add_copy(part, store, (*chain.through, chain.last.id), on.fact)


def _log(part: Part, recipe: Recipe, chain: Chain) -> None:
    """An operator's error message, which may quote the row, is logged, skipped or not."""
    path = recipe.setting("event_log_dir").value
    text = "error messages, which may quote a row, are logged below work_dir"
    fact = recipe.default(text)
    add_copy(part, add_store(part, recipe, "log", fact, path), chain.through, fact)
