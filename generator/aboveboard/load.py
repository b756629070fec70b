"""Loads a whole project: policy, pipeline, and everything that is wrong with either."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from .pipeline import load as pipeline_files
from .pipeline.graph import Pipeline
from .pipeline.part import Context, Entry, Said
from .policy import load as policy_files
from .policy import references, strength, tables
from .policy.model import Policy
from .project import Project
from .proof.ends import resolve


def load_project(
    root: Path, as_of: date, ready: Callable[[list[str]], None] = lambda patterns: None
) -> Project:
    """The project at `root`; what could not be read is among its findings.

    `ready` is told which pipeline files are about to be read.
    """
    policy, found = policy_files.load(root)
    found += references.findings(policy)
    found += tables.findings(policy)
    found += strength.findings(policy)
    entries = _entries(policy)
    ready([pattern.value for entry in entries for pattern in entry.patterns])
    pipeline = pipeline_files.load(root, entries, Context(as_of))
    found += pipeline.findings
    if not _lost(pipeline):
        found += resolve(policy, pipeline).findings
    return Project(root, as_of, policy, pipeline, found)


def _entries(policy: Policy) -> list[Entry]:
    """The pipeline's files as the bindings name them."""

    def said(value: str, n: int, key: str, *index: int) -> Said:
        place = policy.at("bindings", "", "files", n, key, *index)
        alone = policy.at("bindings", "", "files", n)
        key_alone = policy.at("bindings", "", "files", key=True)
        return Said(value, alone if place == key_alone else place)  # a text alone is a path

    return [
        Entry(
            tuple(said(path, n, "path", i) for i, path in enumerate(files.path)),
            said(files.dialect, n, "dialect") if files.dialect else None,
        )
        for n, files in enumerate(policy.bindings.files if policy.bindings else ())
    ]


def _lost(pipeline: Pipeline) -> bool:
    """Whether a whole file is missing, so that what a binding names may stand there."""
    facts = [dataset.fact for dataset in pipeline.datasets.values()]
    facts += [step.fact for step in pipeline.steps.values()]
    read = {fact.location.path for fact in facts}
    return any(
        f.rule == "missing-file"
        or (f.rule in ("invalid-yaml", "unreadable-pipeline") and f.location.path not in read)
        for f in pipeline.findings
        if f.location
    )
