"""The resources of a plan or state, and which of them a resource's settings refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ....findings import Finding
from ....source import Document, KeyPath
from ...graph import UNKNOWN, Fact, Grade
from .node import Node, Source

_INDEX = re.compile(r"\[[^\]]*\]")
_HOPS = 10  # through variables and outputs of modules


class Resource(NamedTuple):
    """One managed resource, as it is or will be."""

    address: str
    type: str
    module: str  # its address, "" for the root
    instance: str  # "[0]", '["a"]', ""
    values: Node
    action: str

    @property
    def base(self) -> str:
        """Its address in the configuration, which knows no index."""
        return _INDEX.sub("", self.address)

    def fact(self, text: str, grade: Grade = "observed") -> Fact:
        return self.values.fact(text, grade)


class Plan:
    """What a file says that there is, once it is applied."""

    def __init__(self, document: Document, findings: list[Finding]) -> None:
        self.source = Source(document, findings)
        self.data: dict[str, Any] = document.data
        self.changes = self._changes()
        self.resources = list(self._resources())
        self._whole()

    def of(self, kind: str) -> list[Resource]:
        return [r for r in self.resources if r.type == kind]

    def _whole(self) -> None:
        """A plan that ended early, or left something for later, does not say what there will be."""
        version = self.data.get("format_version")
        if not isinstance(version, str) or version.split(".")[0] not in ("0", "1"):
            self.source.fault(("format_version",), f"format_version {version} is not known")
        if self.data.get("errored") is True:
            hint = "run the plan again, and print it when it ends well"
            self.source.fault(("errored",), "this plan ended with an error", hint)
        if self.data.get("complete") is False:
            hint = "apply it, and plan again"
            self.source.fault(("complete",), "this plan leaves changes for later", hint)
        key = "planned_values" if "planned_values" in self.data else "values"
        if not isinstance(self.data.get(key), dict):
            self.source.fault((key,), "this file holds no resources")

    # -- resources ---------------------------------------------------------------------------

    def _changes(self) -> dict[str, KeyPath]:
        found: dict[str, KeyPath] = {}
        listed = self.data.get("resource_changes")
        for i, change in enumerate(listed if isinstance(listed, list) else ()):
            address = change.get("address") if isinstance(change, dict) else None
            if isinstance(address, str) and "deposed" not in change:
                found[address] = ("resource_changes", i, "change")
        return found

    def _resources(self) -> Iterator[Resource]:
        start = "planned_values" if "planned_values" in self.data else "values"
        waiting: list[KeyPath] = [(start, "root_module")]
        while waiting:
            path = waiting.pop()
            module = self._at(path)
            if not isinstance(module, dict):
                continue
            for name in ("resources", "child_modules"):
                listed = module.get(name) or []
                if not isinstance(listed, list):
                    self.source.fault((*path, name), f"'{name}' must be a list")
                    continue
                for i in range(len(listed)):
                    if name == "child_modules":
                        waiting.append((*path, name, i))
                    elif found := self._resource((*path, name, i), listed[i], module):
                        yield found

    def _resource(self, path: KeyPath, raw: Any, module: dict[str, Any]) -> Resource | None:
        if not isinstance(raw, dict) or not isinstance(raw.get("address"), str):
            self.source.fault(path, "a resource must be a mapping with an 'address'")
            return None
        if raw.get("mode", "managed") != "managed" or "deposed_key" in raw:
            return None
        change = self._at(self.changes.get(raw["address"], ("",)))
        change = change if isinstance(change, dict) else {}
        actions = change.get("actions")
        values = Node(
            self.source,
            (*path, "values"),
            raw.get("values"),
            change.get("after_unknown"),
            raw.get("sensitive_values"),
        )
        address = raw["address"]
        return Resource(
            address,
            str(raw.get("type")),
            str(module.get("address") or ""),
            address[address.rindex("[") :] if address.endswith("]") and "[" in address else "",
            values,
            "-".join(map(str, actions)) if isinstance(actions, list) else "no-op",
        )

    def _at(self, path: KeyPath) -> Any:
        data: Any = self.data
        for step in path:
            if isinstance(data, dict):
                data = data.get(step)
            elif isinstance(data, list) and isinstance(step, int) and step < len(data):
                data = data[step]
            else:
                return None
        return data

    # -- references --------------------------------------------------------------------------

    def referred(self, resource: Resource, attribute: str, kind: str) -> list[Resource]:
        """The resources of a kind that an attribute may refer to, by the configuration."""
        config = self._config(resource)
        found = {
            base
            for path in self._references(config, attribute)
            for base in self._bases(_INDEX.sub("", resource.module), path, _HOPS)
        }
        targets = [r for r in self.of(kind) if r.base in found]
        same = [r for r in targets if r.instance == resource.instance]
        return same if len(same) == 1 else targets

    def config_gives(self, resource: Resource, key: str) -> bool:
        """Whether the configuration gives the attribute. A state holds no configuration."""
        return _get(self._config(resource), "expressions", key) is not None

    def computed(self, resource: Resource, key: str) -> bool:
        """Whether the provider will fill in an attribute that nobody writes."""
        is_open = resource.values[key].unknown is True and self._config(resource) is not None
        return is_open and not self.config_gives(resource, key)

    def _config(self, resource: Resource) -> Any:
        module = self._module(_INDEX.sub("", resource.module))
        listed = module.get("resources") if isinstance(module, dict) else None
        local = resource.base.removeprefix(_INDEX.sub("", resource.module)).lstrip(".")
        for raw in listed if isinstance(listed, list) else ():
            if isinstance(raw, dict) and raw.get("address") == local:
                return raw
        return None

    def _module(self, address: str) -> Any:
        """The configuration of a module; that of the root for ""."""
        module = self._at(("configuration", "root_module"))
        for name in address.split(".")[1::2]:
            call = _get(module, "module_calls", name)
            module = _get(call, "module")
        return module

    def _references(self, config: Any, attribute: str) -> list[str]:
        found = _get(config, "expressions", attribute, "references")
        return [r for r in found if isinstance(r, str)] if isinstance(found, list) else []

    def _bases(self, module: str, reference: str, hops: int) -> Iterator[str]:
        """The addresses of resources that a reference leads to, through variables and outputs."""
        words = _INDEX.sub("", reference).split(".")
        if hops == 0 or len(words) < 2:
            return
        if words[0] == "var" and module:
            outer, _, name = module.rpartition("module.")
            call = _get(self._module(outer.rstrip(".")), "module_calls", name)
            for inner in self._references(call, words[1]):
                yield from self._bases(outer.rstrip("."), inner, hops - 1)
        elif words[0] == "module" and len(words) > 2:
            inside = ".".join(filter(None, (module, "module", words[1])))
            output = _get(self._module(inside), "outputs", words[2], "expression", "references")
            for inner in output if isinstance(output, list) else ():
                if isinstance(inner, str):
                    yield from self._bases(inside, inner, hops - 1)
        else:
            yield ".".join(filter(None, (module, words[0], words[1])))

    # -- providers ---------------------------------------------------------------------------

    def provider(self, resource: Resource, attribute: str) -> Any:
        """A setting of the resource's provider, such as its region; None if nobody can tell."""
        key = _get(self._config(resource), "provider_config_key")
        if not isinstance(key, str):
            return None
        said = _get(self._at(("configuration", "provider_config")), key, "expressions", attribute)
        constant = _get(said, "constant_value")
        if isinstance(constant, str):
            return constant
        references = _get(said, "references")
        if isinstance(references, list) and len(references) == 1 and ":" not in key:
            return self._variable(references[0])
        return None

    def _variable(self, reference: Any) -> Any:
        """The value of a variable of the root, if it is no secret."""
        if not isinstance(reference, str) or not reference.startswith("var."):
            return None
        name = reference.removeprefix("var.")
        declared = _get(self._at(("configuration", "root_module", "variables")), name)
        if _get(declared, "sensitive") is True:
            return None
        value = _get(self._at(("variables",)), name, "value")
        return value if isinstance(value, str) else None


def _get(data: Any, *keys: str) -> Any:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def known(value: Any) -> bool:
    """Whether a text is there and can be read."""
    return value is not None and value is not UNKNOWN
