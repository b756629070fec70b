"""Dolma's tokenizer: documents in, numbers for training out, and a table of where each is from."""

from __future__ import annotations

from ...graph import Fact, Step
from ...part import Part
from .config import Config, Group
from .tagger import dry

TOKENS = "input_ids"


def tokens(config: Config) -> Part:
    """The step from the documents to the memory-mapped files that a training run reads."""
    top = config.top("TokenizationConfig")
    top.check()
    top.group("work_dir", "WorkDirConfig")
    top.group("tokenizer", "TokenizerConfig")
    names = top.group("fields", "FieldsConfig")
    inputs = [
        config.place(path, at, "intermediate", "documents") for path, at in top.texts("documents")
    ]
    if not inputs:
        config.say.fault((), "no documents are named", "add 'documents:'")
        return config.part
    found = top.of_type("destination", str, "text")
    if "destination" not in top.given and config.table.version:
        config.say.fault((), "'destination' is missing", "add 'destination:'")
    at = ("destination",) if "destination" in top.given else ()
    output = config.place(found.value, at, "training-set", "destination")
    if not dry(top):
        step = Step(f"{config.stem}/tokens", "map", _fact(config, names), tuple(inputs), (output,))
        step.writes = _writes(config, names)
        config.step(step)
        if step.writes is not None:  # of all other fields nothing is written
            step.outputs = ()
            only = Step(f"{config.stem}/written", "allow-fields", step.fact, (step.id,), (output,))
            only.fields = tuple(step.writes)
            config.step(only)
    return config.part


def _writes(config: Config, names: Group) -> dict[str, tuple[str, ...]] | None:
    """The text becomes tokens, the id goes into the table beside them; None: not to be told."""
    if config.table.version and "FieldsConfig" not in config.table.defaults:
        return {TOKENS: ("text",), "id": ("id",)}
    text = names.of_type("text_field_name", str, "text").value
    key = names.of_type("id_field_name", str, "text").value
    if not isinstance(text, str) or not (key is None or isinstance(key, str)):
        return None
    return {TOKENS: (text,), **({"id": (key,)} if key else {})}


def _fact(config: Config, names: Group) -> Fact:
    """The fact that decides which fields are read."""
    text = "the text of each document becomes tokens"
    if "text_field_name" in names.given:
        return config.fact((*names.path, "text_field_name"), text)
    return config.fact(("documents",), text)
