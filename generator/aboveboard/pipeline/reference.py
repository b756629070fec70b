"""The page about the native format, made of the reader's own tables; as a program it writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from .docs import DOCS
from .readers.native import file, steps

FILE = Path("docs/reference/readers/native.md")
_HEAD = """\
# The native format

For engineers. It is made by `make schema`: change the tables in
`generator/aboveboard/pipeline/`.

For what no tool writes down. A native file is found by `version: 1` with `datasets` or `steps`. It
only describes, so its facts are `described`, and a claim that rests on one is "Stated", never more.
With `overlay: true` it says what steps and datasets of *other* files are, where nobody could read
it: that is our word, `declared`. An overlay that contradicts what was read is an error.

<!-- test: pipeline -->

```yaml
version: 1
datasets:
  chats:
    role: source
    person: user_id
    retention: [{keep: P30D, where: {refused: true}}, {keep: P1Y}]
    fields: {text: {classification: personal}, user_id: {classification: identifier}, refused: {}}
  training_set: {role: training-set, retention: P1Y}
steps:
  - {id: asked, in: [chats], op: filter, where: {refused: false}, missing: drop}
  - {id: unlink, in: [asked], op: drop-field, fields: [user_id, refused]}
  - {id: clean, in: [unlink], op: redact, fields: [text], entities: [email, phone],
     on_error: drop, out: [training_set]}
```

A key or a word that is not here is an error with the nearest spelling. A value such as `${VAR}` or
`{{ x }}` is never filled in: it is unknown. `make operations` has nothing to run here: the words
mean what this page says, and `make mutants` holds the checker to that meaning.
"""
_AFTER = """\
## What counts as a protection

A step protects a field if it acts on that field, on all records, whenever the pipeline runs: not
with `enabled: false`, `dry_run: true`, a `sample` below 1 or an `only_if`. With `on_error: pass` or
a dataset to go to, a record on which it fails goes on as it was. A `map` and a `call-model` without
`writes` are opaque: any field that goes in can be in any field that comes out.
"""


def page() -> str:
    """The whole page."""
    operations = {
        f"`{op}`": f"{DOCS['operation'][op]} {_own(op)}".strip() for op in steps.OPERATIONS
    }
    keys = {
        "top": "In the file",
        "dataset": "In a dataset",
        "field": "In a field",
        "lifetime": "In a row of `retention`",
        "step": "In a step",
    }
    parts = [_HEAD, "## Operations\n", _table("operation", operations), _AFTER]
    for part, title in keys.items():
        rows = {f"`{key}`": _words(part, key) for key in DOCS[part]}
        parts += [f"## {title}\n", _table("key", rows)]
    return "\n".join(parts).rstrip("\n") + "\n"


def _own(op: str) -> str:
    """The keys that an operation takes beside those of every step; what it needs is bold."""
    keys = steps.keys_of(op, overlay=False)
    common = steps.keys_of("copy", overlay=False)
    own = [key for key in keys.kinds if key not in common.kinds]
    said = ", ".join(f"**`{key}`**" if key in keys.need else f"`{key}`" for key in own)
    return f"Takes {said}." if said else ""


def _words(part: str, key: str) -> str:
    """What a key says, and the words that it can have."""
    words: Mapping[tuple[str, str], Iterable[str]] = {
        ("dataset", "role"): file.ROLES,
        ("field", "classification"): file.CLASSES,
        ("step", "op"): steps.OPERATIONS,
        ("step", "on_error"): steps.ERRORS,
    }
    listed = ", ".join(f"`{word}`" for word in words.get((part, key), ()))
    return f"{DOCS[part][key]} {listed}".strip()


def _table(head: str, rows: dict[str, str]) -> str:
    lines = [f"| {head} | what it says |", "|---|---|"]
    return "\n".join([*lines, *(f"| {name} | {said} |" for name, said in rows.items())]) + "\n"


if __name__ == "__main__":
    FILE.write_text(page(), "utf-8")
