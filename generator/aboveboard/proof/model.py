"""Claims and verdicts: what must hold, whether it does, and what shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from ..findings import Location
from ..pipeline.graph import Fact, Grade

Kind = Literal[
    "nothing-undeclared",
    "use-is-real",
    "never-used",
    "scope-excluded",
    "deidentified-before",
    "parameter-kept",
    "opt-out-honoured",
    "retention-kept",
    "recipients-declared",
    "fails-closed",
    "never-joined",
]

RULES: Final[dict[Kind, str]] = {
    "nothing-undeclared": "undeclared-flow",
    "use-is-real": "overstated-use",
    "never-used": "forbidden-flow",
    "scope-excluded": "scope-leak",
    "deidentified-before": "step-bypassed",
    "parameter-kept": "weaker-parameter",
    "opt-out-honoured": "opt-out-ignored",
    "retention-kept": "kept-too-long",
    "recipients-declared": "undeclared-recipient",
    "fails-closed": "fails-open",
    "never-joined": "joined-again",
}

Verdict = Literal["violated", "unknown", "vacuous", "declared", "proved"]
VERDICTS: Final[tuple[Verdict, ...]] = ("violated", "unknown", "vacuous", "declared", "proved")
FAILING: Final = frozenset({"violated", "unknown", "vacuous"})


def weakest(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of the verdicts; `declared` for none, since what is not compared is only stated."""
    return min(verdicts, key=VERDICTS.index, default="declared")


class Claim(NamedTuple):
    """One checkable statement. Nobody writes claims: they follow from policy and bindings.

    use, route, data and subject are ids of the policy entities that it is about; subject is the
    step, control, recipient, retention row or scope; target the dataset or store it is about.
    """

    id: str
    kind: Kind
    statement: str
    place: Location
    use: str = ""
    route: str = ""
    data: str = ""
    subject: str = ""
    target: str = ""
    scope: str = "everyone"


class Hop(NamedTuple):
    """One place on a witness's path."""

    node: str
    kind: Literal["dataset", "field", "step"]
    location: Location


class Cause(NamedTuple):
    """What kind of reason a claim fails for, and the name that it is about; who tells of the claim
    chooses by it how to mend it.

    unsaid: the bindings leave something out, and `why` says what. unread: a step whose settings
    cannot be read. unknown-step: a step of which nobody knows what it does. unlisted: a dataset
    whose fields nobody lists. unsure: a store of which nobody can tell if it is there. unbound: a
    store that is no copy. unpublished: a copy without a row of retention for the data. undated: a
    store of which nobody says how long it keeps its rows. unfiltered: the flag or field that no
    filter decides on, as it should. other: what the rule itself is about.
    """

    kind: Literal[
        "unsaid", "unread", "unknown-step", "unlisted", "unbound", "unpublished", "undated",
        "unfiltered", "unsure", "other",
    ]  # fmt: skip
    name: str = ""


class Judged(NamedTuple):
    """A claim with its verdict; `why` is the reason in words, ready for a finding, and `causes`
    what kinds of reason these words give.

    evidence are the facts that decide it, witness the path that breaks it, culprit the fact that a
    finding points at beside the policy's line. caused_by is the claim whose fault this one shares:
    one fault is reported once.
    """

    claim: Claim
    verdict: Verdict
    grade: Grade = "observed"
    why: str = ""
    evidence: tuple[Fact, ...] = ()
    witness: tuple[Hop, ...] = ()
    culprit: Fact | None = None
    caused_by: str | None = None
    causes: tuple[Cause, ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class Proof:
    """Every claim, judged, by id.

    `tied` are the bound copies in which rows surely still have their person key, each with a
    dataset that does; `bound` are all copies of which a dataset is known. `evidence` finds all
    facts that a claim rests on, of which `judged` has the first few.
    """

    judged: dict[str, Judged] = field(default_factory=dict)
    tied: dict[str, str] = field(default_factory=dict)
    bound: frozenset[str] = frozenset()
    evidence: Callable[[str], tuple[Fact, ...]] | None = field(default=None, compare=False)

    def about(self, **fields: str) -> list[Judged]:
        """The claims whose named attributes have these values, in order of id."""
        return [
            j
            for j in self.judged.values()
            if all(getattr(j.claim, name) == value for name, value in fields.items())
        ]

    def verdict(self, claims: Iterable[str]) -> Verdict:
        """The weakest verdict of the claims named; `declared` for none."""
        return weakest(self.judged[c].verdict for c in claims if c in self.judged)

    def root(self, judged: Judged) -> Judged:
        """The claim at whose fault this one fails; itself if the fault is its own."""
        seen = {judged.claim.id}
        while judged.caused_by and judged.caused_by not in seen:
            seen.add(judged.caused_by)
            cause = self.judged.get(judged.caused_by)
            if cause is None or cause.verdict not in FAILING:
                break
            judged = cause
        return judged

    def tally(self) -> dict[Verdict, int]:
        counts: dict[Verdict, int] = dict.fromkeys(reversed(VERDICTS), 0)
        for judged in self.judged.values():
            counts[judged.verdict] += 1
        return counts
