"""What the collector tells of itself: its own logs, and where they go."""

from __future__ import annotations

from ...graph import Dataset, Step
from ...part import Part
from .chain import kind_of, store
from .config import Config


def add_telemetry(config: Config, part: Part) -> None:
    """At level `debug` whole records stand in the log, of each statement and condition; what is in
    the log may also be sent away."""
    logs = ("service", "telemetry", "logs")
    level = config.setting((*logs, "level"), "info")
    sources: list[str] = [d.id for d in part.datasets if d.role == "log"]
    if str(level.value).lower() == "debug" or not level.known:
        told = [step for step in part.steps if kind_of(step.name) in ("transform", "filter")]
        if told:
            name = f"{config.stem}/log"
            fact = level.fact._replace(text="at level debug the log holds whole records")
            part.datasets.append(Dataset(name, fact, "log"))
            inputs = tuple(dict.fromkeys(i for step in told for i in (*step.inputs, step.id)))
            writer = Step(f"{name}-writer", "copy", fact, inputs, (name,))
            writer.runs = None if level.known else level
            part.steps.append(writer)
            sources.append(name)
    if not sources:
        return
    for n, entry in enumerate(config.items((*logs, "processors"))):
        if isinstance(entry, dict):
            path = (*logs, "processors", n)
            fact = config.fact(path, "the log of the collector is sent away")
            goal = store(part, f"{config.stem}/telemetry/logs/{n + 1}", fact, "external")
            part.steps.append(Step(f"{goal}-writer", "copy", fact, tuple(sources), (goal,)))
