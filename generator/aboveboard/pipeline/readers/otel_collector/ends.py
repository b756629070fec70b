"""Where pipelines begin and end: receivers as sources, exporters as recipients, files and logs."""

from __future__ import annotations

import re
from typing import Any, Final

from ....source import KeyPath
from ...graph import UNKNOWN, Dataset, Fact, Setting, Step
from .chain import Chain, Component, first, passing, store
from .destinations import add_destination, destination, topic

NOWHERE: Final = frozenset({"nop"})
LOGS: Final = frozenset({"debug", "logging"})
DEBUG_KEYS: Final = (
    "output_paths",
    "sampling_initial",
    "sampling_thereafter",
    "sending_queue",
    "use_internal_logger",
    "verbosity",
)
_QUEUES: Final = "/var/lib/otelcol/file_storage"


def add_receiver(chain: Chain, component: Component) -> str:
    """The records of one signal that a receiver takes in; nobody lists their fields."""
    config, path = chain.config, component.path
    name = f"{config.stem}/receivers/{component.id}/{chain.signal}"
    if first(chain, name):
        fact = config.fact(path, f"the {chain.signal} that {component.id} receives")
        known = _file_of(chain, component)
        if known:
            store(chain.part, name, fact, "intermediate", known[0])
            chain.part.names[name] = known[1:]
        else:
            store(chain.part, name, fact, "source", lives=passing(fact))
        _offsets(chain, component, name)
    return name


def _file_of(chain: Chain, component: Component) -> tuple[str, ...] | None:
    """The one file or topic that a receiver reads, as other files know it."""
    if component.kind == "kafka":
        return topic(chain, component)
    found = chain.config.texts((*component.path, "include")) if component.kind == "filelog" else []
    if len(found) == 1 and isinstance(found[0], str) and not re.search(r"[*?\[{]", found[0]):
        return (found[0],)
    return None


def _offsets(chain: Chain, component: Component, source: str) -> None:
    """With a storage, how far files were read is kept along with the first bytes of each."""
    at = (*component.path, "storage")
    if component.kind == "filelog" and chain.config.at(at) is not None:
        fact = chain.config.fact(at, "the storage keeps the first 1000 bytes of each file")
        name = f"{chain.config.stem}/offsets/{component.id}"
        place = store(chain.part, name, fact, "store")
        chain.part.steps.append(Step(f"{name}-writer", "copy", fact, (source,), (place,)))


def add_exporter(chain: Chain, component: Component) -> None:
    """The end of a pipeline: a step that hands its records to one exporter."""
    config, kind = chain.config, component.kind
    if kind in NOWHERE:
        return
    if kind in LOGS:
        _add_debug(chain, component)
        return
    name = f"{config.stem}/exporters/{component.id}"
    if kind == "kafka":  # each signal has a topic of its own
        name += f"/{chain.signal}"
    goal = destination(chain, component)
    if first(chain, name):
        add_destination(chain, name, goal)
    writer = _hand_over(chain, component, goal.fact, name)
    _queue(chain, component, writer)


def _hand_over(chain: Chain, component: Component, fact: Fact, goal: str) -> Step:
    """A step beside the chain: what follows in the list gets the same records. It stands at the
    list of processors, which says what was done before."""
    lists = (chain.path("processors"), chain.path("exporters"))
    at = next((path for path in lists if chain.config.has(path)), component.path)
    fact = chain.config.fact(at, f"{chain.pipeline}: then {fact.text}", fact.grade)
    id_ = chain.id(f"to/{component.id}")
    step = Step(id_, "copy", fact, chain.before, (goal,), name=component.id)
    chain.part.steps.append(step)
    return step


# -- queues ------------------------------------------------------------------------------------


def _queue(chain: Chain, component: Component, writer: Step) -> None:
    """A queue with a storage is on disk: what is waiting, or cannot be sent, lies there."""
    at: KeyPath = (*component.path, "sending_queue")
    named = chain.config.at((*at, "storage"))
    if named is None:
        return
    on = chain.config.flag((*at, "enabled"), True)
    if on.value is False:
        return
    fact = chain.config.fact((*at, "storage"), f"the queue of {component.id} lies on disk")
    name = f"{chain.config.stem}/queues/{component.id}"
    if first(chain, name):
        store(chain.part, name, fact, "store", _directory(chain, named))
    step = Step(f"{writer.id}-queue", "copy", fact, chain.before, (name,))
    step.runs = None if on.known else on
    chain.part.steps.append(step)


def _directory(chain: Chain, extension: Any) -> str | None:
    """The folder of a storage extension."""
    if not isinstance(extension, str) or not chain.config.has(("extensions", extension)):
        return None
    folder = chain.config.at(("extensions", extension, "directory"))
    return folder if isinstance(folder, str) else None if folder is UNKNOWN else _QUEUES


# -- the collector's own log -------------------------------------------------------------------


def _add_debug(chain: Chain, component: Component) -> None:
    """`debug` counts records, unless it is told to write more of them to the collector's log."""
    config, path = chain.config, component.path
    if component.kind == "debug":
        config.check(path, DEBUG_KEYS, "debug")
    level = config.setting((*path, "verbosity"), "basic" if component.kind == "debug" else "normal")
    if config.has((*path, "loglevel")):
        level = config.setting((*path, "loglevel"))
    word = str(level.value).lower() if level.known else None
    name = f"{config.stem}/exporters/{component.id}"
    fact = level.fact._replace(
        text=f"{component.id} writes to the log of the collector: {level.fact.text}"
    )
    if first(chain, name):
        chain.part.datasets.append(Dataset(name, fact, "log"))
    step = _hand_over(chain, component, fact, name)
    if word == "basic":
        step.op, step.fields = "allow-fields", ()
        step.fact = fact._replace(text=f"{component.id} writes only how many records there were")
    elif word is None:
        step.runs = Setting(UNKNOWN, fact)
