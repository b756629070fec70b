"""A release: what a project said on a day, as it was recorded, and as a project again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...answers.whole import Chapter, whole
from ...findings import Finding, Location
from ...pipeline.graph import Pipeline
from ...policy.load import ALONE, taken
from ...policy.model import KINDS, Policy
from ...policy.written import written
from ...project import Project
from ...source.document import Document
from . import form, texts, verdicts
from .chain import EDITED, UNREADABLE, contents
from .cursor import Cursor, Invalid
from .form import Head, Unreadable
from .places import document

Plain = dict[str, Any]
PARTS = ("head", "inputs", "policy", "text", "verdicts")


class BadRelease(Exception):
    """A release that cannot be read; the finding says where and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass(eq=False)
class Release:
    """A recorded state: `project` is what it said, `text` what its pages said, by language.

    `path` is its file, relative to the project; `digest` stands for all that it holds.
    """

    path: str
    digest: str
    head: Head
    project: Project
    text: dict[str, tuple[Chapter, ...]]


def frozen(project: Project, head: Head) -> bytes:
    """The release file of a project."""
    return form.sealed(
        {
            "head": head.plain(),
            "inputs": dict(project.digests),
            "policy": written(project.policy),
            "text": {language(project): texts.frozen(whole(project))},
            "verdicts": verdicts.frozen(project.proof),
        }
    )


def language(project: Project) -> str:
    """The language that a project's pages are in."""
    header = project.policy.header
    return header.language if header else "en"


def load(root: Path, path: str) -> Release:
    """The release in a file of the project at `root`; BadRelease says why it cannot be read.

    A policy that this version reads otherwise is among the findings of its project.
    """
    try:
        raw = contents(root / path)
    except Unreadable as fault:
        raise BadRelease(fault.finding(UNREADABLE, path)) from None
    return thawed(root, path, raw)


def thawed(root: Path, path: str, raw: bytes) -> Release:
    """The release that these bytes of a file are."""
    try:
        digest, head, edited = form.opened(raw)
        if edited:
            message = "this release was changed after it was made: its digest does not fit"
            raise BadRelease(Finding(EDITED, message, Location(path, 2, 2)))
        content = _content(raw, digest, head)
    except Unreadable as fault:
        raise BadRelease(fault.finding(UNREADABLE, path)) from None
    whole_file = document(path, raw, content)
    try:
        return _release(root, whole_file, digest, head)
    except Invalid as fault:
        place = Location.at(path, whole_file.position(fault.path))
        raise BadRelease(Finding(UNREADABLE, fault.message, place)) from None


def _content(raw: bytes, digest: str, head: Head) -> Plain:
    """What a file holds; its first lines, by which the chain knows it, have to be of it."""
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError) as fault:
        line = getattr(fault, "lineno", 1)
        raise Unreadable(f"this release is not JSON: {str(fault).split(':', 1)[0]}", line) from None
    if content.get("digest") != digest or content.get("head") != head.plain():
        raise Unreadable("this release has two heads: its first lines say something else", 3)
    return dict(content)


def _release(root: Path, file: Document, digest: str, head: Head) -> Release:
    top = Cursor(file.data).keys("digest", *PARTS)
    for name, _ in top.of("inputs").items():
        top.of("inputs").text(name)
    part = document(file.path, file.raw or b"", file.data["policy"], "policy")
    policy, found = taken(part)
    proof = verdicts.thawed(top.of("verdicts"))
    project = Project(root, head.released, policy, Pipeline(), found)
    vars(project)["proof"] = proof  # it was judged then, by what was configured then
    text = {name: texts.thawed(one) for name, one in top.of("text").items()}
    return Release(file.path, digest, head, project, text)


# -- whether something else is said ---------------------------------------------------------------


def says_the_same(
    project: Project, release: Release, text: tuple[Chapter, ...] | None = None
) -> bool:
    """Whether a project says today what a release says: the same facts, verdicts and text.

    It is asked as of the release's day, since sentences name days: "from" becomes "since". `text`
    is what the project says then, if that is known already.
    """
    then = project.on(release.head.released)
    return (
        _same_policy(project.policy, release.project.policy)
        and unplaced(verdicts.frozen(then.proof))
        == unplaced(verdicts.frozen(release.project.proof))
        and {language(project): texts.frozen(text or whole(then))}
        == {name: texts.frozen(chapters) for name, chapters in release.text.items()}
    )


def _same_policy(one: Policy, other: Policy) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name, _ in ALONE.values()) and all(
        one.entities(kind) == other.entities(kind) for kind in KINDS
    )


def unplaced(value: Any) -> Any:
    """Without the places of words, and the lines of settings: what was moved says the same."""
    if isinstance(value, dict):
        return {k: unplaced(v) for k, v in value.items() if k not in ("place", "line", "column")}
    return [unplaced(item) for item in value] if isinstance(value, list) else value
