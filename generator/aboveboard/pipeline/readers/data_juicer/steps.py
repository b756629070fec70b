"""From a call of a Data-Juicer operator to the steps that it is in the graph."""

from __future__ import annotations

from ...graph import UNKNOWN, OnError, Operation, Setting, Step
from ...predicate import Measured
from .catalogue import (
    EDITS_MEDIA,
    IN_PLACE,
    SENDS_OUT,
    SOURCE_FILE,
    Operator,
)
from .conditions import CONDITIONS, EVERYTHING, general, measured
from .recipe import Call
from .redaction import REDACTORS, redaction

# Kinds whose failures the tool catches nowhere.
_UNCAUGHT = frozenset({"selector", "grouper"})
_GENERAL = "general_field_filter"


def steps_of(call: Call, before: tuple[str, ...], seen: int) -> list[Step]:
    """The steps of one call, in order; `seen` calls of the same operator came before it."""
    step = _decided(call, seen)
    step.name, step.inputs = call.name, before
    step.on_error = on_error(call)
    if call.name not in EDITS_MEDIA:
        return [step]
    kept = _originals(call, before)
    step.inputs = (kept.id,)
    return [kept, step]


def _decided(call: Call, seen: int) -> Step:
    operator = call.operator
    if operator is None:
        return _opaque(call, f"{call.name} is not in our catalogue")
    if call.name in REDACTORS:
        return redaction(call)
    if call.name == _GENERAL:
        return _general(call, seen)
    if call.name in CONDITIONS or operator.kind in ("filter", "selector"):
        return _filter(call, operator)
    if operator.kind == "deduplicator":
        step = Step(call.id, "deduplicate", call.fact(f"{call.name} drops duplicates"), ())
        step.fields = call.keys(*operator.keys)
        return step
    if call.name in IN_PLACE:
        return _in_place(call, "text_key")
    if call.name in EDITS_MEDIA:
        return _in_place(call, EDITS_MEDIA[call.name])
    return _model_or_map(call, operator)


def _opaque(call: Call, text: str, op: Operation = "map") -> Step:
    return Step(call.id, op, call.fact(text), ())


def _in_place(call: Call, param: str) -> Step:
    """A field that is rewritten from itself; what a pattern of its own takes out is not known."""
    key = call.key(param)
    if not isinstance(key.value, str):
        return _opaque(call, f"{call.name} may write any field: {param} cannot be read")
    text = f"{call.name} rewrites {key.value}"
    if call.name == "replace_content_mapper":
        text += "; an overlay may say what its pattern takes out"
    step = Step(call.id, "map", call.fact(text), ())
    step.writes = {key.value: (key.value,)}
    return step


def _originals(call: Call, before: tuple[str, ...]) -> Step:
    """An edited image or video leaves the path of the original in a column that is exported."""
    field = call.key(EDITS_MEDIA[call.name]).value
    text = f"{call.name} keeps the paths of the originals in {SOURCE_FILE}"
    step = Step(f"{call.id}-originals", "map", call.default(text), before, name=call.name)
    if isinstance(field, str):
        step.writes = {SOURCE_FILE: (field,)}
    return step


def _filter(call: Call, operator: Operator) -> Step:
    condition = CONDITIONS.get(call.name, measured)(call)
    known = not isinstance(condition, Measured)
    text = f"keeps rows where {condition}" if known else f"keeps rows by {condition}"
    step = Step(call.id, "filter", call.fact(f"{call.name} {text}"), ())
    step.where = condition
    step.external = asks_a_service(call, operator)
    return step


def _general(call: Call, seen: int) -> Step:
    """The tool keeps the first answer of this filter on the row, and never asks a second time."""
    condition, said = general(call), ""
    if seen:
        said = (
            f"keeps every row: {call.recipe.table.name} reuses the answer of the first {call.name}"
        )
        condition = EVERYTHING
        hint = "join the conditions with 'and' in one filter"
        message = f"a second {call.name} has no effect in {call.recipe.table.name}"
        call.recipe.find(call.path, message, "unknown-setting", hint)
    text = said or f"keeps rows where {condition}"
    step = Step(call.id, "filter", call.fact(f"{call.name} {text}"), ())
    step.where = condition
    return step


def asks_a_service(call: Call, operator: Operator) -> bool:
    """Whether an operator sends rows to a model or a server outside the run."""
    params = operator.params
    if any(_is_service(call, name) for name in _fused(call)):
        return True
    if call.name in SENDS_OUT or "api_model" in params:
        return True
    if call.setting("api_url").value is not None:
        return True
    local = any(call.setting(p).value is True for p in ("is_hf_model", "enable_vllm"))
    return "api_or_hf_model" in params and not local


def _fused(call: Call) -> list[str]:
    """The operators that are run inside this one."""
    listed = call.setting("fused_op_list").value
    entries = listed if isinstance(listed, list) else []
    return [name for entry in entries if isinstance(entry, dict) for name in entry]


def _is_service(call: Call, name: str) -> bool:
    operator = call.recipe.table.operators.get(name)
    asks = {"api_model", "api_or_hf_model"} & set(operator.params) if operator else ()
    return name in SENDS_OUT or bool(asks)


def _model_or_map(call: Call, operator: Operator) -> Step:
    outside = asks_a_service(call, operator)
    models = {"api_model", "api_or_hf_model", "hf_model"} & set(operator.params)
    if models:
        text = f"{call.name} asks a model, and may write any field"
    else:
        text = f"{call.name} may write any field"
    step = _opaque(call, text, "call-model" if models else "map")
    step.external = outside
    return step


def on_error(call: Call) -> OnError:
    """What becomes of a row, and of its batch, when the operator fails on it."""
    operator = call.operator
    if operator is None or operator.kind == "pipeline":
        fact = call.fact(f"what {call.name} does on errors is not known")._replace(grade="unknown")
        return OnError(Setting(UNKNOWN, fact))
    if operator.kind in _UNCAUGHT:
        fact = call.default(f"an error in a {operator.kind} stops the run")
        return OnError(Setting(UNKNOWN if fact.grade == "unknown" else "fail", fact))
    skip = call.flag("skip_op_error")
    if skip.value is False:
        return OnError(Setting("fail", skip.fact))
    # The caught error of a filter's decision is returned in the place of the decision, and
    # counts as a yes; the error of its measure drops the row.
    decides = (
        call.name == "specified_numeric_field_filter" or call.name in call.recipe.table.no_stats
    )
    if not skip.known and not decides and call.recipe.table.version:
        text = "an error drops the row or stops the run, whatever skip_op_error is"
        return OnError(Setting("drop", call.fact(text)))
    return OnError(Setting(("pass" if decides else "drop") if skip.known else UNKNOWN, skip.fact))
