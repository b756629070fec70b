"""Finds config files that a reader knows, below a folder: by what they hold, never by their names.

A search reads each file once, follows no links, and stops at limits that it tells of.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from ..source import Document, read, read_text
from .readers import READERS, sql
from .versions import pinned

# What others made, what a build made, and what only tests run.
SKIPPED: Final = frozenset(
    (
        *("__pycache__", "node_modules", "site-packages", "vendor", "venv"),
        *("build", "dist", "policy_data", "site"),
        *("fixtures", "test", "testdata", "tests"),
    )
)
LOCKS: Final = frozenset(
    {"composer.lock", "package-lock.json", "package.json", "pnpm-lock.yaml", "tsconfig.json"}
)
LINES: Final = (".jsonl", ".ndjson")
DATA: Final = frozenset({".yml", ".yaml", ".json", *LINES})
PINNING: Final = (
    *("requirements", "pyproject.toml", "uv.lock", "poetry.lock", "pdm.lock", "Dockerfile"),
)
MAX_FILES: Final = 5_000
MAX_BYTES: Final = 100_000_000
LARGEST: Final = 16_000_000

BY_HAND = "no reader knows it: describe what it does in a file of the native format"
COMPILE = "run `dbt parse`, and start again: target/manifest.json is what is read"
PLAN = "write a plan: `terraform plan -out=p`, then `terraform show -json p > plan.json`"
RENDER = "render it first, such as `helm template . > rendered.yml`: templates are not read"
IMPORT = "`aboveboard import` makes policy files of it"


class Known(NamedTuple):
    """A file of a format that is read."""

    path: str
    format: str


class Other(NamedTuple):
    """Files that look like parts of a pipeline and cannot be read, and the way out; `option` is
    what the command needs then."""

    what: str
    way: str
    paths: tuple[str, ...]
    option: str = ""


class Search(NamedTuple):
    """What a search found. `pins` are the files that say which version of a tool runs, by tool;
    `cut` says at which limit it stopped."""

    known: tuple[Known, ...] = ()
    others: tuple[Other, ...] = ()
    pins: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    cut: str = ""


def search(folder: Path) -> Search:
    """All files below a folder that could be part of a pipeline."""
    known: list[Known] = []
    others: dict[tuple[str, str], list[str]] = {}
    pins: dict[str, list[str]] = {}
    count = total = 0
    cut = ""
    for path, size in _files(folder):
        count, total = count + 1, total + size
        if count > MAX_FILES or total > MAX_BYTES:
            cut = f"the search stopped after {count - 1:,} files; name further ones by hand"
            break
        name = path.relative_to(folder).as_posix()
        if path.name.startswith(PINNING) or path.suffix in (".yml", ".yaml"):
            for tool in pinned(read_text(path, name)):
                pins.setdefault(tool, []).append(name)
        if path.name.startswith(PINNING):
            continue
        found = _recognised(path, name)
        if isinstance(found, str):
            known.append(Known(name, found))
        elif found:
            others.setdefault(found, []).append(name)
    if any(k.format == sql.NAME and not k.path.endswith(".sql") for k in known):
        others = {key: paths for key, paths in others.items() if key[1] != COMPILE}
    return Search(
        tuple(known),
        tuple(Other(what, way, tuple(paths)) for (what, way), paths in sorted(others.items())),
        {tool: tuple(names) for tool, names in pins.items()},
        cut,
    )


def _files(folder: Path) -> Iterator[tuple[Path, int]]:
    """Files that could be of interest with their size, folder by folder in order of names."""
    for top, folders, names in os.walk(folder):
        if "pyvenv.cfg" in names:
            folders.clear()
            continue
        folders[:] = sorted(f for f in folders if f not in SKIPPED and not f.startswith("."))
        for name in sorted(names):
            path = Path(top, name)
            wanted = path.suffix in (*DATA, ".sql", ".tf") or name.startswith(PINNING)
            if not wanted or name in LOCKS or path.is_symlink() or not path.is_file():
                continue
            size = path.stat().st_size
            if 0 < size <= LARGEST:
                yield path, size


def _recognised(path: Path, name: str) -> str | tuple[str, str] | None:
    """The format of a file, or what it looks like with the way out; None for anything else."""
    if path.suffix == ".tf":
        return ("Terraform", PLAN)
    if path.suffix == ".sql":
        text = str(read_text(path, name).data or "")
        return ("dbt models", COMPILE) if "{{" in text or "{%" in text else sql.NAME
    if path.suffix in LINES and not _has_events(path):
        return None
    document = read(path, name)
    if document.data is None:
        return _template(document)
    for format_, reader in READERS.items():
        if reader.recognises(document):
            return format_
    data = document.data
    if isinstance(data, dict):
        for what, (way, fits) in LOOKALIKES.items():
            if fits(data):
                return (what, way)
    return None


def _has_events(path: Path) -> bool:
    """Whether the first line is an event: people's own data has lines too, and is left unread."""
    with path.open("rb") as stream:
        return b'"job"' in stream.readline(100_000)


def _template(document: Document) -> tuple[str, str] | None:
    """A file that is no YAML until a tool has filled it, and then one of a pipeline."""
    raw = document.raw or b""
    if b"{{" not in raw or document.path.endswith(".json"):
        return None
    marks = (
        b"receivers:",
        b"exporters:",
        b"export_path:",
        b"process:",
        b"streams:",
        b"processors:",
    )
    return ("templates", RENDER) if any(mark in raw for mark in marks) else None


def _lists(data: dict[str, Any], *names: str) -> Iterator[dict[str, Any]]:
    for name in names:
        value = data.get(name)
        yield from (v for v in value if isinstance(v, dict)) if isinstance(value, list) else ()


def _has(*keys: str) -> Callable[[dict[str, Any]], bool]:
    return lambda data: all(key in data for key in keys)


LOOKALIKES: Final[dict[str, tuple[str, Callable[[dict[str, Any]], bool]]]] = {
    "a Fides manifest": (
        IMPORT,
        lambda data: any("fides_key" in v for v in _lists(data, "dataset", "system", "policy")),
    ),
    "a TILT document": (IMPORT, _has("meta", "controller", "dataDisclosed")),
    "a dbt project": (COMPILE, lambda data: "model-paths" in data or _has("name", "profile")(data)),
    "descriptions of dbt models": (
        COMPILE,
        lambda data: (
            data.get("version") == 2 and bool({"models", "sources", "seeds"} & data.keys())
        ),
    ),
    "a Kubeflow pipeline": (BY_HAND, _has("components", "deploymentSpec")),
    "a NeMo Curator configuration": (BY_HAND, _has("pii_config")),
    "a LiteLLM proxy": (
        BY_HAND,
        lambda data: any("litellm_params" in v for v in _lists(data, "model_list")),
    ),
    "a Presidio configuration": (
        BY_HAND,
        lambda data: "recognizers" in data or _has("entities", "language")(data),
    ),
    "a Redpanda Connect stream": (
        BY_HAND,
        lambda data: "input" in data and bool({"output", "pipeline"} & data.keys()),
    ),
}
