"""What every reporter gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ..findings import Finding, Location
from ..proof.model import Proof


class Told(NamedTuple):
    """What was written about some findings, that takes them out of the errors: the id of the
    entity that says it, such as `corrections/not-kept`, and who answers for it until when."""

    id: str
    reason: str
    owner: str
    expires: date
    place: Location

    def __str__(self) -> str:
        return f"{self.id}: {self.reason} ({self.owner}, until {self.expires.isoformat()})"


class Report(NamedTuple):
    """One run of `check`: findings in order, the proof, and where they come from.

    `root` is the project relative to the git root, `line` gives the text of a line of a file,
    `sentences` the published sentences by claim, `corrected` the correction by claim. `colour` is
    for text on a terminal, `quiet` for text that has errors and nothing else. `checkouts` has the
    commit of each file of another repository, and where it lies. `asked` are the rules that had
    their say: no finding of one means that all is well. `told` are the corrections and the like
    that hold today; `repository` is the address that the repository is cloned from. `about` says
    in few words what was looked at, where that is not claims.
    """

    findings: list[Finding]
    proof: Proof
    as_of: date
    inputs: Mapping[str, str] = MappingProxyType({})
    revision: str | None = None
    root: str = "."
    line: Callable[[str, int], str | None] = lambda path, number: None
    sentences: Mapping[str, list[str]] = MappingProxyType({})
    corrected: Mapping[str, str] = MappingProxyType({})
    colour: bool = False
    quiet: bool = False
    checkouts: Mapping[str, tuple[str, Path]] = MappingProxyType({})
    asked: frozenset[str] = frozenset()
    told: tuple[Told, ...] = ()
    repository: str | None = None
    about: str = ""

    def aside(self) -> dict[str, int]:
        """How many findings a correction stands for, and how many a suppression; none are told of
        neither."""
        found = {
            "corrected": sum(f.is_corrected for f in self.findings),
            "suppressed": sum(f.is_suppressed for f in self.findings),
        }
        return {word: count for word, count in found.items() if count}

    def told_of(self, finding: Finding) -> Told | None:
        """The correction or suppression of a finding."""
        return next((one for one in self.told if one.id == finding.suppression), None)

    def count(self, severity: str) -> int:
        return sum(f.severity == severity for f in self.findings)
