"""From the files of a collector to a graph: one source a receiver and signal, one chain a pipeline.

The collector starts only if everything that a pipeline names is configured, no name stands twice
in a list, and every key is known. What is configured and in no pipeline does nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from ....source import Document, KeyPath
from ....values import did_you_mean, listed
from ...graph import UNKNOWN, Step
from ...part import Context, File, Part
from .chain import Chain, Component, store
from .config import Config, merged, stem_of
from .connectors import add_connector
from .ends import add_exporter, add_receiver
from .fields import SIGNALS
from .processors import add_processor
from .telemetry import add_telemetry
from .versions import TOOL, Version, parsed

TOP: Final = ("connectors", "exporters", "extensions", "processors", "receivers", "service")
_ROLES: Final = ("receivers", "processors", "exporters")


def read_collectors(files: Sequence[File], context: Context) -> Iterator[Part]:
    """Each file by itself, and the files of an entry that merges them as one."""
    groups: list[list[File]] = []
    for file in files:
        last = groups[-1] if groups else []
        if last and file.entry.merged and last[0].entry is file.entry:
            last.append(file)
        else:
            groups.append([file])
    stems = Counter(stem_of(group[0].document) for group in groups)
    for group in groups:
        documents = [file.document for file in group]
        stem = stem_of(documents[0])
        if stems[stem] > 1 and len(documents) > 1:
            stem = "+".join(stem_of(document) for document in documents)
        yield _read(documents, stem, _version(context))


def _version(context: Context) -> Version | None:
    """The version that the project pins or declares."""
    said = context.version(TOOL)
    return parsed(said.value) if said is not None and said.known else None


def _read(documents: list[Document], stem: str, version: Version | None) -> Part:
    part = Part()
    root: KeyPath = ()
    data = merged(document.data for document in documents)
    if data.get("kind") == "OpenTelemetryCollector":  # of the operator for Kubernetes
        root, data = ("spec", "config"), (data["spec"] or {}).get("config")
        image = str((documents[0].data["spec"] or {}).get("image", ""))
        version = version or parsed(image.rpartition(":")[2])
    config = Config(tuple(documents), data if isinstance(data, dict) else {}, stem, version, root)
    if not isinstance(data, dict):
        config.find(
            (), "no configuration stands here as a mapping", hint="write it below 'config:'"
        )
    _Collector(config, part).build()
    part.findings += dict.fromkeys(config.findings)
    return part


class _Collector:
    def __init__(self, config: Config, part: Part) -> None:
        self.config, self.part = config, part
        self.taken: set[str] = set()
        self.chains: dict[str, Chain] = {}

    def build(self) -> None:
        config = self.config
        config.check((), TOP, "a configuration")
        config.check(("service",), ("extensions", "pipelines", "telemetry"), "service")
        for section in TOP[:-1]:
            config.mapping((section,))
        names = [
            name for name in config.mapping(("service", "pipelines")) if self._is_pipeline(name)
        ]
        if not names:
            config.find(("service",), "no pipeline is configured: nothing is collected")
        for name in names:
            self.chains[name] = Chain(config, self.part, name, (), self.taken)
        for name in self._in_order(names):
            self._pipeline(name)
        self._unused()
        add_telemetry(config, self.part)

    # -- pipelines ---------------------------------------------------------------------------------

    def _is_pipeline(self, name: str) -> bool:
        path: KeyPath = ("service", "pipelines", name)
        signal = name.partition("/")[0].strip()
        if signal not in SIGNALS:
            self.config.find(path, f"'{signal}' is no signal: the collector refuses to start",
                             hint=did_you_mean(signal, SIGNALS))  # fmt: skip
            return False
        self.config.check(path, _ROLES, f"pipeline '{name}'")
        for role in ("receivers", "exporters"):
            at = (*path, role)
            if self.config.at(at) is not UNKNOWN and not self.config.items(at):
                message = f"pipeline '{name}' has no {role}: the collector refuses to start"
                self.config.find(at if self.config.has(at) else path, message)
        return True

    def _named(self, pipeline: str, role: str) -> list[tuple[Any, KeyPath]]:
        """The components in a list of a pipeline, each with its place; UNKNOWN if not readable."""
        path = self.chains[pipeline].path(role)
        if self.config.at(path) is UNKNOWN:
            return [(UNKNOWN, path)]
        names = self.config.texts(path)
        found: dict[Any, KeyPath] = {}
        for n, name in enumerate(names):
            at = (*path, n)
            if name in found and name is not UNKNOWN:
                message = f"'{name}' stands twice here: the collector refuses to start"
                self.config.find(at, message)
            found.setdefault(name, at)
        return list(found.items())

    def _component(self, role: str, name: str, place: KeyPath) -> Component:
        """What a name means; a name that is not configured is told."""
        connects = role != "processors" and self.config.has(("connectors", name))
        if not connects and not self.config.has((role, name)):
            known = [*self.config.mapping((role,))]
            if role != "processors":
                known += self.config.mapping(("connectors",))
            if self.config.at((role,)) is not UNKNOWN:
                message = f"'{name}' is not among the {role}: the collector refuses to start"
                self.config.find(place, message, hint=did_you_mean(name, known))
        return Component(name, "connectors" if connects else role)

    def _in_order(self, names: list[str]) -> list[str]:
        """Pipelines before those that a connector begins with what they end in; a circle is left
        as it is, and the graph says so."""
        begins = {name: self._connectors(name, "receivers") for name in names}
        ends = {name: self._connectors(name, "exporters") for name in names}
        ordered: list[str] = []
        waiting = list(names)
        while waiting:
            free = [
                name
                for name in waiting
                if not any(begins[name] & ends[other] for other in waiting if other != name)
            ] or waiting[:1]
            ordered += free
            waiting = [name for name in waiting if name not in free]
        return ordered

    def _connectors(self, pipeline: str, role: str) -> set[str]:
        known = self.config.mapping(("connectors",))
        return {name for name, _ in self._named(pipeline, role) if name in known}

    def _pipeline(self, name: str) -> None:
        chain = self.chains[name]
        chain.before = tuple(self._inputs(chain))
        self._replaced(chain)
        for processor, place in self._named(name, "processors"):
            if processor is UNKNOWN:
                fact = self.config.fact(place, "which processors run cannot be read", "unknown")
                chain.opaque("processors", fact)
            else:
                add_processor(chain, self._component("processors", processor, place))
        for exporter, place in self._named(name, "exporters"):
            if exporter is UNKNOWN:
                fact = self.config.fact(place, "where records go cannot be read", "unknown")
                goal = store(
                    self.part, f"{self.config.stem}/exporters/unknown/{name}", fact, "external"
                )
                self.part.steps.append(
                    Step(chain.id("to/unknown"), "copy", fact, chain.before, (goal,))
                )
                continue
            component = self._component("exporters", exporter, place)
            if component.section == "exporters":
                add_exporter(chain, component)

    def _replaced(self, chain: Chain) -> None:
        """A list takes the place of an earlier file's list: what it leaves out does not run."""
        path = chain.path("processors")
        now = {name for name, _ in self._named(chain.pipeline, "processors")}
        before = self.config.before(path)
        lost = [name for name in before if isinstance(name, str) and name not in now]
        if lost and UNKNOWN not in now:
            message = (
                f"'{chain.pipeline}' no longer runs {listed(lost)}: this list replaces another"
            )
            hint = "lists are not merged; write the whole list here"
            self.config.find(path, message, "given-twice", hint, "warning")

    def _inputs(self, chain: Chain) -> Iterator[str]:
        """What a pipeline reads: its receivers, and what connectors hand it."""
        for name, place in self._named(chain.pipeline, "receivers"):
            if name is UNKNOWN:
                fact = self.config.fact(place, "what is received cannot be read", "unknown")
                yield store(
                    self.part,
                    f"{self.config.stem}/receivers/unknown/{chain.pipeline}",
                    fact,
                    "source",
                )
                continue
            component = self._component("receivers", name, place)
            if component.section == "receivers":
                yield add_receiver(chain, component)
            else:
                yield from self._connected(chain, component, place)

    def _connected(self, chain: Chain, component: Component, place: KeyPath) -> Iterator[str]:
        """What comes out of a connector, by the signal that goes in."""
        come: dict[str, list[str]] = {}
        for other in self.chains.values():
            if component.id in self._connectors(other.pipeline, "exporters"):
                come.setdefault(other.signal, []).extend(other.before)
        if not come:
            message = f"no pipeline ends in '{component.id}': the collector refuses to start"
            self.config.find(place, message)
        for signal, before in come.items():
            step = add_connector(component, tuple(dict.fromkeys(before)), signal, chain)
            if step:
                yield step

    # -- what no pipeline names --------------------------------------------------------------------

    def _unused(self) -> None:
        """A processor that no pipeline names protects nothing, however well it is configured."""
        for role in (*_ROLES, "connectors"):
            places = _ROLES if role != "connectors" else ("receivers", "exporters")
            used = {
                name
                for pipeline in self.chains
                for other in ((role,) if role != "connectors" else places)
                for name, _ in self._named(pipeline, other)
            }
            if UNKNOWN in used:
                continue
            for name in self.config.mapping((role,)):
                if name not in used:
                    what = role[:-1]
                    self.config.find(
                        (role, name),
                        f"no pipeline names the {what} '{name}': it does nothing",
                        "unknown-setting",
                        "name it in service.pipelines, or remove it",
                        "warning",
                    )
