"""Loads a whole project: policy, pipeline, and everything that is wrong with either."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from .findings import Finding
from .pipeline import load as pipeline_files
from .pipeline.graph import Pipeline
from .pipeline.part import Checkout, Context, Entry, Pinned, Said
from .policy import load as policy_files
from .policy import references, strength, tables
from .policy.model import Policy
from .project import Project
from .proof.ends import resolve
from .values import did_you_mean

# What finds the checkout of a name at a revision; a finding without a place says why it cannot.
Opener = Callable[[str, str], Checkout | Finding]


def not_given(name: str, revision: str) -> Finding:
    """Nobody has said which folder a checkout is in."""
    message = f"no folder is given for the checkout '{name}': --checkout {name}=DIR gives one"
    return Finding("missing-file", message)


def load_project(
    root: Path,
    as_of: date,
    ready: Callable[[list[str]], None] = lambda patterns: None,
    open_checkout: Opener = not_given,
) -> Project:
    """The project at `root`; what could not be read is among its findings.

    `ready` is told which of its pipeline files are about to be read; `open_checkout` finds those
    that lie in another repository.
    """
    policy, found = policy_files.load(root)
    found += references.findings(policy)
    found += tables.findings(policy)
    found += strength.findings(policy)
    opened = _Opened(policy, open_checkout)
    entries, tools = list(_entries(policy, opened)), dict(_tools(policy, opened))
    faults = list(dict.fromkeys(opened.faults))
    found += faults
    own = [*entries, *(tool.files for tool in tools.values() if tool.files)]
    ready([p.value for entry in own if not entry.checkout for p in entry.patterns])
    pipeline = pipeline_files.load(root, entries, Context(as_of), tools)
    found += pipeline.findings
    if not faults and not _lost(pipeline):
        found += resolve(policy, pipeline).findings
    return Project(root, as_of, policy, pipeline, found)


def _entries(policy: Policy, opened: _Opened) -> Iterator[Entry]:
    """The pipeline's files as the bindings name them, but for those whose checkout is not there."""

    def said(value: str, n: int, key: str, *index: int) -> Said:
        place = policy.at("bindings", "", "files", n, key, *index)
        alone = policy.at("bindings", "", "files", n)
        key_alone = policy.at("bindings", "", "files", key=True)
        return Said(value, alone if place == key_alone else place)  # a text alone is a path

    for n, files in enumerate(policy.bindings.files if policy.bindings else ()):
        checkout = opened.get(said(files.checkout, n, "checkout")) if files.checkout else None
        if files.checkout and not checkout:
            continue
        paths = tuple(said(path, n, "path", i) for i, path in enumerate(files.path))
        dialect = said(files.dialect, n, "dialect") if files.dialect else None
        merged = said("true", n, "merged") if files.merged else None
        max_age = said(files.max_age, n, "max-age") if files.max_age else None
        yield Entry(paths, dialect, checkout, merged, max_age)


class _Opened:
    """The checkouts of the bindings, each opened once, when a file in it is named."""

    def __init__(self, policy: Policy, open_checkout: Opener) -> None:
        self.policy, self.open = policy, open_checkout
        self.known = policy.bindings.checkouts if policy.bindings else {}
        self.found: dict[str, Checkout | Finding] = {}
        self.faults: list[Finding] = []

    def get(self, name: Said) -> Checkout | None:
        """The checkout; why it cannot be read is among the faults."""
        if name.value not in self.known:
            message = f"'{name.value}' is no checkout of bindings.checkouts"
            hint = did_you_mean(name.value, self.known)
            self.faults.append(Finding("unknown-reference", message, name.place, hint=hint))
            return None
        if name.value not in self.found:
            self.found[name.value] = self._opened(name.value)
        found = self.found[name.value]
        if isinstance(found, Finding):
            self.faults.append(found)
            return None
        return found

    def _opened(self, name: str) -> Checkout | Finding:
        opened = self.open(name, self.known[name].revision)
        if isinstance(opened, Checkout):
            return opened
        key = () if opened.rule == "missing-file" else ("revision",)
        place = self.policy.at("bindings", "", "checkouts", name, *key, key=not key)
        return Finding(opened.rule, opened.message, place, hint=opened.hint)


def _tools(policy: Policy, opened: _Opened) -> Iterator[tuple[str, Pinned]]:
    """What the bindings say of each tool's version."""

    def said(value: str, name: str, key: str, *index: int) -> Said:
        place = policy.at("bindings", "", "tools", name, key, *index)
        if place == policy.at("bindings", "", "tools", name, key=True):  # a text alone: a version
            place = policy.at("bindings", "", "tools", name)
        return Said(value, place)

    for name, tool in (policy.bindings.tools if policy.bindings else {}).items():
        place = policy.at("bindings", "", "tools", name, key=True)
        if tool.version:
            yield name, Pinned(place, said(tool.version, name, "version"))
            continue
        checkout = opened.get(said(tool.checkout, name, "checkout")) if tool.checkout else None
        if checkout or not tool.checkout:
            files = tuple(said(file, name, "pinned", n) for n, file in enumerate(tool.pinned))
            yield name, Pinned(place, files=Entry(files, checkout=checkout))


def _lost(pipeline: Pipeline) -> bool:
    """Whether a whole file is missing, so that what a binding names may stand there."""
    facts = [dataset.fact for dataset in pipeline.datasets.values()]
    facts += [step.fact for step in pipeline.steps.values()]
    read = {fact.location.path for fact in facts}
    return any(
        f.rule in ("missing-file", "wrong-revision")
        or (f.rule in ("invalid-yaml", "unreadable-pipeline") and f.location.path not in read)
        for f in pipeline.findings
        if f.location
    )
