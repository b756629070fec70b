"""Runs Dolma's taggers, mixers and tokenizers on plain rows, as the toolkit's documentation has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from tests.mutants.edit import parsed
from tests.mutants.formats.native_run import SHAPES
from tests.mutants.model import Files, Mode, Row, Rows, Stores, Undecided

_FILTER: Final = re.compile(
    r"\$\.(metadata|attributes)\[\?\(@\.([\w.]+)\s*(==|!=)\s*(true|false|null|'[^']*')\)\]\Z"
)
_SPAN: Final = re.compile(r"\$\.attributes\.(\w+?)__(\w+)__([A-Z_]+)\Z")
_KINDS: Final = {"EMAIL_ADDRESS": "email", "PHONE_NUMBER": "phone", "IP_ADDRESS": "ip-address"}
TAGGERS: Final = ("pii_regex_with_counts_fast_v2", "pii_regex_v2", "pii_regex_with_counts_v2")
SCORE: Final = 1.0  # of whatever a regular expression finds


def fails(files: Files) -> bool:
    """A run that fails stops."""
    return False


def worlds(files: Files) -> Iterator[None]:
    """Nothing that is run here is left open."""
    yield None


def run(files: Files, stores: Stores, world: None, mode: Mode) -> None:
    """Taggers first, then mixers, then tokenizers."""
    data = [parsed(text) for text in files.values()]
    tagged: dict[str, set[str]] = {}
    for one in data:
        if "taggers" in one:
            found = tagged.setdefault(one.get("experiment") or "", set())
            found |= {t for t in one["taggers"] if t in TAGGERS}
    for one in data:
        for stream in one.get("streams") or ():
            _mixed(stream, tagged, stores)
    for one in data:
        if "destination" in one:
            rows = [row for path in one["documents"] for row in _read(stores, path)]
            stores.places.add(one["destination"])
            stores.put(
                one["destination"], str(one["documents"]), [{"text": r.get("text")} for r in rows]
            )


def _read(stores: Stores, path: str) -> Rows:
    """The rows at a path, or in the folder that a pattern is of."""
    return stores.rows(path) or stores.rows(path.rpartition("/")[0])


def _mixed(stream: Row, tagged: dict[str, set[str]], stores: Stores) -> None:
    rows = [row for path in stream["documents"] for row in _read(stores, path)]
    rules = stream.get("filter") or {}
    rows = [
        row for row in rows if not any(_selects(rule, row) for rule in rules.get("exclude") or ())
    ]
    include = rules.get("include") or ()
    rows = [row for row in rows if not include or any(_selects(rule, row) for rule in include)]
    for rule in stream.get("span_replacement") or ():
        rows = [_replaced(rule, row, stream, tagged) for row in rows]
    gone = tuple(f"{name}." for name in stream["output"].get("discard_fields") or ())
    out = [{n: v for n, v in row.items() if not n.startswith(gone or ("\0",))} for row in rows]
    stores.places.add(stream["output"]["path"])
    stores.put(stream["output"]["path"], stream["name"], out)


def _selects(rule: str, row: Row) -> bool:
    match = _FILTER.match(rule)
    if match is None:
        raise Undecided("a filter that is not read here")
    value = row.get(f"{match[1]}.{match[2]}")
    literal: Any = {"true": True, "false": False, "null": None}.get(match[4], match[4].strip("'"))
    if value is None:  # the field is not there, so that nothing is selected
        return False
    return bool(value == literal) == (match[3] == "==")


def _replaced(rule: Row, row: Row, stream: Row, tagged: dict[str, set[str]]) -> Row:
    match = _SPAN.match(rule["span"])
    if match is None or match[3] not in _KINDS:
        raise Undecided("a span that is not read here")
    known = match[1] in (stream.get("attributes") or ()) and match[2] in tagged.get(match[1], ())
    if not known or not rule.get("min_score", 0) <= SCORE <= rule.get("max_score", 10):
        return row
    shape, put = SHAPES[_KINDS[match[3]]], str(rule["replacement"])
    text = shape.sub(lambda found: put.replace("{}", found[0]), str(row.get("text") or ""))
    return {**row, "text": text}
