"""What the public may see of a comparison: an allow-list, since configs hold secrets.

A step's public name, the verdict, the date and a digest are always shown. Paths, lines and
settings appear only for files that the policy's `publish` list names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..answers.corrections import instead
from ..answers.model import Sentence
from ..project import Project
from ..proof.model import Judged
from ..values import digest
from .words import GRADE, Mark

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Setting:
    """One fact of a published file."""

    text: str
    place: str
    grade: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim as the site shows it.

    `further` counts published settings beyond those shown, `withheld` those that are private.
    """

    anchor: str
    statement: str
    verdict: Mark
    step: str
    settings: tuple[Setting, ...]
    further: int
    withheld: int
    digest: str


def anchor(claim_id: str) -> str:
    """The claim's id on the site; the real one names datasets of the pipeline."""
    return "c-" + digest(claim_id.encode())[:10]


def compared(project: Project, judged: Judged) -> Compared:
    """The public part of a claim and its verdict."""
    facts = list(dict.fromkeys(judged.evidence))
    shown = [f for f in facts if project.may_publish(f.location.path)]
    settings = tuple(
        Setting(f.text, f"{f.location.path}, line {f.location.line}", GRADE[f.grade])
        for f in shown[:SHOWN]
    )
    step = project.policy.steps.get(judged.claim.subject)
    corrected = judged.claim.id in project.corrected
    said = Sentence(judged.claim.statement, (judged.claim.id,))
    return Compared(
        anchor(judged.claim.id),
        instead(project, said).whole if corrected else said.text,
        "corrected" if corrected else judged.verdict,
        step.name if step else "",
        settings,
        len(shown) - len(settings),
        len(facts) - len(shown),
        _files_digest(project, {f.location.path for f in facts}),
    )


def _files_digest(project: Project, paths: Iterable[str]) -> str:
    known = project.digests
    return _digest(known[path] for path in sorted(paths) if path in known)


def whole_digest(project: Project) -> str:
    """One fingerprint of every file that was read."""
    return _digest(f"{path} {sha256}" for path, sha256 in sorted(project.digests.items()))


def _digest(parts: Iterable[str]) -> str:
    joined = "\n".join(parts)
    return digest(joined.encode())[:12] if joined else ""
