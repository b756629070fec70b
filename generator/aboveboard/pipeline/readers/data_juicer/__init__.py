"""Data-Juicer recipes: `process` is a chain of operators from the inputs to the export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from ....source import Document
from ...part import Context, File, Part

NAME: Final = "data-juicer"

_NATIVE: Final = frozenset({"datasets", "steps"})
_INPUTS: Final = frozenset({"dataset_path", "dataset", "generated_dataset_config"})
_ENDINGS: Final = ("_mapper", "_filter", "_deduplicator", "_selector", "_grouper", "_aggregator")


def recognises(document: Document) -> bool:
    """Whether the data is a recipe: operators in `process`, or inputs with an export path."""
    data = document.data
    if not isinstance(data, dict) or ("version" in data and _NATIVE & data.keys()):
        return False
    if "export_path" in data and ("process" in data or _INPUTS & data.keys()):
        return True
    process, dataset = data.get("process"), data.get("dataset")
    if isinstance(dataset, dict) and isinstance(dataset.get("configs"), list):
        return True
    return isinstance(process, list) and any(_names_operator(item) for item in process)


def read(files: Sequence[File], context: Context) -> Iterator[Part]:
    """Each recipe by itself; they meet at the paths that one writes and another reads."""
    from ...versions import choose, unversioned
    from .catalogue import TABLES, any_version, catalogue
    from .chain import read_recipe

    version = choose(context.version(NAME), {version: version for version in TABLES})
    if version is None:
        yield unversioned(NAME, TABLES, files, context)
    table = catalogue(version) if version else any_version()
    for file in files:
        yield read_recipe(file.document, table)


def _names_operator(item: Any) -> bool:
    from .catalogue import any_version

    names = [n for n in (item if isinstance(item, dict) else [item]) if isinstance(n, str)]
    known = any_version().operators
    return len(names) == 1 and (names[0] in known or names[0].endswith(_ENDINGS))
