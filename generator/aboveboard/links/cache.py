"""What was found out not long ago, so that no host is asked again for nothing.

Only an end that is certain is kept; a file that cannot be read is as if there were none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, get_args

from .model import End, Hop, Trip

FILE: Final = "build/links.json"
VERSION: Final = 1
Kept = dict[str, tuple[float, Trip]]
"""By address: when it was followed, in seconds since 1970, and where it led."""


def read(file: Path) -> Kept:
    """What is kept."""
    try:
        found = json.loads(file.read_bytes())
        if found["version"] != VERSION:
            return {}
        return {address: _trip(said) for address, said in found["links"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _trip(said: dict[str, Any]) -> tuple[float, Trip]:
    if said["end"] not in get_args(End):
        raise ValueError(said["end"])
    hops = tuple(Hop(str(a), int(status), str(note)) for a, status, note in said["hops"])
    trip = Trip(hops, said["end"], str(said["why"]), bool(said["password"]))
    return float(said["when"]), trip


def write(file: Path, kept: Mapping[str, tuple[float, Trip]]) -> None:
    """Keeps what is certain of it, beside the old file first."""
    links = {
        address: {
            "when": round(when),
            "end": trip.end,
            "why": trip.why,
            "password": trip.password,
            "hops": trip.hops,
        }
        for address, (when, trip) in sorted(kept.items())
        if trip.end != "unknown"
    }
    text = json.dumps({"version": VERSION, "links": links}, ensure_ascii=False, indent=1) + "\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_text(text, "utf-8")
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
