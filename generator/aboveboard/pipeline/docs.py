"""What each key of a native pipeline file says: an editor shows it beside the key.

By the part of the file and the key. JSON Schema and `docs/reference/readers/native.md` are written
from this.
"""

from __future__ import annotations

DOCS: dict[str, dict[str, str]] = {
    "top": {
        "version": "The version of this format: 1.",
        "overlay": "Whether the file speaks of steps and datasets that other files have.",
        "datasets": "The places where data lies, by name.",
        "steps": "What happens to the data, each step once.",
    },
    "dataset": {
        "role": "What the place is for; a store unless said.",
        "path": "Where it lies, as other files write it; its own name unless said.",
        "person": "The field that says whose record it is.",
        "regions": "Where it lies, as country or region codes.",
        "retention": "How long a record is kept: a duration, no-limit, or one for each condition.",
        "fields": "Its fields; without them, any field can be in it.",
        "name": "What it is called in messages.",
    },
    "field": {
        "classification": "What kind of value it holds; personal unless said.",
        "name": "What it is called in messages.",
    },
    "lifetime": {
        "keep": "A duration such as P30D, or no-limit.",
        "where": "The records for which it holds: field and value.",
    },
    "step": {
        "id": "Its name, once among all files.",
        "in": "The datasets or steps that it reads.",
        "out": "The datasets that it writes; other steps read it by its id.",
        "op": "What it does.",
        "enabled": "Whether it runs; true unless said.",
        "on_error": "What happens when it fails: fail, drop, pass, or to another dataset.",
        "sample": "The share of records on which it runs.",
        "only_if": "A condition without which it does not run.",
        "dry_run": "Whether it only says what it would do.",
        "regions": "Where it runs, as country or region codes.",
        "external": "Whether somebody else runs it.",
        "name": "What it is called in messages.",
        "fields": "The fields that it acts on; * for all of them.",
        "entities": "What it looks for, such as email.",
        "where": "The records that it keeps: field and value, or values.",
        "where_not": "The records that it leaves out: field and value, or values.",
        "missing": "Whether a record without the field is kept or dropped.",
        "group_by": "The fields that make a group.",
        "min_distinct": "How many people a group needs.",
        "of": "The field that is counted, each value once.",
        "measures": "The fields that it makes, and from which.",
        "epsilon": "The privacy budget: smaller protects more.",
        "delta": "The chance that the budget is exceeded: smaller protects more.",
        "area_km2": "The area to which places are made coarse: larger protects more.",
        "min_people": "How many people such an area needs: larger protects more.",
        "on": "The fields on which two inputs are joined.",
        "kind": "Whether records without a partner stay: left keeps those of the first input.",
        "writes": "The fields that it makes, and from which; without it, it can do anything.",
    },
    "operation": {
        "redact": "Replaces what it finds in the fields.",
        "mask": "Covers a part of what it finds in the fields.",
        "hash": "Puts a code in the place of a value.",
        "encrypt": "Makes the fields unreadable without a key.",
        "drop-field": "Removes the fields.",
        "allow-fields": "Removes all fields but these.",
        "filter": "Keeps the records that match.",
        "aggregate": "Counts or sums over groups of records.",
        "noise": "Adds noise to numbers.",
        "generalise": "Makes values coarser.",
        "deduplicate": "Removes records that repeat.",
        "join": "Puts two inputs together.",
        "call-model": "Sends records to a model.",
        "index": "Makes records searchable.",
        "train": "Trains a model.",
        "rename": "Gives fields other names: old, then new.",
        "copy": "Copies records as they are.",
        "map": "Does what no other operation says: opaque, unless it says what it writes.",
    },
}
