"""Makes the table of one Dolma release from its source, which is read and never run.

`python -m tests.operations.dolma_table FOLDER > catalogue_X_Y_Z.json`, where FOLDER holds the
unpacked wheel of dolma. Each class of settings has its keys with their defaults; a key without a
default stands under `required`.
"""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from typing import Any

_FILES = ("shared", "mixer", "tokenizer", "tagger", "deduper")


def table(folder: Path, version: str) -> dict[str, Any]:
    """The table that the reader loads."""
    classes: dict[str, dict[str, Any]] = {}
    for name in _FILES:
        tree = ast.parse((folder / f"dolma/cli/{name}.py").read_text("utf-8"))
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and node.name.endswith("Config"):
                classes[node.name] = _keys(node)
    return {"version": version, "classes": dict(sorted(classes.items()))}


def _keys(node: ast.ClassDef) -> dict[str, Any]:
    defaults, required = {}, []
    for line in node.body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            call = line.value
            assert isinstance(call, ast.Call)
            given = [k.value for k in call.keywords if k.arg == "default"]
            if given:
                defaults[line.target.id] = _value(given[0])
            else:
                required.append(line.target.id)
    return {"defaults": dict(sorted(defaults.items())), "required": sorted(required)}


def _value(node: ast.expr) -> Any:
    """A constant; a class of further settings is empty, and has defaults of its own."""
    if isinstance(node, ast.Call):
        return {}
    return eval(compile(ast.Expression(node), "default", "eval"), {"__builtins__": {}})


def spelled(made: dict[str, Any]) -> str:
    """The table as text, a class a line."""
    rows = [f'"{name}": {json.dumps(row, sort_keys=True)}' for name, row in made["classes"].items()]
    return f'{{"version": "{made["version"]}",\n"classes": {{\n' + ",\n".join(rows) + "\n}}\n"


if __name__ == "__main__":
    root = Path(sys.argv[1])
    release = next(root.glob("dolma-*.dist-info")).name.split("-")[1].removesuffix(".dist")
    sys.stdout.write(spelled(table(root, release)))
