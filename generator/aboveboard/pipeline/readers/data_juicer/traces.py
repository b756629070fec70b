"""What a Data-Juicer run leaves beside single operators: traces, statistics, files of their own."""

from __future__ import annotations

from ...graph import Step
from ...part import Part
from ...predicate import fields_of
from .catalogue import FILE_OUTPUTS, META, STATS
from .recipe import Call, Recipe
from .stores import Chain, add_copy, add_place, add_store, add_writer

Called = list[tuple[Call, Step]]
# Filters whose statistic is the value of the field itself.
_COPIES_FIELD = frozenset({"specified_field_filter", "specified_numeric_field_filter"})


def add_traces(part: Part, recipe: Recipe, called: Called) -> None:
    """The tracer's samples: a mapper's text before and after, a filter's whole dropped rows."""
    on = recipe.flag("open_tracer")
    if on.value is False:
        return
    store = add_store(part, recipe, "trace", on.fact)
    chosen, kept = recipe.setting("op_list_to_trace"), recipe.setting("trace_keys")
    listed, keys = chosen.value, kept.value
    whole: list[str] = []
    for call, step in called:
        if isinstance(listed, list) and listed and call.name not in listed:
            continue
        kind = call.operator.kind if call.operator else "mapper"
        if kind in ("selector", "grouper", "aggregator", "pipeline"):
            continue
        text = call.key("text_key").value
        if kind == "mapper" and isinstance(text, str) and isinstance(keys, list):
            writer = Step(f"{step.id}-trace", "allow-fields", on.fact, (*step.inputs, step.id))
            writer.fields = (text, *(key for key in keys if isinstance(key, str)))
            writer.outputs = (store,)
            add_writer(part, writer, chosen.fact)
        else:
            whole.extend(step.inputs)
    if whole:
        writer = Step(f"{store}-writer", "copy", on.fact, tuple(dict.fromkeys(whole)), (store,))
        add_writer(part, writer, chosen.fact, kept.fact)


def add_statistics(part: Part, recipe: Recipe, chain: Chain, called: Called) -> None:
    """The file of statistics beside the export, where it holds what the rows hold."""
    if recipe.setting("executor_type").value in ("ray", "ray_partitioned"):
        return
    wanted: dict[str, list[str]] = {}
    for i, (call, step) in enumerate(called):
        for name in _in_statistics(call, step):
            later = [after for _, after in called[i + 1 :]]
            changed = any(name in (*s.fields, *(s.writes or ())) for s in later)
            wanted.setdefault(step.id if changed else chain.last.id, []).append(name)
    if not wanted:
        return
    fact = recipe.default("statistics are written to a file beside the export")
    store = add_store(part, recipe, "stats", fact, _statistics_path(recipe))
    kept = recipe.may("keep_stats_in_res_ds")
    for i, (source, names) in enumerate(wanted.items()):
        writer = Step(
            f"{store}-writer" + (f"-{i + 1}" if i else ""), "allow-fields", fact, (source,)
        )
        writer.outputs = (store, chain.export) if kept else (store,)
        writer.fields = tuple(dict.fromkeys(names))
        add_writer(part, writer)


def _in_statistics(call: Call, step: Step) -> tuple[str, ...]:
    """The fields whose content an operator puts into the row's statistics."""
    if step.opaque:
        return (META, STATS)
    if call.name in _COPIES_FIELD:
        field = call.setting("field_key").value
        return (field,) if isinstance(field, str) and field else ()
    if step.op == "filter" and step.external and step.where is not None:
        return tuple(sorted(fields_of(step.where)))  # a model's answer may quote its question
    return ()


def _statistics_path(recipe: Recipe) -> str | None:
    export, kind = (recipe.setting(name).value for name in ("export_path", "export_type"))
    if not isinstance(export, str):
        return None
    ending = kind if isinstance(kind, str) else export.rpartition(".")[2]
    return export.replace(f".{ending.lower()}", "_stats.jsonl")


def add_own_files(part: Part, recipe: Recipe, called: Called) -> None:
    """Files that an operator writes by a parameter of its own, before a filter drops any row."""
    for call, step in called:
        known = set(call.operator.params) if call.operator else set()
        for param in sorted(FILE_OUTPUTS & known & {*call.params, *call.earlier}):
            found = call.setting(param)
            if found.value is None:
                continue
            what = f"{param} of {call.name}"
            store = add_place(part, recipe, found.value, call.place(param), "store", what)
            before = step.op == "filter"
            inputs = step.inputs if before else (step.id,)
            writer = add_copy(part, store, inputs, found.fact)
            writer.id = f"{step.id}-{param}"
