"""OpenTelemetry Collector configurations: `service.pipelines` from receivers to exporters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ....source import Document
from ...part import Context, File, Part

NAME: Final = "opentelemetry-collector"

_COMPONENTS: Final = frozenset({"receivers", "processors", "exporters", "connectors"})
_TOP: Final = _COMPONENTS | {"extensions", "service"}


def recognises(document: Document) -> bool:
    """Whether the data is a configuration, or a part of one that others are merged with: mappings
    under names that the collector has, and no other format."""
    data = document.data
    if not isinstance(data, dict):
        return False
    if _is_resource(data):
        return True
    if not _TOP & data.keys() or {"datasets", "steps", "process", "export_path"} & data.keys():
        return False
    service = data.get("service")
    pipelines = service.get("pipelines") if isinstance(service, dict) else None
    found = [data[key] for key in _COMPONENTS & data.keys()]
    maps = [value for value in found if isinstance(value, dict)]
    return isinstance(pipelines, dict) or (bool(maps) and len(data.keys() - _TOP) <= len(maps))


def _is_resource(data: dict[str, object]) -> bool:
    """The resource of the operator for Kubernetes, which holds a configuration in `spec`."""
    return data.get("kind") == "OpenTelemetryCollector" and isinstance(data.get("spec"), dict)


def read(files: Sequence[File], context: Context) -> Iterator[Part]:
    """Each collector by itself: one file, or several that are merged."""
    from .collector import read_collectors

    return read_collectors(files, context)
