"""Mutants of Dolma's taggers, mixers and tokenizers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from tests.mutants.edit import Edit, data_of, dumped
from tests.mutants.formats import dolma_run
from tests.mutants.model import Files, Mutant

NAME: Final = "dolma"
fails, worlds, run = dolma_run.fails, dolma_run.worlds, dolma_run.run


def _streams(files: Files) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for path, text in files.items():
        for number, stream in enumerate(data_of(text).get("streams") or ()):
            yield path, number, stream


def _spans(files: Files) -> Iterator[tuple[str, int, int, dict[str, Any]]]:
    for path, number, stream in _streams(files):
        for n, rule in enumerate(stream.get("span_replacement") or ()):
            yield path, number, n, rule


def _stream(files: Files, path: str, number: int, name: str, **changed: Any) -> Mutant:
    edit = Edit(files, path)
    stream = edit.data["streams"][number]
    stream.update(changed)
    left = {key: value for key, value in stream.items() if value is not None}
    edit.data["streams"][number] = left
    return edit.mutant(name, str(changed))


def _span(files: Files, found: Any, name: str, **changed: Any) -> Mutant:
    path, number, n, _ = found
    edit = Edit(files, path)
    edit.data["streams"][number]["span_replacement"][n].update(changed)
    return edit.mutant(name, str(changed))


def drop(files: Files) -> Iterator[Mutant]:
    for path, number, stream in _streams(files):
        for key in ("span_replacement", "filter", "attributes"):
            if key in stream:
                yield _stream(files, path, number, "drop", **{key: None})
    for path, number, n, _ in _spans(files):
        edit = Edit(files, path)
        del edit.data["streams"][number]["span_replacement"][n]
        yield edit.mutant("drop", f"span {n}")
    for path, text in files.items():
        if "taggers" in data_of(text):
            left = {other: t for other, t in files.items() if other != path}
            yield Mutant("drop", left, None, path)


def invert(files: Files) -> Iterator[Mutant]:
    for path, number, stream in _streams(files):
        for rule in (stream.get("filter") or {}).get("include") or ():
            yield _stream(files, path, number, "invert", filter={"exclude": [rule]})
            for one, other in (("false", "true"), ("==", "!=")):
                turned = {"include": [rule.replace(one, other)]}
                yield _stream(files, path, number, "invert", filter=turned)


def weaken(files: Files) -> Iterator[Mutant]:
    for found in _spans(files):
        yield _span(files, found, "weaken", replacement="[x]{}[/x]")
        yield _span(files, found, "weaken", min_score=2)
        yield _span(files, found, "weaken", max_score=0.2)
    for path, number, stream in _streams(files):
        rules = (stream.get("filter") or {}).get("include") or []
        always = "$.metadata[?(@.training_opt_out == true)]"
        if rules:
            yield _stream(files, path, number, "weaken", filter={"include": [*rules, always]})


def narrow(files: Files) -> Iterator[Mutant]:
    for found in _spans(files):
        other = (
            found[3]["span"]
            .replace("EMAIL_ADDRESS", "IP_ADDRESS")
            .replace("PHONE_NUMBER", "IP_ADDRESS")
        )
        yield _span(files, found, "narrow", span=other)
        yield _span(files, found, "narrow", span=found[3]["span"].replace(".pii__", ".other__"))
    for path, number, _ in _streams(files):
        yield _stream(files, path, number, "narrow", attributes=["other"])
    for path, text in files.items():
        if "taggers" in data_of(text):
            edit = Edit(files, path)
            edit.data["experiment"] = "another"
            yield edit.mutant("narrow", "another experiment")


def bypass(files: Files) -> Iterator[Mutant]:
    for path, number, stream in _streams(files):
        edit = Edit(files, path)
        around = {k: v for k, v in stream.items() if k in ("documents", "output")}
        edit.data["streams"].append({"name": "around", **around})
        yield edit.mutant("bypass", "a stream around", ("streams", number + 1))
        for other, text in files.items():
            if "destination" in data_of(text):
                edit = Edit(files, other)
                edit.data["documents"] = [*edit.data["documents"], *stream["documents"]]
                yield edit.mutant("bypass", "tokens of what is not mixed")
                edit = Edit(files, other)
                edit.data["documents"] = list(stream["documents"])
                yield edit.mutant("bypass", "tokens only of what is not mixed")


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
            yield Mutant("reformat", {**files, path: made}, None, f"{path}: {what}")


def shuffle(files: Files) -> Iterator[Mutant]:
    for path, number, stream in _streams(files):
        if len(stream.get("span_replacement") or ()) > 1:
            turned = list(reversed(stream["span_replacement"]))
            yield _stream(files, path, number, "shuffle", span_replacement=turned)


def strengthen(files: Files) -> Iterator[Mutant]:
    for found in _spans(files):
        yield _span(files, found, "strengthen", min_score=0.1)
        yield _span(files, found, "strengthen", replacement="")
    for path in files:
        edit = Edit(files, path)
        if "processes" in edit.data:
            edit.data["processes"] = 3
            yield edit.mutant("strengthen", "other processes")


OPERATORS: Mapping[str, Callable[[Files], Iterator[Mutant]]] = {
    "drop": drop,
    "invert": invert,
    "weaken": weaken,
    "narrow": narrow,
    "bypass": bypass,
    "reformat": reformat,
    "shuffle": shuffle,
    "strengthen": strengthen,
}
