"""What every reporter gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ..findings import Finding
from ..proof.model import Proof


@dataclass(frozen=True, slots=True)
class Report:
    """One run of `check`: findings in order, the proof, and where they come from.

    `root` is the project relative to the git root, `line` gives the text of a line of a file,
    `sentences` the published sentences by claim. `colour` is for text on a terminal.
    """

    findings: list[Finding]
    proof: Proof
    as_of: date
    inputs: dict[str, str] = field(default_factory=dict)
    revision: str | None = None
    root: str = "."
    line: Callable[[str, int], str | None] = lambda path, number: None
    sentences: dict[str, list[str]] = field(default_factory=dict)
    colour: bool = False

    def count(self, severity: str) -> int:
        return sum(f.severity == severity for f in self.findings)
