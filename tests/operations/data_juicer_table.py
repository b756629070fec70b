"""Makes the table of one Data-Juicer release from its source, which is read and never run.

`python -m tests.operations.data_juicer_table FOLDER > catalogue_X_Y_Z.json`, where FOLDER holds
the unpacked wheel of py-data-juicer. A default that is no constant becomes null.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

KINDS = {
    "Mapper": "mapper",
    "Filter": "filter",
    "Deduplicator": "deduplicator",
    "Selector": "selector",
    "Grouper": "grouper",
    "Aggregator": "aggregator",
    "Pipeline": "pipeline",
}
_CLEANERS = ("clean_email_mapper", "clean_ip_mapper", "clean_links_mapper")
# On every system of 64 bits.
_SYSTEM = {"sys.maxsize": 2**63 - 1, "sys.float_info.max": sys.float_info.max}
_ASSETS = {"DATA_JUICER_ASSETS_CACHE": "~/.cache/data_juicer/assets"}  # unless the environment says
_NO_SETTINGS = ("config", "auto", "help")


class Module(NamedTuple):
    """One file: its classes, and the constants and imports at its top."""

    path: Path
    classes: dict[str, ast.ClassDef]
    names: dict[str, ast.expr]
    imports: dict[str, tuple[str, str]]  # name here -> module, name there


class Source(NamedTuple):
    """All files of the release, by dotted name, and which file has which class."""

    modules: dict[str, Module]
    homes: dict[str, str]

    def bases(self, name: str) -> Iterator[tuple[str, ast.ClassDef]]:
        """A class and those that it is made from, the nearest first, each with its module."""
        home = self.homes.get(name)
        if home is None:
            return
        node = self.modules[home].classes[name]
        yield home, node
        for base in node.bases:
            yield from self.bases(ast.unparse(base).rpartition(".")[2])


def read_source(folder: Path) -> Source:
    """The release below a folder that holds `data_juicer`."""
    modules, homes = {}, {}
    for path in sorted((folder / "data_juicer").rglob("*.py")):
        name = ".".join(path.relative_to(folder).with_suffix("").parts)
        tree = ast.parse(path.read_text("utf-8"))
        classes = {n.name: n for n in tree.body if isinstance(n, ast.ClassDef)}
        names = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        imports = {
            alias.asname or alias.name: (node.module or "", alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        modules[name] = Module(path, classes, names, imports)
        homes.update(dict.fromkeys(classes, name))
    return Source(modules, homes)


def table(folder: Path, version: str) -> dict[str, Any]:
    """The table that the reader loads."""
    source = read_source(folder)
    operators = dict(sorted(_operators(source)))
    base = _from_kwargs(source, "data_juicer.ops.base_op", "OP")
    return {
        "version": version,
        "base": dict(sorted({**base, "input_columns": None, "output_columns": None}.items())),
        "settings": dict(sorted(_settings(source).items())),
        "patterns": {name: _pattern(source, name) for name in _CLEANERS},
        "no_stats": sorted(name for name, row in operators.items() if row.pop("no_stats")),
        "unary": _reads_not(source),
        "operators": operators,
    }


# -- operators -----------------------------------------------------------------------------


def _operators(source: Source) -> Iterator[tuple[str, dict[str, Any]]]:
    for home, module in source.modules.items():
        if not home.startswith("data_juicer.ops."):
            continue
        for node in module.classes.values():
            for name in _registered(node, home, source):
                lineage = list(source.bases(node.name))
                kind = next((KINDS[n.name] for _, n in lineage if n.name in KINDS), None)
                if kind and "_deduplicator" in name:  # some are filters that drop what they know
                    kind = "deduplicator"
                if kind:
                    yield name, _operator(source, kind, lineage)


def _registered(node: ast.ClassDef, home: str, source: Source) -> Iterator[str]:
    for call in node.decorator_list:
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "OPERATORS.register_module":
            name = _value(call.args[0], home, source)
            if isinstance(name, str):
                yield name


def _operator(source: Source, kind: str, lineage: list[tuple[str, ast.ClassDef]]) -> dict[str, Any]:
    params: dict[str, Any] = {}
    own = [pair for pair in lineage if pair[1].name not in {"OP", *KINDS}]
    for home, node in reversed(own):
        init = _method(node, "__init__")
        if init:
            params = {**(params if init.args.kwarg else {}), **_defaults(init, home, source)}
    for home, node in lineage:
        if node.name in KINDS:
            params = {**_from_kwargs(source, home, node.name), **params}
    text = "\n".join(ast.unparse(node) for _, node in own)
    keys = {
        n.attr
        for _, node in own
        for n in ast.walk(node)
        if isinstance(n, ast.Attribute) and ast.unparse(n.value) == "self"
    }
    return {
        "kind": kind,
        "keys": sorted(k for k in keys if k in _KEYS or k.startswith("text_key")),
        "params": dict(sorted(params.items())),
        "no_stats": kind == "filter" and "__dj__stats__" not in text and "Fields.stats" not in text,
    }


_KEYS = {
    f"{name}_key"
    for name in ("text", "image", "audio", "video", "query", "response", "history", "prompt", "system",
                 "instruction", "image_bytes")
}  # fmt: skip


def _method(node: ast.ClassDef, name: str) -> ast.FunctionDef | None:
    return next((n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == name), None)


def _defaults(init: ast.FunctionDef, home: str, source: Source) -> dict[str, Any]:
    plain = [*init.args.posonlyargs, *init.args.args][1:]
    given: list[ast.expr | None] = [*init.args.defaults]
    padded = [*([None] * (len(plain) - len(given))), *given]
    pairs = [*zip(plain, padded, strict=True)]
    pairs += zip(init.args.kwonlyargs, init.args.kw_defaults, strict=True)
    return {arg.arg: _value(d, home, source) if d is not None else None for arg, d in pairs}


def _from_kwargs(source: Source, home: str, name: str) -> dict[str, Any]:
    """What a class takes by `kwargs.get("name", default)`; of two, the last is the usual one."""
    init = _method(source.modules[home].classes[name], "__init__")
    found = {}
    for call in ast.walk(init) if init else ():
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "kwargs.get":
            found[call.args[0].value] = _value(call.args[1], home, source)  # type: ignore[attr-defined]
    return found


def _reads_not(source: Source) -> bool:
    """Whether conditions may say `not`, or hold a negative number."""
    visitor = source.modules["data_juicer.ops.filter.general_field_filter"].classes
    return _method(visitor["ExpressionTransformer"], "visit_UnaryOp") is not None


def _pattern(source: Source, operator: str) -> str:
    """The pattern that a cleaner has where the recipe gives none; it is put together in pieces."""
    home = f"data_juicer.ops.mapper.{operator}"
    pieces: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(source.modules[home].path.read_text("utf-8"))):
        if not isinstance(node, ast.Assign | ast.AugAssign):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        piece = _value(node.value, home, source)
        if isinstance(piece, str) and [ast.unparse(t) for t in targets] == ["self.pattern"]:
            pieces.append((node.lineno, piece))
    return "".join(piece for _, piece in sorted(pieces))


# -- settings ------------------------------------------------------------------------------


def _settings(source: Source) -> dict[str, Any]:
    home = "data_juicer.config.config"
    found: dict[str, Any] = {}
    for call in ast.walk(ast.parse(source.modules[home].path.read_text("utf-8"))):
        if not (isinstance(call, ast.Call) and ast.unparse(call.func).endswith(".add_argument")):
            continue
        names = [a.value for a in call.args if isinstance(a, ast.Constant)]
        name = str(names[0]).lstrip("-").replace("-", "_")
        options = {k.arg: k.value for k in call.keywords}
        if name in _NO_SETTINGS or not str(names[0]).startswith("--"):
            continue
        found[name] = None
        if "default" in options:
            found[name] = _value(options["default"], home, source)
        elif "action" in options and "store_true" in ast.unparse(options["action"]):
            found[name] = False
    return found


# -- constants -----------------------------------------------------------------------------


def _value(node: ast.expr, home: str, source: Source, depth: int = 0) -> Any:
    """The constant that an expression is; null for any other."""
    try:
        value = ast.literal_eval(node)
        return list(value) if isinstance(value, tuple | set) else value
    except (ValueError, TypeError):
        pass
    if depth > 5:
        return None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        number = _value(node.operand, home, source, depth + 1)
        return -number if isinstance(number, int | float) else None
    if isinstance(node, ast.Attribute):
        return _attribute(node, home, source, depth)
    if isinstance(node, ast.Name):
        return _name(node.id, home, source, depth)
    if isinstance(node, ast.List | ast.Tuple):
        return [_value(item, home, source, depth) for item in node.elts]
    if isinstance(node, ast.BinOp):
        return _binary(node, home, source, depth)
    if isinstance(node, ast.JoinedStr):
        inner = (p.value if isinstance(p, ast.FormattedValue) else p for p in node.values)
        parts = [_value(part, home, source, depth + 1) for part in inner]
        return "".join(parts) if all(isinstance(part, str) for part in parts) else None
    return None


def _binary(node: ast.BinOp, home: str, source: Source, depth: int) -> Any:
    one, other = (_value(n, home, source, depth + 1) for n in (node.left, node.right))
    if isinstance(node.op, ast.Add) and isinstance(one, str) and isinstance(other, str):
        return one + other
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return one * other if isinstance(node.op, ast.Mult) and numbers else None


def _name(name: str, home: str, source: Source, depth: int) -> Any:
    if name in _ASSETS:
        return _ASSETS[name]
    module = source.modules.get(home)
    if module is None:
        return None
    if name in module.names:
        return _value(module.names[name], home, source, depth + 1)
    if name in module.imports:
        there, original = module.imports[name]
        return _name(original, there, source, depth + 1)
    return None


def _attribute(node: ast.Attribute, home: str, source: Source, depth: int) -> Any:
    if ast.unparse(node) in _SYSTEM:
        return _SYSTEM[ast.unparse(node)]
    owner = ast.unparse(node.value)
    module = source.modules.get(home)
    if module is None:
        return None
    there = home if owner in module.classes else module.imports.get(owner, ("", ""))[0]
    holder = source.modules.get(there)
    found = holder.classes.get(owner) if holder else None
    for line in found.body if found else ():
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == node.attr:
            return _value(line.value, there, source, depth + 1)
    return None


def spelled(made: dict[str, Any]) -> str:
    """The table as text, an operator a line."""

    def line(key: str, value: Any) -> str:
        return f"{json.dumps(key)}: {json.dumps(value, sort_keys=True, ensure_ascii=False)}"

    rows = [line(key, value) for key, value in made["operators"].items()]
    parts = [line(key, value) for key, value in made.items() if key != "operators"]
    return "{" + ",\n".join(parts) + ',\n"operators": {\n' + ",\n".join(rows) + "\n}}\n"


if __name__ == "__main__":
    root = Path(sys.argv[1])
    release = next(root.glob("py_data_juicer-*.dist-info")).name.split("-")[1].removesuffix(".dist")
    sys.stdout.write(spelled(table(root, release)))
