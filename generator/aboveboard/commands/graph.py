"""`graph`: what was read of the pipeline, whole or the part that something rests on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..pipeline.ways import between
from ..project import Project
from ..proof.ends import Ends, resolve
from ..reporters.graph import REPORTERS, Shown
from ..values import did_you_mean
from .common import CLEAN, FINDINGS, CannotRun, git_root, project_at, revision_of


class Part(NamedTuple):
    """What to narrow to: the way of some data, to the places of a use, of one claim, to a node."""

    data: str | None = None
    use: str | None = None
    claim: str | None = None
    to: str | None = None

    def words(self) -> str:
        said = (("data", self.data), ("use", self.use), ("claim", self.claim), ("to", self.to))
        return ", ".join(f"{word} {name}" for word, name in said if name is not None)


def graph(folder: Path, as_of: date, form: str, part: Part) -> tuple[str, int]:
    """The graph, and the exit status: 1 if a file could not be read whole."""
    project = project_at(folder, as_of)
    pipeline = project.pipeline
    if any(name is not None for name in part):
        pipeline = between(pipeline, *_ends(project, part))
    shown = Shown(
        pipeline,
        part.words(),
        project.digests if form == "json" else {},
        git_root(project.root),
        revision_of(project.root),
    )
    broken = any(finding.severity == "error" for finding in pipeline.findings)
    return REPORTERS[form](shown), FINDINGS if broken else CLEAN


def _ends(project: Project, part: Part) -> tuple[set[str] | None, set[str] | None]:
    """Where the part begins and ends; None: anywhere."""
    ends = resolve(project.policy, project.pipeline)
    starts: list[set[str]] = []
    stops: list[set[str]] = []
    if part.data is not None:
        starts.append(_sources(ends, part.data))
    if part.use is not None:
        stops.append(_sinks(ends, part.use))
    if part.to is not None:
        stops.append({_node(project, part.to)})
    if part.claim is not None:
        data, target = _claim(project, part.claim)
        starts += [_sources(ends, data)] if data else []
        stops += [{target}] if target else []
    return _both(starts), _both(stops)


def _both(sets: list[set[str]]) -> set[str] | None:
    return set.intersection(*sets) if sets else None


def _sources(ends: Ends, data: str) -> set[str]:
    if data not in ends.sources:
        raise CannotRun(_lost("data of bindings.sources", data, ends.sources))
    return {dataset for dataset, _ in ends.sources[data]}


def _sinks(ends: Ends, use: str) -> set[str]:
    """The sinks of a use, with all its routes, or of one route."""
    keys = [key for key in ends.sinks if key == use or key.startswith(f"{use}/")]
    if not keys:
        raise CannotRun(_lost("use of bindings.sinks", use, ends.sinks))
    return {node for key in keys for node in ends.sinks[key]}


def _node(project: Project, name: str) -> str:
    node = project.pipeline.resolve(name)
    if node is None:
        raise CannotRun(_lost("dataset or step", name, project.pipeline.names()))
    return node


def _claim(project: Project, name: str) -> tuple[str, str]:
    if not project.loaded:
        raise CannotRun("the project has errors, so no claim was judged: see 'aboveboard check'")
    judged = project.proof.judged.get(name)
    if judged is None:
        raise CannotRun(_lost("claim", name, project.proof.judged))
    target = project.pipeline.resolve(judged.claim.target) if judged.claim.target else None
    return judged.claim.data, target or ""


def _lost(what: str, name: str, known: object) -> str:
    return f"'{name}' is no {what}; {did_you_mean(name, known)}".removesuffix("; ")  # type: ignore[arg-type]
