"""What a rule is, and the common part of the rules that tell of failing claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from ..findings import Finding, Location, Severity, within
from ..project import Project
from ..proof.model import FAILING, RULES, Judged, Kind

if TYPE_CHECKING:
    from ..answers.model import Answer
    from ..links.model import Link, Trip
    from ..review.since import Since


class Rule(Protocol):
    """A rule: its docstring says what it finds, why it matters and how to fix it."""

    SLUG: str
    SEVERITY: Severity
    HINT: str
    __doc__: str | None


class Check(Rule, Protocol):
    """A rule about what somebody wrote; every check asks it."""

    def check(self, project: Project) -> Iterable[Finding]: ...


class AnswerCheck(Rule, Protocol):
    """A rule about the answers that readers get; making those takes time, so only `check --prose`
    and `build` ask it."""

    def check_answers(self, project: Project, answers: Sequence[Answer]) -> Iterable[Finding]: ...


class BaseCheck(Rule, Protocol):
    """A rule about what changed; only `check --base` asks it."""

    def check_since(self, since: Since) -> Iterable[Finding]: ...


class LinkCheck(Rule, Protocol):
    """A rule about where a link of the policy leads; only `links` asks it. `site` is where the site
    will lie, "" if nobody said."""

    def check_link(self, link: Link, trip: Trip, site: str) -> Iterable[Finding]: ...


def on_the_way(trip: Trip) -> str:
    """Each answer on the way of a link, if there was more than one."""
    return f"; the way: {trip.way}" if len(trip.hops) > 1 else ""


class FoundCheck(Rule, Protocol):
    """A rule about what others found; it is asked last. `asked` are those that had their say."""

    def check_found(
        self, project: Project, found: Sequence[Finding], asked: frozenset[str]
    ) -> Iterable[Finding]: ...


_OPENING = {
    "violated": "not kept",
    "unknown": "cannot be decided",
    "vacuous": "says nothing",
}


def failing(project: Project, kind: Kind, hint: str) -> Iterator[Finding]:
    """One finding per failing claim of a kind; claims that share its fault are counted in it.
    `hint` is what to do about it, where the kind of reason does not tell better.

    With a correction it is a note.
    """
    judged, root = project.proof.judged, project.proof.root
    shared: dict[str, int] = {}
    for other in judged.values():
        cause = root(other)
        if cause is not other and other.verdict in FAILING:
            shared[cause.claim.id] = shared.get(cause.claim.id, 0) + 1
    for one in judged.values():
        own = one.verdict in FAILING and root(one) is one
        if own and one.claim.kind == kind and not _told_at_binding(project, one):
            found = _finding(one, _mend(project, one, hint), shared.get(one.claim.id, 0))
            correction = project.corrected.get(one.claim.id)
            yield set_aside(project, found, "corrections", correction) if correction else found


def _mend(project: Project, judged: Judged, hint: str) -> str:
    if not judged.causes:
        return hint
    from .mending import mend

    return mend(project, judged, hint)


_WHERE = {"corrections": "the site says this instead", "suppressions": "suppressed here"}


def set_aside(project: Project, finding: Finding, kind: str, id_: str) -> Finding:
    """The finding in whose place a correction says what is true, or that a suppression puts aside:
    no error any more, and no warning."""
    expires = project.policy.entities(kind)[id_].expires.isoformat()
    place = project.policy.at(kind, id_)._replace(message=_WHERE[kind])
    return finding._replace(
        severity="note",
        suppression=f"{kind}/{id_}",
        related=(*finding.related, place),
        hint=f"{finding.hint}; the {kind.removesuffix('s')} ends with {expires}",
    )


def _told_at_binding(project: Project, judged: Judged) -> bool:
    """Whether a claim cannot be judged because of a binding that is reported where it stands."""
    claim = judged.claim
    if judged.verdict == "violated":
        return False
    ends = [("sources", claim.data), ("flags", claim.subject), ("copies", claim.target)]
    spans = [project.policy.at("bindings", "", *end) for end in ends]
    return any(
        within(finding.location, span)
        for finding in project.findings
        if finding.rule == "unmatched-binding" and finding.location
        for span in spans
    )


def _finding(judged: Judged, hint: str, shared: int) -> Finding:
    claim = judged.claim
    more = f" ({shared} more claims fail with it)" if shared > 1 else ""
    if shared == 1:
        more = " (1 more claim fails with it)"
    related: tuple[Location, ...] = ()
    if judged.culprit:
        fact = judged.culprit
        related = (fact.location._replace(message=fact.text),)
    return Finding(
        RULES[claim.kind],
        f"{_OPENING[judged.verdict]}: \N{LEFT DOUBLE QUOTATION MARK}{claim.statement}"
        f"\N{RIGHT DOUBLE QUOTATION MARK} because {judged.why}.{more}",
        claim.place,
        hint=hint,
        related=related,
        claim=claim.id,
    )
