"""Small configurations of a collector, and what the reader makes of them.

Expectations are from the source and the documentation of opentelemetry-collector-contrib, and those
of merging and of what is refused from runs of the collector 0.135.0.
"""

from datetime import date
from textwrap import dedent
from typing import Any

from aboveboard.findings import Location
from aboveboard.pipeline.graph import Fact, Setting, Step
from aboveboard.pipeline.part import Context, Entry, File, Part, Said
from aboveboard.pipeline.predicate import can_pass
from aboveboard.pipeline.readers.otel_collector.collector import read_collectors
from aboveboard.pipeline.readers.otel_collector.versions import TOOL
from aboveboard.source import parse_yaml

PLACE = Location("bindings.yml", 1)
HERE = "collector/logs"


def read(*texts: str, version: str | None = None, merged: bool = False) -> Part:
    """The graph of one configuration, or of several that are merged."""
    said = Said("true", PLACE) if merged else None
    entry = Entry((Said("*.yml", PLACE),), merged=said)
    files = []
    for n, text in enumerate(texts):
        name = "collector" if n == 0 else f"more-{n}"
        document = parse_yaml(dedent(text).encode(), f"pipeline/{name}.yml")
        assert not document.problems
        files.append(File(document, entry))
    pinned = Setting(version, Fact(f"version {version}", "observed", PLACE))
    context = Context(date(2026, 12, 1), {TOOL: pinned} if version else {})
    (part,) = read_collectors(files, context)
    return part


def logs(processors: str, *, signal: str = "logs", version: str | None = None) -> Part:
    """A pipeline of one signal that runs all processors that are given."""
    body = dedent(processors).strip("\n")
    names = [line[: -1] if line.endswith(":") else line.partition(":")[0] for line in body.split("\n") if line[:1] not in (" ", "#", "")]  # fmt: skip
    text = (
        "receivers: {otlp: {}}\nexporters: {otlphttp: {endpoint: https://in.example}}\nprocessors:\n"
        + "".join(f"  {line}\n" for line in body.split("\n"))
        + f"service: {{pipelines: {{{signal}: {{receivers: [otlp], processors: [{', '.join(names)}], "
        "exporters: [otlphttp]}}}\n"
    )
    return read(text, version=version)


def chain(part: Part) -> list[Step]:
    """The steps of the processors, in order."""
    return [step for step in part.steps if "/to/" not in step.id]


def only(part: Part) -> Step:
    (step,) = chain(part)
    return step


def chosen(step: Step, *names: str) -> list[bool]:
    """Which of these fields a step acts on."""
    rule = step.chooses or (lambda name: False)
    return [name in step.fields or rule(name) for name in names]


def passes(step: Step, **row: Any) -> tuple[bool, bool]:
    """Whether a row passes: when doubt counts as blocking, and when it counts as passing."""
    assert step.where is not None
    fields = {name.replace("__", "."): value for name, value in row.items()}
    return (
        can_pass(step.where, fields, doubt_blocks=True),
        can_pass(step.where, fields, doubt_blocks=False),
    )


KEPT, DROPPED, UNDECIDED = (True, True), (False, False), (False, True)


def told(part: Part) -> list[tuple[str, int, str]]:
    """Rule, line and message of every finding."""
    return [(f.rule, f.location.line, f.message) for f in part.findings if f.location]
