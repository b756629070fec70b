"""Mutants of an OpenTelemetry Collector's configuration."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from tests.mutants.edit import Edit, data_of, dumped
from tests.mutants.formats import otel_run
from tests.mutants.model import Files, Mutant

NAME: Final = "opentelemetry-collector"
fails, worlds, run = otel_run.fails, otel_run.worlds, otel_run.run


def _pipelines(files: Files) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, text in files.items():
        for name, pipeline in data_of(text)["service"]["pipelines"].items():
            yield path, name, pipeline


def _line(files: Files, path: str, name: str, operator: str, processors: list[str]) -> Mutant:
    edit = Edit(files, path)
    edit.data["service"]["pipelines"][name]["processors"] = processors
    return edit.mutant(operator, f"{name}: {processors}")


def drop(files: Files) -> Iterator[Mutant]:
    for path, name, pipeline in _pipelines(files):
        for one in pipeline["processors"]:
            left = [p for p in pipeline["processors"] if p != one]
            yield _line(files, path, name, "drop", left)
    for path, key, number, statements in _statements(files):
        edit = Edit(files, path)
        del _at(edit.data, key)[number]
        yield edit.mutant("drop", f"{key}: {statements[number]}")


def _at(data: Any, key: tuple[Any, ...]) -> Any:
    for one in key:
        data = data[one]
    return data


def _statements(files: Files) -> Iterator[tuple[str, tuple[Any, ...], int, list[Any]]]:
    """Every statement, condition and action: file, key path of its list, number, list."""
    for path, text in files.items():
        for name, settings in data_of(text)["processors"].items():
            for key, value in (settings or {}).items():
                lists: list[tuple[tuple[Any, ...], list[Any]]] = []
                if isinstance(value, list):
                    lists = [((key,), value)]
                if isinstance(value, dict):
                    lists = [((key, k), v) for k, v in value.items() if isinstance(v, list)]
                for keys, listed in lists:
                    for number in range(len(listed)):
                        yield path, ("processors", name, *keys), number, listed


def _put(files: Files, operator: str, found: Any, value: Any) -> Mutant:
    path, key, number, _ = found
    edit = Edit(files, path)
    _at(edit.data, key)[number] = value
    return edit.mutant(operator, f"{key[1]}: {value}", (*key, number))


def invert(files: Files) -> Iterator[Mutant]:
    for found in _statements(files):
        now = found[3][found[2]]
        if isinstance(now, str):
            for one, other in (("!=", "=="), ("==", "!=")):
                if one in now:
                    yield _put(files, "invert", found, now.replace(one, other))


def weaken(files: Files) -> Iterator[Mutant]:
    for path, text in files.items():
        for name, settings in data_of(text)["processors"].items():
            for how in ("ignore", "silent") if settings and "error_mode" in settings else ():
                edit = Edit(files, path)
                edit.data["processors"][name]["error_mode"] = how
                yield edit.mutant("weaken", f"{name}: {how}", ("processors", name, "error_mode"))
    for found in _statements(files):
        now = found[3][found[2]]
        if isinstance(now, str) and now.startswith("replace_pattern"):
            start, _, _ = now.rpartition(', "')
            first = start.partition(', "')[0]
            yield _put(files, "weaken", found, f'{first}, "never-there", "[address]")')
            yield _put(files, "weaken", found, now + ' where attributes["beta"] == "on"')
        elif isinstance(now, str) and "(" not in now:
            for other in ("off", "maybe"):
                first = now.rpartition(" ")[0].replace("!=", "==")
                yield _put(files, "weaken", found, f'{first} "{other}"')
        elif isinstance(now, dict) and now.get("action") == "delete":
            yield _put(files, "weaken", found, {**now, "action": "insert", "value": "x"})


def narrow(files: Files) -> Iterator[Mutant]:
    for found in _statements(files):
        now = found[3][found[2]]
        if isinstance(now, dict):
            yield _put(files, "narrow", found, {**now, "key": "another.key"})
        elif '["' in now and "keep_keys" not in now:
            name = now.partition('["')[2].partition('"]')[0]
            yield _put(files, "narrow", found, now.replace(f'["{name}"]', '["another.key"]'))
        elif "keep_keys" in now:
            for more in ("enduser.id", "app.measuring"):
                yield _put(files, "widen", found, now.replace("])", f', "{more}"])'))


def bypass(files: Files) -> Iterator[Mutant]:
    for path, name, pipeline in _pipelines(files):
        signal = name.partition("/")[0]
        for one in pipeline["processors"]:
            left = [p for p in pipeline["processors"] if p != one]
            edit = Edit(files, path)
            edit.data["service"]["pipelines"][f"{signal}/around"] = {**pipeline, "processors": left}
            site = ("service", "pipelines", f"{signal}/around")
            yield edit.mutant("bypass", f"around {one}", site)


def side_output(files: Files) -> Iterator[Mutant]:
    for path, name, pipeline in _pipelines(files):
        for more in ("otlphttp/elsewhere", "otlp/elsewhere"):
            edit = Edit(files, path)
            edit.data["exporters"][more] = {"endpoint": "https://in.elsewhere.example"}
            exporters = [*pipeline["exporters"], more]
            edit.data["service"]["pipelines"][name]["exporters"] = exporters
            yield edit.mutant("side-output", more)


def reorder(files: Files) -> Iterator[Mutant]:
    for path, name, pipeline in _pipelines(files):
        for number in range(len(pipeline["processors"]) - 1):
            turned = list(pipeline["processors"])
            turned[number : number + 2] = reversed(turned[number : number + 2])
            yield _line(files, path, name, "reorder", turned)


def reformat(files: Files) -> Iterator[Mutant]:
    for path, text in files.items():
        data = data_of(text)
        for what, made in (
            ("block style", dumped(data, path)),
            ("flow style", json.dumps(data, indent=2) + "\n"),
            ("other ends of lines", text.replace("\n", "\r\n")),
            ("comments", "# so it is\n" + text + "\n# the end\n"),
            ("other order", dumped(dict(reversed(data.items())), path)),
        ):
            yield Mutant("reformat", {**files, path: made}, None, what)


def rename(files: Files) -> Iterator[Mutant]:
    """Processors and pipelines get other names of their own."""
    for path, text in files.items():
        data = data_of(text)
        new = {name: f"{name.partition('/')[0]}/n{n}" for n, name in enumerate(data["processors"])}
        data["processors"] = {new[name]: said for name, said in data["processors"].items()}
        for pipeline in data["service"]["pipelines"].values():
            pipeline["processors"] = [new[name] for name in pipeline["processors"]]
        yield Mutant("rename", {**files, path: dumped(data, path)}, None, "processors")


def add_unrelated(files: Files) -> Iterator[Mutant]:
    for path, name, pipeline in _pipelines(files):
        for number in range(len(pipeline["processors"]) + 1):
            edit = Edit(files, path)
            edit.data["processors"]["batch/more"] = {"timeout": "2s"}
            more = list(pipeline["processors"])
            more.insert(number, "batch/more")
            edit.data["service"]["pipelines"][name]["processors"] = more
            yield edit.mutant("add-unrelated", f"batch at {number}")


def strengthen(files: Files) -> Iterator[Mutant]:
    for path, name, pipeline in _pipelines(files):
        edit = Edit(files, path)
        actions = [{"key": "further.id", "action": "delete"}]
        edit.data["processors"]["attributes/further"] = {"actions": actions}
        line = [*pipeline["processors"], "attributes/further"]
        edit.data["service"]["pipelines"][name]["processors"] = line
        yield edit.mutant("strengthen", "another attribute goes")
        for one in pipeline["processors"]:
            if not one.startswith(("batch", "memory")):
                again = [
                    p for q in pipeline["processors"] for p in ([q, q + "-2"] if q == one else [q])
                ]
                edit = Edit(files, path)
                same = dict(edit.data["processors"][one])
                twin = one + "-2" if "/" in one else f"{one}/2"
                edit.data["processors"][twin] = same
                line = [twin if p == one + "-2" else p for p in again]
                edit.data["service"]["pipelines"][name]["processors"] = line
                yield edit.mutant("strengthen", f"{one} twice")


OPERATORS: Mapping[str, Callable[[Files], Iterator[Mutant]]] = {
    "drop": drop,
    "invert": invert,
    "weaken": weaken,
    "narrow": narrow,
    "bypass": bypass,
    "side-output": side_output,
    "reorder": reorder,
    "reformat": reformat,
    "rename": rename,
    "add-unrelated": add_unrelated,
    "strengthen": strengthen,
}
