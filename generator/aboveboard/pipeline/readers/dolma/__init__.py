"""AI2 Dolma: mixers, tokenizers, taggers and dedupers, which meet in the files that they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from ....source import Document
from ...part import Context, File, Part

NAME: Final = "dolma"


def recognises(document: Document) -> bool:
    """Whether the data is the config of a `dolma` command: streams, or documents and their use."""
    data = document.data
    return isinstance(data, dict) and kind(data) is not None


def kind(data: dict[str, Any]) -> str | None:
    """The command that a config is for, by the keys that no other one has."""
    streams = data.get("streams")
    if isinstance(streams, list) and any(
        isinstance(s, dict) and {"documents", "span_replacement"} & s.keys() for s in streams
    ):
        return "mix"
    if "documents" not in data:
        return None
    if "taggers" in data:
        return "tag"
    if {"dedupe", "bloom_filter"} <= data.keys():
        return "dedupe"
    tokenizer = {"tokenizer", "tokenizer_name_or_path"} & data.keys()
    return "tokens" if tokenizer and "steps" not in data else None


def read(files: Sequence[File], context: Context) -> Iterator[Part]:
    """All configs; a mixer is told which attributes the taggers beside it make."""
    from ...versions import choose, unversioned
    from .catalogue import TABLES, any_version, catalogue
    from .config import Config
    from .mixer import mix
    from .tagger import dedupe, runs, tag
    from .tokenizer import tokens

    name = choose(context.version(NAME), TABLES)
    if name is None:
        yield unversioned(NAME, TABLES, files, context)
    table = catalogue(name) if name else any_version()
    configs = [(kind(file.document.data), Config(file.document, table)) for file in files]
    made = [
        run for what, config in configs if what in ("tag", "dedupe") for run in runs(config, what)
    ]
    readers = {"mix": lambda c: mix(c, made), "tokens": tokens, "tag": tag, "dedupe": dedupe}
    for what, config in configs:
        part = readers[what or "mix"](config)
        part.findings = list(dict.fromkeys(part.findings))
        yield part
