"""Events put together to jobs: of each its newest run that ended well, or its design."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ....findings import Finding, Location
from ....source import KeyPath
from ....values import Duration
from ...graph import Fact, Grade
from ...part import Context, File, fact_at

_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})\Z")
STATES = ("START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Spot:
    """A value of a file, and where it stands."""

    file: File
    path: KeyPath
    value: Any

    def __getitem__(self, key: str) -> Spot:
        value = self.value
        inner = value.get(key) if isinstance(value, dict) else None
        return Spot(self.file, (*self.path, key), inner)

    @property
    def text(self) -> str:
        """Its text; "" if it has none."""
        return self.value if isinstance(self.value, str) else ""

    def items(self) -> Iterator[Spot]:
        """What a list or mapping holds, in order."""
        if isinstance(self.value, list):
            for index, item in enumerate(self.value):
                yield Spot(self.file, (*self.path, index), item)
        elif isinstance(self.value, dict):
            for name, item in self.value.items():
                yield Spot(self.file, (*self.path, name), item)

    def fact(self, text: str, grade: Grade) -> Fact:
        return fact_at(self.file.document, self.path, text, grade)

    def place(self) -> Location:
        document = self.file.document
        return Location.at(document.path, document.position(self.path))


@dataclass(slots=True)
class Run:
    """One run of a job, or its design: the events that tell of it."""

    job: tuple[str, str]
    is_design: bool
    events: list[Spot] = field(default_factory=list)
    states: set[str] = field(default_factory=set)
    time: str = ""
    stale: bool = False

    @property
    def ended_well(self) -> bool:
        return self.is_design or ("COMPLETE" in self.states and not self.states & {"FAIL", "ABORT"})

    @property
    def name(self) -> str:
        return self.job[1] or "job"

    @property
    def grade(self) -> Grade:
        if self.stale:
            return "unknown"
        return "described" if self.is_design else "observed"

    def told(self, text: str) -> str:
        """A fact's text with the time that it is from."""
        if self.is_design:
            return f"{text}, by the job's design"
        return f"{text}, as run at {self.time}" if self.time else f"{text}, as run some time"


def newest(files: Sequence[File], context: Context, findings: list[Finding]) -> Iterator[Run]:
    """The run of each job that counts. A run that did not end well counts for nothing."""
    jobs: dict[tuple[str, str], list[Run]] = {}
    for run in _runs(files, findings):
        jobs.setdefault(run.job, []).append(run)
    for runs in jobs.values():
        well = [run for run in runs if run.ended_well and not run.is_design]
        chosen = max(reversed(well), key=lambda run: _moment(run.time), default=None)
        if chosen is None:
            chosen = next((run for run in runs if run.is_design), None)
        if chosen is None:
            findings.append(_never(runs[-1]))
            continue
        _age(chosen, context.as_of, findings)
        yield chosen


def _never(run: Run) -> Finding:
    last = run.events[-1]
    state = last["eventType"].text or "nothing"
    message = f"no run of '{run.name}' is complete (the last says {state}); it counts for nothing"
    return Finding("stale-run", message, last.place(), hint="give the event of a complete run")


def _runs(files: Sequence[File], findings: list[Finding]) -> list[Run]:
    """The runs by job and id, each with its events in the order of the files."""
    found: dict[Any, Run] = {}
    for event in _events(files, findings):
        job, run = event["job"], event["run"]
        if not job["name"].text and "dataset" not in event.value:
            findings.append(_fault(event, "an event needs a 'job' with a name"))
            continue
        name = (job["namespace"].text, job["name"].text)
        is_design = run.value is None
        alone = (event.file.document.path, *event.path)
        id_ = run["runId"].text or (None if is_design else alone)
        key = (name, event["dataset"]["name"].text if is_design else "", is_design, id_)
        one = found.setdefault(key, Run(name, is_design))
        one.events.append(event)
        _state(event, one, findings)
    return list(found.values())


def _state(event: Spot, run: Run, findings: list[Finding]) -> None:
    state, time = event["eventType"].text.upper(), event["eventTime"]
    if not run.is_design and state not in STATES:
        findings.append(_fault(event["eventType"], f"'{state}' is no state of a run"))
    run.states.add(state)
    if not _TIME.match(time.text):
        what = "missing" if time.value is None else "no time with a zone"
        findings.append(_fault(time, f"'eventTime' is {what}"))
    elif state == "COMPLETE" or not run.time:
        run.time = time.text


def _events(files: Sequence[File], findings: list[Finding]) -> Iterator[Spot]:
    for file in files:
        whole = Spot(file, (), file.document.data)
        for event in whole.items() if isinstance(whole.value, list) else (whole,):
            if isinstance(event.value, dict):
                yield event
            else:
                findings.append(_fault(event, "an event must be a mapping"))


def _fault(spot: Spot, message: str) -> Finding:
    return Finding("unreadable-pipeline", message, spot.place())


def _moment(time: str) -> float:
    """A time as a number, so that zones do not matter; what nobody can read comes first."""
    try:
        return datetime.fromisoformat(_plain(time)).timestamp()
    except (ValueError, OverflowError, OSError):
        return float("-inf")


def _plain(time: str) -> str:
    """As Python reads it: at most six digits after the point."""
    head, point, rest = time.upper().replace("Z", "+00:00").partition(".")
    digits = re.match(r"\d+", rest)
    if not point or not digits:
        return head
    return f"{head}.{digits[0][:6]:0<6}{rest[digits.end() :]}"


def _age(run: Run, as_of: date, findings: list[Finding]) -> None:
    """A run that is older than its entry allows is of no use any more."""
    event = run.events[-1]
    allowed = event.file.entry.max_age
    if allowed is None or run.is_design:
        return
    try:
        day = datetime.fromisoformat(_plain(run.time)).date()
    except ValueError:
        day = None
    if day is not None and (as_of - day).days * 86_400 <= Duration.parse(allowed.value).longest:
        return
    run.stale = True
    age = f"{(as_of - day).days} days old" if day else "of a time that nobody knows"
    message = f"the last complete run of '{run.name}' is {age}; max-age is {allowed.value}"
    hint = "give the events of a newer run, or allow a greater age"
    place = event["eventTime"].place()
    findings.append(Finding("stale-run", message, place, hint=hint, related=(allowed.place,)))
