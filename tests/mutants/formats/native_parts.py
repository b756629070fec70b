"""What operators on native files are made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.mutants.edit import Edit, data_of
from tests.mutants.model import Files, Mutant

PROTECTS = ("redact", "mask", "hash", "encrypt", "drop-field", "allow-fields", "filter",
            "aggregate", "noise", "generalise")  # fmt: skip


def many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def steps(files: Files) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Every step that has an input, with its file and number."""
    for path, text in files.items():
        for number, step in enumerate(data_of(text).get("steps") or ()):
            if "in" in step:
                yield path, number, step


def protecting(files: Files) -> Iterator[tuple[str, int, dict[str, Any]]]:
    return (found for found in steps(files) if found[2]["op"] in PROTECTS)


def wiring(step: dict[str, Any]) -> dict[str, Any]:
    return {key: step[key] for key in ("id", "in", "out") if key in step}


def changed(files: Files, path: str, number: int, name: str, **changed: Any) -> Mutant:
    """One step with other settings; None takes one away."""
    edit = Edit(files, path)
    step = edit.data["steps"][number]
    step.update(changed)
    for key, value in changed.items():
        if value is None:
            del step[key]
    said = ", ".join(f"{key}: {value}" for key, value in changed.items())
    return edit.mutant(name, f"{step['id']}: {said}", ("steps", number))
