"""The graph for people: file by file what was read, and then what is not known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...findings import Location
from ...pipeline.graph import Dataset, Lifetime, Step
from ...pipeline.ways import unknown
from ...values import Duration
from ..text import printable
from . import Shown

Node = Dataset | Step


def render(shown: Shown) -> str:
    """Every file with its datasets and steps in the order in which they stand there."""
    lines = [line for part in (_files, _unknown, _unread, _sum) for line in part(shown)]
    return "\n".join(map(printable, lines)) + "\n"


def _files(shown: Shown) -> Iterator[str]:
    pipeline = shown.pipeline
    nodes: dict[str, list[Node]] = defaultdict(list)
    for node in _nodes(shown):
        nodes[node.fact.location.path].append(node)
    called = _also_called(shown)
    for path in sorted({*pipeline.formats, *nodes}):
        if nodes[path] or not shown.part:
            yield f"{path}: {pipeline.formats.get(path, 'read')}"
        for node in sorted(nodes[path], key=lambda node: (node.fact.location, node.id)):
            said = _step(node) if isinstance(node, Step) else _dataset(node, called)
            yield from (f"      {line}" if n else f"  {line}" for n, line in enumerate(said))
        if nodes[path]:
            yield ""


def _nodes(shown: Shown) -> list[Node]:
    return [*shown.pipeline.datasets.values(), *shown.pipeline.steps.values()]


def _head(node: Node, what: str) -> str:
    return f"{node.id}: {what} (line {node.fact.location.line}, {node.fact.grade})"


def _dataset(node: Dataset, called: dict[str, list[str]]) -> Iterator[str]:
    yield _head(node, node.role)
    if node.fact.text != f"dataset {node.id}":
        yield node.fact.text
    if called[node.id]:
        yield f"also called: {', '.join(called[node.id])}"
    listed = "nobody lists them" if node.fields is None else ", ".join(node.fields) or "none"
    yield f"fields: {listed}"
    if node.person:
        yield f"person: {node.person}"
    if node.regions is not None:
        yield f"regions: {', '.join(node.regions) or 'none'}"
    yield f"kept: {'; '.join(map(kept, node.lifetimes)) or 'nobody says how long'}"


def kept(life: Lifetime) -> str:
    """How long, and which rows."""
    value = life.keep.value
    unlimited = "no-limit" if value is None else "unknown"
    said = value.text if isinstance(value, Duration) else unlimited
    return said if life.where is None else f"{said} where {life.where}"


def _step(node: Step) -> Iterator[str]:
    yield _head(node, "opaque" if node.opaque else node.op)
    if node.fact.text != node.op:
        yield node.fact.text
    yield f"reads: {', '.join(node.inputs) or 'nothing'}"
    if node.outputs:
        yield f"writes: {', '.join(node.outputs)}"
    if node.all_fields or node.fields:
        yield f"fields: {'all' if node.all_fields else ', '.join(node.fields)}"
    for new, old in (node.writes or {}).items():
        yield f"makes {new} from {', '.join(old) or 'nothing that is read'}"
    if node.where is not None and str(node.where) not in node.fact.text:
        yield f"keeps: {node.where}"
    if node.entities:
        yield f"looks for: {', '.join(node.entities)}"
    if node.spared:
        yield f"leaves alone: {', '.join(node.spared)}"
    if node.op == "aggregate":
        yield f"groups by: {', '.join(node.group_by) or 'nothing'}"
    if node.join_on:
        yield f"joined on: {', '.join(node.join_on)} ({node.join_kind})"
    yield from (f"{name}: {setting.fact.text}" for name, setting in node.parameters.items())
    yield from _conditions(node)


def _conditions(node: Step) -> Iterator[str]:
    """What keeps it from acting on every row, and what happens when it fails."""
    if node.keeps_text:
        yield "keeps the text that it finds"
    if node.runs and node.runs.value is False:
        yield f"switched off: {node.runs.fact.text}"
    if node.partial:
        yield f"not on every record: {node.partial.text}"
    if node.on_error and isinstance(node.on_error.does.value, str):
        does = node.on_error.does.value
        yield f"on errors: {f'to {node.on_error.to}' if does == 'to' else does}"
    if node.external:
        yield "run by somebody else"
    if node.regions is not None:
        yield f"regions: {', '.join(node.regions) or 'none'}"


def _also_called(shown: Shown) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path, id_ in shown.pipeline.aliases.items():
        if path != id_:
            found[id_].append(path)
    return found


def _unknown(shown: Shown) -> Iterator[str]:
    said = [f"  {node.fact.location}  {node.id}: {text}" for node, text in unknown(shown.pipeline)]
    if said:
        yield from ("What is not known:", *said, "")


def _unread(shown: Shown) -> Iterator[str]:
    said = [
        f"  {finding.location or Location('', 0, 0)}  {finding.severity}: {finding.message}"
        for finding in sorted(shown.pipeline.findings, key=lambda f: f.sort_key())
    ]
    if said:
        yield from ("What is wrong with the files:", *said, "")


def _sum(shown: Shown) -> Iterator[str]:
    pipeline = shown.pipeline
    files = {node.fact.location.path for node in _nodes(shown)}
    opaque = sum(step.opaque for step in pipeline.steps.values())
    counts = (
        (len(files if shown.part else files | pipeline.formats.keys()), "file"),
        (len(pipeline.datasets), "dataset"),
        (len(pipeline.steps), "step"),
    )
    said = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts)
    part = f"; {shown.part}" if shown.part else ""
    yield f"{said}; {opaque} opaque{part}"
