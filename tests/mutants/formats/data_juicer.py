"""Mutants of Data-Juicer recipes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from tests.mutants.edit import Edit, data_of, dumped
from tests.mutants.formats import data_juicer_run
from tests.mutants.formats.data_juicer_tools import CLEANERS
from tests.mutants.model import Files, Mutant

NAME: Final = "data-juicer"
fails, worlds, run = data_juicer_run.fails, data_juicer_run.worlds, data_juicer_run.run


def _calls(files: Files) -> Iterator[tuple[str, int, str, dict[str, Any]]]:
    """Every call of an operator: file, number, name, parameters."""
    for path, text in files.items():
        for number, entry in enumerate(data_of(text).get("process") or ()):
            name = entry if isinstance(entry, str) else next(iter(entry))
            yield path, number, name, {} if isinstance(entry, str) else entry[name] or {}


def _with(files: Files, path: str, number: int, name: str, **changed: Any) -> Mutant:
    """One call with other parameters; None takes one away."""
    edit = Edit(files, path)
    entry = edit.data["process"][number]
    op = entry if isinstance(entry, str) else next(iter(entry))
    params = {} if isinstance(entry, str) else dict(entry[op] or {})
    params.update(changed)
    left = {key: value for key, value in params.items() if value is not None}
    edit.data["process"][number] = {op: left or None}
    said = ", ".join(f"{key}: {value}" for key, value in changed.items())
    return edit.mutant(name, f"{op}: {said}", ("process", number))


def _setting(files: Files, path: str, operator: str, key: str, value: Any) -> Mutant:
    edit = Edit(files, path)
    edit.data[key] = value
    return edit.mutant(operator, f"{path}: {key}: {value}", (key,))


def drop(files: Files) -> Iterator[Mutant]:
    for path, number, name, _ in _calls(files):
        edit = Edit(files, path)
        del edit.data["process"][number]
        yield edit.mutant("drop", name)


def disable(files: Files) -> Iterator[Mutant]:
    for path, number, name, params in _calls(files):
        if name == "specified_field_filter":
            yield _with(files, path, number, "disable", target_value=[])
            yield _with(files, path, number, "disable", field_key="")
        if name == "general_field_filter":
            yield _with(files, path, number, "disable", filter_condition="")
            now = params["filter_condition"]
            yield _with(files, path, number, "disable", filter_condition=f"({now}) or 1 == 1")
        for switch in [key for key in params if key.startswith("mask_")]:
            yield _with(files, path, number, "disable", **{switch: False})
    for path, text in files.items():
        if "load_dataset_kwargs" in data_of(text):
            edit = Edit(files, path)
            del edit.data["load_dataset_kwargs"]
            yield edit.mutant("disable", f"{path}: all columns are loaded")


def invert(files: Files) -> Iterator[Mutant]:
    for path, number, name, params in _calls(files):
        if name == "specified_field_filter":
            yield _with(files, path, number, "invert", reversed_range=True)
            if all(isinstance(value, bool) for value in params["target_value"]):
                turned = [not value for value in params["target_value"]]
                yield _with(files, path, number, "invert", target_value=turned)
        if name == "general_field_filter":
            now = params["filter_condition"]
            yield _with(files, path, number, "invert", filter_condition=f"not ({now})")
            for one, other in (("False", "True"), ("True", "False"), ("==", "!=")):
                for found in re.finditer(re.escape(one), now):
                    new = now[: found.start()] + other + now[found.end() :]
                    yield _with(files, path, number, "invert", filter_condition=new)


def weaken(files: Files) -> Iterator[Mutant]:
    for path, number, name, params in _calls(files):
        if name in CLEANERS:
            yield _with(files, path, number, "weaken", repl=r"<\g<0>>")
            yield _with(files, path, number, "weaken", pattern="never-there")
        if name == "pii_redaction_mapper":
            yield _with(files, path, number, "weaken", email_replacement=r"\g<0>")
        if name == "specified_field_filter":
            more = [*params["target_value"], "team", "teen", True, False, None]
            yield _with(files, path, number, "weaken", target_value=more)
        if name == "general_field_filter":
            now = params["filter_condition"]
            yield _with(
                files, path, number, "weaken", filter_condition=now.replace(" and ", " or ")
            )
            for part in re.split(r" and | or ", now):
                new = now.replace(part, "1 == 1") if "(" not in part and ")" not in part else ""
                if new and new != now:
                    yield _with(files, path, number, "weaken", filter_condition=new)
    for path in files:
        yield _setting(files, path, "weaken", "skip_op_error", True)


def narrow(files: Files) -> Iterator[Mutant]:
    for path, number, name, params in _calls(files):
        if name in (*CLEANERS, "pii_redaction_mapper"):
            yield _with(files, path, number, "narrow", text_key="other")
        if name == "pii_redaction_mapper" and "redact_keys" in params:
            for key in params["redact_keys"]:
                left = [one for one in params["redact_keys"] if one != key]
                yield _with(files, path, number, "narrow", redact_keys=left or ["other"])
    for path, text in files.items():
        yield _setting(files, path, "narrow", "text_keys", "other")._replace(site=None)
        columns = (data_of(text).get("load_dataset_kwargs") or {}).get("columns")
        if columns:
            more = {"columns": [*columns, "user_id", "mood"]}
            yield _setting(files, path, "widen", "load_dataset_kwargs", more)


def reorder(files: Files) -> Iterator[Mutant]:
    for path, text in files.items():
        process = data_of(text).get("process") or []
        for number in range(len(process) - 1):
            edit = Edit(files, path)
            calls = edit.data["process"]
            calls[number], calls[number + 1] = calls[number + 1], calls[number]
            yield edit.mutant("reorder", f"{path}: {number} and the next")


def _beside(path: str, name: str) -> str:
    folder, slash, _ = path.rpartition("/")
    return f"{folder}{slash}{name}"


def bypass(files: Files) -> Iterator[Mutant]:
    """Another recipe writes what the first reads to where the first writes."""
    for path, text in files.items():
        data = data_of(text)
        other = _beside(path, "around.yml")
        around = {
            key: data[key] for key in ("dataset_path", "export_path", "ds_cache_dir") if key in data
        }
        made = dumped(
            {"project_name": "around", **around, "process": ["fix_unicode_mapper"]}, other
        )
        site = (other, 1, len(made.split("\n")))
        yield Mutant("bypass", {**files, other: made}, site, f"around {path}")


def after_the_sink(files: Files) -> Iterator[Mutant]:
    """A call moves to another recipe, which reads what the first has written."""
    for path, number, name, params in _calls(files):
        edit = Edit(files, path)
        del edit.data["process"][number]
        other = _beside(path, "late.yml")
        late = {
            "dataset_path": edit.data["export_path"],
            "export_path": "data/late.jsonl",
            "process": [{name: params or None}],
        }
        mutant = edit.mutant("after-the-sink", f"{path}: {name}")
        yield mutant._replace(files={**mutant.files, other: dumped(late, other)})


def copy_before(files: Files) -> Iterator[Mutant]:
    for path, number, name, _ in _calls(files):
        if name in (*CLEANERS, "pii_redaction_mapper"):
            key = data_of(files[path]).get("text_keys") or "text"
            edit = Edit(files, path)
            copy = {
                "python_lambda_mapper": {
                    "lambda_str": f"lambda row: {{**row, 'text_2': row['{key}']}}"
                }
            }
            edit.data["process"].insert(number, copy)
            made = edit.mutant("copy-before", f"{path}: before {name}", ("process", number))
            yield made._replace(opaque=True)


def side_output(files: Files) -> Iterator[Mutant]:
    for path in files:
        for key in ("open_tracer", "use_checkpoint", "export_original_dataset"):
            yield _setting(files, path, "side-output", key, True)


def unread(files: Files) -> Iterator[Mutant]:
    for path, number, _, params in _calls(files):
        for switch in [key for key in params if key.startswith("mask_")]:
            yield _with(files, path, number, "unread", **{switch: "${MASK}"})
        if "target_value" in params:
            yield _with(files, path, number, "unread", target_value="${VALUES}")
    for path in files:
        yield _setting(files, path, "unread", "skip_op_error", "${SKIP}")
        yield _setting(files, path, "unread", "open_tracer", "${TRACE}")


def outside(files: Files) -> Iterator[Mutant]:
    """A model that somebody else runs rates each row."""
    for path, number, name, _ in _calls(files):
        edit = Edit(files, path)
        edit.data["process"].insert(number, {"llm_quality_score_filter": None})
        yield edit.mutant("outside", f"{path}: before {name}", ("process", number))


def starve(files: Files) -> Iterator[Mutant]:
    for path in files:
        yield _setting(files, path, "starve", "export_path", "data/elsewhere.jsonl")


def reformat(files: Files) -> Iterator[Mutant]:
    for path, text in files.items():
        data = data_of(text)
        for what, made in (
            ("block style", dumped(data, path)),
            ("flow style", json.dumps(data, indent=2, sort_keys=True) + "\n"),
            ("other ends of lines", text.replace("\n", "\r\n")),
            ("comments", "# so it is\n" + text.replace("\n", "  # yes\n", 1)),
        ):
            yield Mutant("reformat", {**files, path: made}, None, f"{path}: {what}")
        yield Mutant(
            "reformat", {**files, path: dumped(dict(reversed(data.items())), path)}, None, "keys"
        )


def add_unrelated(files: Files) -> Iterator[Mutant]:
    for path, text in files.items():
        for number in range(len(data_of(text).get("process") or ()) + 1):
            for name in ("whitespace_normalization_mapper", "fix_unicode_mapper"):
                edit = Edit(files, path)
                edit.data["process"].insert(number, {name: None})
                yield edit.mutant("add-unrelated", f"{path}: {name} at {number}")
        for key, value in (("np", 3), ("project_name", "another-name"), ("open_tracer", False),
                           ("use_checkpoint", False)):  # fmt: skip
            yield _setting(files, path, "add-unrelated", key, value)


def twice(files: Files) -> Iterator[Mutant]:
    for path, number, name, params in _calls(files):
        edit = Edit(files, path)
        edit.data["process"].insert(number, {name: params or None})
        yield edit.mutant("twice", f"{path}: {name}")


def strengthen(files: Files) -> Iterator[Mutant]:
    for path, number, name, params in _calls(files):
        if name == "pii_redaction_mapper":
            yield _with(files, path, number, "strengthen", mask_urls=True)
            if "redact_keys" in params:
                more = [*params["redact_keys"], "mood"]
                yield _with(files, path, number, "strengthen", redact_keys=more)
        if name in CLEANERS:
            yield _with(files, path, number, "strengthen", repl="[gone]")
        if len(params.get("target_value") or ()) > 1:
            fewer = params["target_value"][:1]
            yield _with(files, path, number, "strengthen", target_value=fewer)
    for path in files:
        yield _setting(files, path, "strengthen", "skip_op_error", False)


OPERATORS: Mapping[str, Callable[[Files], Iterator[Mutant]]] = {
    "drop": drop,
    "disable": disable,
    "invert": invert,
    "weaken": weaken,
    "narrow": narrow,
    "reorder": reorder,
    "bypass": bypass,
    "after-the-sink": after_the_sink,
    "copy-before": copy_before,
    "side-output": side_output,
    "unread": unread,
    "outside": outside,
    "starve": starve,
    "reformat": reformat,
    "add-unrelated": add_unrelated,
    "twice": twice,
    "strengthen": strengthen,
}
