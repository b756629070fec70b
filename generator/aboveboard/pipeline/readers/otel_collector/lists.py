"""What the pipelines of a service name: lists of components, and the order that connectors give.

The collector starts only if everything that a pipeline names is configured, no name stands twice
in a list, and connectors make no circle.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from ....source import KeyPath
from ....values import did_you_mean, listed
from ...graph import UNKNOWN
from .chain import Component
from .config import Config
from .fields import SIGNALS

ROLES: Final = ("receivers", "processors", "exporters")
MANY: Final = 200  # names among which a nearest spelling is looked for
Named = list[tuple[Any, KeyPath]]  # names with their places; UNKNOWN for what cannot be read


def path_of(pipeline: str, role: str) -> KeyPath:
    """Where a pipeline lists its components of a role."""
    return ("service", "pipelines", pipeline, role)


class Lists:
    """The pipelines that can be read, each with its three lists; what is wrong is told once."""

    def __init__(self, config: Config) -> None:
        self.config = config
        written = config.mapping(("service", "pipelines"))
        self.names = [name for name in written if self._is_pipeline(name)]
        self.lists = {(n, role): self._list(n, role) for n in self.names for role in ROLES}
        self.connectors = config.mapping(("connectors",))
        self.ending = self._by_connector("exporters")
        self.beginning = self._by_connector("receivers")

    def _is_pipeline(self, name: str) -> bool:
        path: KeyPath = ("service", "pipelines", name)
        signal = name.partition("/")[0].strip()
        if signal not in SIGNALS:
            message = f"'{signal}' is no signal: the collector refuses to start"
            self.config.find(path, message, hint=did_you_mean(signal, SIGNALS))
            return False
        self.config.check(path, ROLES, f"pipeline '{name}'")
        for role in ("receivers", "exporters"):
            at = path_of(name, role)
            if self.config.at(at) is not UNKNOWN and not self.config.at(at):
                message = f"pipeline '{name}' has no {role}: the collector refuses to start"
                self.config.find(at if self.config.has(at) else path, message)
        return True

    def _list(self, pipeline: str, role: str) -> Named:
        path = path_of(pipeline, role)
        if self.config.at(path) is UNKNOWN:
            return [(UNKNOWN, path)]
        found: dict[Any, KeyPath] = {}
        for n, name in enumerate(self.config.texts(path)):
            at = (*path, n)
            if name in found and name is not UNKNOWN:
                message = f"'{name}' stands twice here: the collector refuses to start"
                self.config.find(at, message)
            found.setdefault(name, at)
        return list(found.items())

    def _by_connector(self, role: str) -> dict[str, list[str]]:
        """The pipelines that name each connector in one role."""
        found: dict[str, list[str]] = defaultdict(list)
        for pipeline in self.names:
            for name, _ in self.lists[pipeline, role]:
                if isinstance(name, str) and name in self.connectors:
                    found[name].append(pipeline)
        return found

    def component(self, role: str, name: str, place: KeyPath) -> Component:
        """What a name means; a name that is not configured is told."""
        connects = role != "processors" and name in self.connectors
        if not connects and not self.config.has((role, name)):
            known = [*self.config.mapping((role,))]
            if role != "processors":
                known += self.connectors
            if self.config.at((role,)) is not UNKNOWN:
                message = f"'{name}' is not among the {role}: the collector refuses to start"
                self.config.find(place, message, hint=did_you_mean(name, known[:MANY]))
        return Component(name, "connectors" if connects else role)

    # -- order -------------------------------------------------------------------------------------

    def in_order(self) -> list[str]:
        """Pipelines before those that a connector begins with what they end in."""
        waits: dict[str, int] = dict.fromkeys(self.names, 0)
        for name, begun in self.beginning.items():
            for pipeline in begun:
                waits[pipeline] += len(self.ending.get(name, ()))
        after = {
            pipeline: [n for n, _ in self.lists[pipeline, "exporters"] if n in self.beginning]
            for pipeline in self.names
        }
        free = [name for name in self.names if not waits[name]]
        for ready in free:  # grows as it is walked
            for later in (later for name in after[ready] for later in self.beginning[name]):
                waits[later] -= 1
                if not waits[later]:
                    free.append(later)
        rest = sorted(set(self.names) - set(free))
        if rest:
            message = (
                f"connectors lead {listed(rest[:5])} back to themselves: the collector refuses"
            )
            self.config.find(path_of(rest[0], "receivers"), f"{message} to start")
        return [*free, *rest]

    # -- what earlier files said, and what nothing names -------------------------------------------

    def tell_replaced(self) -> None:
        """A list takes the place of an earlier file's list: what it leaves out does not run."""
        for pipeline in self.names:
            path = path_of(pipeline, "processors")
            now = {name for name, _ in self.lists[pipeline, "processors"]}
            before = self.config.before(path)
            lost = [name for name in before if isinstance(name, str) and name not in now]
            if lost and UNKNOWN not in now:
                message = f"'{pipeline}' no longer runs {listed(lost)}: this list replaces another"
                hint = "lists are not merged; write the whole list here"
                self.config.find(path, message, "given-twice", hint, "warning")

    def tell_unused(self) -> None:
        """A processor that no pipeline names protects nothing, however well it is configured."""
        used = {role: self._used(role) for role in ROLES}
        used["connectors"] = used["receivers"] | used["exporters"]
        for role, names in used.items():
            if UNKNOWN in names:
                continue
            for name in self.config.mapping((role,)):
                if name not in names:
                    message = f"no pipeline names the {role[:-1]} '{name}': it does nothing"
                    hint = "name it in service.pipelines, or remove it"
                    self.config.find((role, name), message, "unknown-setting", hint, "warning")

    def _used(self, role: str) -> set[Any]:
        return {name for pipeline in self.names for name, _ in self.lists[pipeline, role]}
