"""What differs between versions of the collector, and since when.

Read in the source and the release notes of opentelemetry-collector-contrib. Where a change hangs
on a feature gate, the command line decides, which no file shows: nothing is claimed for those
versions.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

Version = tuple[int, int]

TOOL: Final = "opentelemetry-collector"
NEWEST: Final = "0.164"  # that was read
# Ranges in which everything below is known, for the finding that a version is not.
KNOWN: Final = {f"0.157..{NEWEST}": None, "0.138..0.149": None}
_LAST: Final = (0, 164)


class Change(NamedTuple):
    """Something that a version up to `last` does one way, and one from `first` on another; between
    them it cannot be told."""

    last: Version
    first: Version

    def since(self, version: Version | None) -> bool | None:
        """Whether a version has changed; None: cannot be told."""
        if version is None or self.last < version < self.first or version > _LAST:
            return None
        return version >= self.first


# processor.transform.defaultErrorModeIgnore and processor.filter.defaultErrorModeIgnore, stable in
# 0.157: errors are ignored, where 0.149 and before drop the batch.
ERRORS_IGNORED: Final = Change((0, 149), (0, 157))
# The redaction processor looks into the bodies of logs: pull request 37369, May 2025.
REDACTS_BODIES: Final = Change((0, 125), (0, 127))
# ... and into attributes of the events of spans (pull request 38288, March 2025) and of scopes
# (pull request 42681, September 2025).
REDACTS_EVENTS: Final = Change((0, 119), (0, 124))
REDACTS_SCOPES: Final = Change((0, 135), (0, 138))
# ... and takes metrics and logs at all: pull request 34609, September 2024.
REDACTS_ALL_SIGNALS: Final = Change((0, 108), (0, 111))
# coreinternal.attraction.hash.sha256: SHA-256 in the place of SHA-1: pull request 22831, May 2023.
HASHES_SHA256: Final = Change((0, 78), (0, 81))

_NUMBER: Final = re.compile(r"v?(\d+)\.(\d+)(?:\.\d+)?(?:[-+].*)?\Z")


def parsed(text: object) -> Version | None:
    """`0.135`, `0.135.0` or `v0.135.0` as a pair of numbers; None: no version."""
    match = _NUMBER.match(str(text))
    return (int(match[1]), int(match[2])) if match else None
