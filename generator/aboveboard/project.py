"""One project: its policy, its pipeline, and what the proof found; everything takes one."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path

from .findings import Finding
from .pipeline.graph import Fact, Pipeline
from .policy.model import KINDS, Policy
from .proof.claims.doors import Door, doors
from .proof.model import Proof
from .values import digest

# faults of what was read whole: claims still follow from it
READABLE = frozenset(
    {
        "table-gap",
        "table-overlap",
        "table-unreachable",
        "overstated-strength",
        "unmatched-binding",
        "stale-run",
        "unknown-setting",
    }
)


class Project:
    """`root` is the folder; `findings` what loading found. Loading stops nothing: a project with
    errors has what could be read.
    """

    def __init__(
        self,
        root: Path,
        as_of: date,
        policy: Policy,
        pipeline: Pipeline,
        findings: list[Finding] | None = None,
    ) -> None:
        self.root, self.policy, self.pipeline = root, policy, pipeline
        self.findings = [] if findings is None else findings
        self._day = as_of
        self.asked = False  # whether somebody asked for the day, since this was set last

    @property
    def as_of(self) -> date:
        """What stands for today wherever a date decides."""
        self.asked = True
        return self._day

    @property
    def loaded(self) -> bool:
        """Whether policy and pipeline could be read whole, so that claims mean something."""
        return all(f.severity != "error" or f.rule in READABLE for f in self.findings)

    @cached_property
    def proof(self) -> Proof:
        """Every claim with its verdict; empty when the project could not be loaded."""
        from .proof.judge import judge

        return judge(self.policy, self.pipeline, self._day) if self.loaded else Proof()

    @cached_property
    def evidence(self) -> dict[str, tuple[Fact, ...]]:
        """All facts that each claim rests on, by its id; `proof` tells the first few."""
        from .proof.lanes import ENOUGH

        judged, more = self.proof.judged, self.proof.evidence
        return {
            id_: more(id_) if more and len(each.evidence) >= ENOUGH else each.evidence
            for id_, each in judged.items()
        }

    def on(self, day: date) -> Project:
        """The project as of another day; what no day decides is shared with it."""
        if day == self._day:
            return self
        then = Project(self.root, day, self.policy, self.pipeline, self.findings)
        if not self.policy.corrections and not self._timed:
            vars(then).update(proof=self.proof, _like=self)
        return then

    @cached_property
    def _timed(self) -> bool:
        """Whether anything is in force for a time only: claims then follow from the day."""
        files = {id(document): document for document in self.policy.documents.values()}
        return any("in-force" in path for file in files.values() for path in file.values)

    @cached_property
    def corrected(self) -> dict[str, str]:
        """The correction of each failing claim that has one, by the claim's id."""
        if not self.policy.corrections:
            return {}
        from .proof.corrections import corrected

        return corrected(self.policy, self.proof, self._day)

    @cached_property
    def doors(self) -> tuple[Door, ...]:
        """Every route of every use."""
        policy = self.policy
        return tuple(door for id_ in policy.uses for door in doors(policy, id_))

    @cached_property
    def incomplete(self) -> set[str]:
        """The kinds of which an entity could not be read."""
        policy = self.policy
        lost = {kind for kind, id_ in policy.documents if id_ and id_ not in policy.entities(kind)}
        return policy.unread.intersection(KINDS) | lost

    @cached_property
    def digests(self) -> dict[str, str]:
        """SHA-256 of every file that was read, by path; empty for one that could not be."""
        read = {**self.policy.inputs, **self.pipeline.inputs}
        return {path: "" if raw is None else digest(raw) for path, raw in read.items()}

    def content(self, path: str) -> bytes | None:
        """What was read of a file; None if nothing was."""
        for inputs in (self.policy.inputs, self.pipeline.inputs):
            if path in inputs:
                return inputs[path]
        return None

    def may_publish(self, path: str) -> bool:
        """Whether `bindings.publish` allows paths, lines and settings of this file on the site. A
        file of a checkout is shown only if a pattern names the checkout."""
        from fnmatch import fnmatch

        bindings = self.policy.bindings
        name = path.partition(":")[0] if path in self.pipeline.checkouts else ""
        return any(
            fnmatch(path, pattern)
            for pattern in (bindings.publish if bindings else ())
            if not name or pattern.startswith(f"{name}:")
        )
