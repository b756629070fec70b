"""What commands share: finding the project, making its report."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from ..checks import asked, run
from ..load import Opener, load_project
from ..phases import phase
from ..project import Project
from ..reporters.model import Report, Told
from . import voice
from .git import git_root, repository_of, revision_of
from .status import CLEAN, COULD_NOT_RUN, FINDINGS, CannotRun

__all__ = [
    "CLEAN",
    "COULD_NOT_RUN",
    "FINDINGS",
    "CannotRun",
    "git_root",
    "project_at",
    "report_of",
    "revision_of",
    "today",
]


def project_at(folder: Path, as_of: date, open_checkout: Opener | None = None) -> Project:
    """The project in a folder; CannotRun if there is none. Other checkouts are read as they lie,
    unless `open_checkout` says otherwise."""
    from .checkouts import as_they_lie

    if not folder.is_dir():
        raise CannotRun(f"'{folder}' is not a folder")
    if not (folder / "policy_data").is_dir():
        raise CannotRun(f"'{folder}' holds no 'policy_data/': is this the project's folder?")
    with phase("reading the files"):
        project = load_project(folder, as_of, open_checkout=open_checkout or as_they_lie)
    if voice.is_verbose():
        _tell_files(project)
    return project


def _tell_files(project: Project) -> None:
    for what, files in (("policy", project.policy.inputs), ("pipeline", project.pipeline.inputs)):
        voice.detail(f"{len(files)} {what} file{'' if len(files) == 1 else 's'} read")
        for path, raw in sorted(files.items()):
            voice.detail(f"  {path} ({'not read' if raw is None else f'{len(raw)} bytes'})")


def report_of(
    project: Project,
    *,
    colour: bool = False,
    needs: Collection[str] = (),
    prose: bool = False,
) -> Report:
    """All findings of a project, and what reporters show beside them. `needs` is what takes time
    and only some reporters ask for, as in `reporters.NEEDS`. `prose` also reads the answers that
    readers get."""
    with phase("checking"):
        findings = run(project, prose=prose)
    return Report(
        findings=findings,
        proof=project.proof,
        as_of=project.as_of,
        inputs=project.digests if "inputs" in needs else {},
        checkouts=project.pipeline.checkouts,
        revision=revision_of(project.root),
        root=git_root(project.root),
        line=_Lines(project).line,
        sentences=_sentences(project) if "sentences" in needs and project.loaded else {},
        corrected=project.corrected,
        colour=colour,
        quiet=voice.is_quiet(),
        asked=asked(project, prose=prose) if "asked" in needs else frozenset(),
        told=tuple(_told(project)),
        repository=repository_of(project.root) if "repository" in needs else None,
    )


def _told(project: Project) -> Iterator[Told]:
    """The corrections that stand in for something today, and the suppressions that hold."""
    policy = project.policy
    for id_ in dict.fromkeys(project.corrected.values()):
        it, place = policy.corrections[id_], policy.at("corrections", id_)
        yield Told(f"corrections/{id_}", it.instead, it.owner, it.expires, place)
    for id_, one in policy.suppressions.items():
        if one.expires >= project.as_of:
            place = policy.at("suppressions", id_)
            yield Told(f"suppressions/{id_}", one.reason, one.owner, one.expires, place)


def _sentences(project: Project) -> dict[str, list[str]]:
    from ..answers.compose import compose

    found: dict[str, dict[str, None]] = {}
    for question in compose(project):
        for sentence in question.answer.sentences():
            for claim in sentence.claims:
                found.setdefault(claim, {})[sentence.whole] = None
    return {claim: list(texts) for claim, texts in found.items()}


class _Lines:
    """Lines of files, each file read once."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.files: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str | None:
        if path not in self.files:
            raw = self.project.content(path)
            if raw is None:
                raw = self._found(path)
            self.files[path] = raw.decode("utf-8-sig", errors="replace").split("\n")
        lines = self.files[path]
        return lines[number - 1] if 0 < number <= len(lines) else None

    def _found(self, path: str) -> bytes:
        """What a file holds that loading did not keep, such as a page."""
        file = self.project.root / path
        try:
            return file.read_bytes() if file.is_file() else b""  # a pipe would wait for ever
        except OSError:
            return b""


def today() -> date:
    """The date that stands for now: `SOURCE_DATE_EPOCH`, else the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and epoch.isdigit():
        from datetime import UTC, datetime

        return datetime.fromtimestamp(int(epoch), UTC).date()
    return date.today()
