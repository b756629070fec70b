"""From a collector's files to a graph: a source a receiver and signal, a chain a pipeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from ....source import Document, KeyPath
from ...graph import UNKNOWN, Step
from ...part import Context, File, Part
from ...versions import unversioned
from .chain import Chain, Component, store
from .config import Config, merged, stem_of
from .connectors import add_connector
from .ends import add_exporter, add_receiver
from .lists import Lists
from .processors import add_processor
from .telemetry import add_telemetry
from .versions import KNOWN, TOOL, Version, parsed

TOP: Final = ("connectors", "exporters", "extensions", "processors", "receivers", "service")


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
        if stems[stem] > 1:
            stem = "+".join(stem_of(document, whole=True) for document in documents)
        config, part = _read(documents, stem, _version(context))
        part.findings += config.findings
        if config.undecided:
            told = unversioned(TOOL, KNOWN, group, context)
            part.findings += told.findings
            part.unversioned |= told.unversioned
        yield part


def _version(context: Context) -> Version | None:
    """The version that the project pins or declares."""
    said = context.version(TOOL)
    return parsed(said.value) if said is not None and said.known else None


def _read(documents: list[Document], stem: str, version: Version | None) -> tuple[Config, Part]:
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
    return config, part


class _Collector:
    def __init__(self, config: Config, part: Part) -> None:
        self.config, self.part = config, part
        config.check((), TOP, "a configuration")
        config.check(("service",), ("extensions", "pipelines", "telemetry"), "service")
        for section in TOP[:-1]:
            config.mapping((section,))
        self.lists = Lists(config)
        taken: set[str] = set()
        self.chains = {name: Chain(config, part, name, (), taken) for name in self.lists.names}

    def build(self) -> None:
        if not self.chains:
            self.config.find(("service",), "no pipeline is configured: nothing is collected")
        for name in self.lists.in_order():
            self._pipeline(self.chains[name])
        self.lists.tell_replaced()
        self.lists.tell_unused()
        add_telemetry(self.config, self.part)

    def _pipeline(self, chain: Chain) -> None:
        chain.before = tuple(self._inputs(chain))
        for name, place in self.lists.lists[chain.pipeline, "processors"]:
            if name is UNKNOWN:
                fact = self.config.fact(place, "which processors run cannot be read", "unknown")
                chain.opaque("processors", fact)
            else:
                add_processor(chain, self.lists.component("processors", name, place))
        for name, place in self.lists.lists[chain.pipeline, "exporters"]:
            if name is UNKNOWN:
                self._somewhere(chain, place)
                continue
            component = self.lists.component("exporters", name, place)
            if component.section == "exporters":
                add_exporter(chain, component)

    def _somewhere(self, chain: Chain, place: KeyPath) -> None:
        """Records go to exporters that cannot be read: somebody gets them."""
        fact = self.config.fact(place, "where records go cannot be read", "unknown")
        name = f"{self.config.stem}/exporters/unknown/{chain.pipeline}"
        goal = store(self.part, name, fact, "external")
        self.part.steps.append(Step(chain.id("to/unknown"), "copy", fact, chain.before, (goal,)))

    def _inputs(self, chain: Chain) -> Iterator[str]:
        """What a pipeline reads: its receivers, and what connectors hand it."""
        for name, place in self.lists.lists[chain.pipeline, "receivers"]:
            if name is UNKNOWN:
                fact = self.config.fact(place, "what is received cannot be read", "unknown")
                source = f"{self.config.stem}/receivers/unknown/{chain.pipeline}"
                yield store(self.part, source, fact, "source")
                continue
            component = self.lists.component("receivers", name, place)
            if component.section == "receivers":
                yield add_receiver(chain, component)
            else:
                yield from self._connected(chain, component, place)

    def _connected(self, chain: Chain, component: Component, place: KeyPath) -> Iterator[str]:
        """What comes out of a connector, by the signal that goes in."""
        come: dict[str, list[str]] = {}
        for name in self.lists.ending.get(component.id, ()):
            other = self.chains[name]
            come.setdefault(other.signal, []).extend(other.before)
        found = [
            add_connector(component, tuple(dict.fromkeys(before)), signal, chain)
            for signal, before in come.items()
        ]
        if not any(found):
            message = f"no pipeline that fits ends in '{component.id}': the collector refuses"
            self.config.find(place, f"{message} to start")
        yield from filter(None, found)
