"""The difference for machines: the same input gives the same bytes."""

from __future__ import annotations

import json
from typing import Any

from ... import __version__
from ...findings import Finding, Location
from ...review.change import Change
from ...review.difference import Difference, State
from ...review.untrue import Untrue
from ...review.verdicts import Moved
from .parts import HEADINGS

VERSION = 1


def render(found: Difference) -> str:
    """One JSON object; `side` of a place says in which state it is."""
    counts: dict[str, int] = {effect: found.count(effect) for effect in HEADINGS}
    whole = {
        "version": VERSION,
        "tool": f"aboveboard {__version__}",
        "before": _state(found.before),
        "after": _state(found.after),
        "summary": {
            **counts,
            "verdicts": sum(1 + len(each.others) for each in found.verdicts),
            "verdicts_by_effect": {effect: found.moved(effect) for effect in HEADINGS},
            "untrue": sum(each.sentences for each in found.untrue),
            "version_changed": found.before.version != found.after.version,
        },
        "outside_sign_off": [found.changes[number].key for number in found.outside],
        "untrue": [_untrue(found, each) for each in found.untrue],
        "changes": [_change(change) for change in found.changes],
        "verdicts": [_moved(moved) for moved in found.verdicts],
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _state(state: State) -> dict[str, Any]:
    return {
        "name": state.name,
        "revision": state.revision,
        "version": state.version or None,
        "effective": state.effective.isoformat() if state.effective else None,
        "faults": [_fault(fault) for fault in state.faults],
    }


def _fault(fault: Finding) -> dict[str, Any]:
    place = _place(fault.location) if fault.location else None
    return {"rule": fault.rule, "message": fault.message, "location": place}


def _change(change: Change) -> dict[str, Any]:
    side = "after" if change.after else "before"
    place = {"side": side, **_place(change.place)} if change.place else None
    was = _place(change.was) if change.was else None
    cells = [{axis: list(values) for axis, values in box} for box in change.cells]
    return {**change._asdict(), "place": place, "was": was, "cells": cells}


def _untrue(found: Difference, each: Untrue) -> dict[str, Any]:
    settings = each.settings
    return {
        **each._asdict(),
        "said": _place(each.said),
        "settings": {**_place(settings), "message": settings.message} if settings else None,
        "changes": [found.changes[number].key for number in each.changes],
    }


def _moved(moved: Moved) -> dict[str, Any]:
    places = [
        {"side": side, **_place(place), "message": place.message} for side, place in moved.places
    ]
    return {**moved._asdict(), "places": places}


def _place(place: Location) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}
