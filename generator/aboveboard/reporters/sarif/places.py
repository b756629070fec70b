"""Places as SARIF tells them: relative to the root of a repository, and never where that lies."""

from __future__ import annotations

import posixpath
from typing import Any
from urllib.parse import quote

from ...findings import Location
from ..model import Report
from .words import message

Json = dict[str, Any]
ROOT = "%SRCROOT%"


class Places:
    """The places of one report. Each checkout is a root of its own, with its commit."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._checkouts = {
            path.partition(":")[0]: commit for path, (commit, _) in report.checkouts.items()
        }
        paths = sorted(report.inputs)
        self._index = {path: n for n, path in enumerate(paths)}

    def bases(self) -> Json:
        """What paths are relative to, in words: where it lies is nobody's business."""
        said = {ROOT: "The root of the repository."}
        for name in sorted(self._checkouts):
            said[_base(name)] = f"The root of the checkout '{name}'."
        return {base: {"description": {"text": message(text)}} for base, text in said.items()}

    def provenance(self) -> Json:
        """The commit, if it and the repository's address are known."""
        revision, repository = self.report.revision, self.report.repository
        if not (revision and repository):
            return {}
        at = {"repositoryUri": repository, "revisionId": revision, "mappedTo": {"uriBaseId": ROOT}}
        return {"versionControlProvenance": [at]}

    def artifacts(self) -> list[Json]:
        """Every file that was read, with its digest."""
        return [self._artifact(path) for path in self._index]

    def _artifact(self, path: str) -> Json:
        digest = self.report.inputs[path]
        hashes: Json = {"hashes": {"sha-256": digest}} if digest else {}
        commit = self.report.checkouts.get(path)
        revision: Json = {"properties": {"revision": commit[0]}} if commit else {}
        return {"location": self._file(path), "roles": ["analysisTarget"], **hashes, **revision}

    def primary(self, place: Location | None) -> Json:
        """Where a result is; GitHub takes none without a place, so for what is written nowhere
        that is the policy's folder."""
        if place is None:
            return {"physicalLocation": {"artifactLocation": self._file("policy_data/")}}
        return self.at(place)

    def at(self, place: Location, number: int | None = None) -> Json:
        """A place with what it says; of one in another state only the words."""
        numbered: Json = {} if number is None else {"id": number}
        if not self._is_here(place):
            words = f"{place}: {place.message}" if place.message else str(place)
            return {**numbered, "message": {"text": message(words)}}
        said: Json = {"message": {"text": message(place.message)}} if place.message else {}
        physical: Json = {"artifactLocation": self._file(place.path), "region": _region(place)}
        return {**numbered, "physicalLocation": physical, **said}

    def _is_here(self, place: Location) -> bool:
        path = place.path
        if path in self.report.inputs or path in self.report.checkouts:
            return True
        outside = ":" in path or path.startswith(("/", "../"))
        return not outside and self.report.line(path, place.line) is not None

    def _file(self, path: str) -> Json:
        if path in self.report.checkouts:
            name, _, inside = path.partition(":")
            found = {"uri": quote(inside), "uriBaseId": _base(name)}
        else:
            end = "/" if path.endswith("/") else ""
            whole = posixpath.normpath(posixpath.join(self.report.root, path))
            found = {"uri": quote(whole) + end, "uriBaseId": ROOT}
        return {**found, "index": self._index[path]} if path in self._index else found


def _base(name: str) -> str:
    return f"CHECKOUT-{name}"


def _region(place: Location) -> Json:
    """A region: its end is the column after the last letter, as our own ends are."""
    region = {"startLine": place.line, "startColumn": place.column}
    if place.end_line and place.end_line != place.line:
        region["endLine"] = place.end_line
    if place.end_column:
        region["endColumn"] = place.end_column
    return region
