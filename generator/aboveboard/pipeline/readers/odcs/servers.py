"""Where a contract says that its tables lie: the servers, each with the names of tables there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from ....findings import Finding, Location
from ....source import Document
from ..regions import country

# Type of a server -> the settings that stand before a table's name, joined by dots.
QUALIFIED: Final[dict[str, tuple[str, ...]]] = {
    "bigquery": ("project", "dataset"),
    "snowflake": ("database", "schema"),
    "redshift": ("database", "schema"),
    "postgres": ("database", "schema"),
    "postgresql": ("database", "schema"),
    "sqlserver": ("database", "schema"),
    "databricks": ("catalog", "schema"),
    "trino": ("catalog", "schema"),
    "athena": ("schema",),
    "glue": ("database",),
    "hive": ("database",),
    "mysql": ("database",),
    "clickhouse": ("database",),
    "duckdb": ("schema",),
}
# Type of a server -> the setting that holds the path; `{model}` in it stands for the table.
PATHS: Final[dict[str, str]] = {
    "s3": "location",
    "azure": "location",
    "gcs": "location",
    "local": "path",
    "sftp": "location",
}
SCHEMES: Final[dict[str, str]] = {"kafka": "kafka://{}", "kinesis": "kinesis://{}"}
_HOLDERS = ("{model}", "{schema}", "{table}")


class Place(NamedTuple):
    """A server: its name, its settings that are text, and the countries that it is in."""

    name: str
    kind: str
    settings: dict[str, str]
    regions: tuple[str, ...] | None

    def path(self, table: str) -> str | None:
        """What a table is called there; None if the contract does not say."""
        if key := PATHS.get(self.kind):
            return self._file(self.settings.get(key, ""), table)
        if self.kind in SCHEMES:
            return SCHEMES[self.kind].format(self.settings.get("stream", table))
        wanted = QUALIFIED.get(self.kind)
        if wanted is None or not all(key in self.settings for key in wanted):
            return None
        return ".".join((*(self.settings[key] for key in wanted), table))

    def _file(self, location: str, table: str) -> str | None:
        """The folder or file of a table: a path to the last folder before a pattern."""
        named = location
        for holder in _HOLDERS:
            named = named.replace(holder, table)
        folders = named.split("/")
        stop = next((i for i, part in enumerate(folders) if "*" in part), len(folders))
        return "/".join(folders[:stop]) or None


def places(document: Document, findings: list[Finding]) -> Iterator[Place]:
    """The servers of a contract of version 3; those of version 2 say nothing that names a table."""
    raw = document.data.get("servers")
    if raw is None:
        return
    if not isinstance(raw, list):
        findings.append(_fault(document, ("servers",), "'servers' must be a list"))
        return
    for index, server in enumerate(raw):
        if not isinstance(server, dict) or not isinstance(server.get("type"), str):
            message = "a server must be a mapping with a 'type'"
            findings.append(_fault(document, ("servers", index), message))
            continue
        settings: dict[str, str] = {k: v for k, v in server.items() if isinstance(v, str) and v}
        said = settings.get("region") or settings.get("regionName")
        name = settings.get("server") or f"server {index + 1}"
        kind = settings["type"].lower() if "type" in settings else ""
        yield Place(name, kind, settings, (country(said),) if said else None)


def _fault(document: Document, path: Any, message: str) -> Finding:
    place = Location.at(document.path, document.position(path))
    return Finding("unreadable-pipeline", message, place)
