"""JSON by the standard library's scanner: the same data and places as by YAML, and as strict."""

import json
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.source import MAX_BYTES, parse, parse_yaml, read
from aboveboard.source.json_text import MAX_VALUES, NotStrict
from aboveboard.source.json_text import parse as parse_json

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | TEXTS
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
).filter(lambda value: isinstance(value, dict | list))


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_data_and_places_are_those_of_yaml(data: Any, indent: int | None, ascii_: bool) -> None:
    raw = json.dumps(data, indent=indent, ensure_ascii=ascii_).encode()
    fast, slow = parse_json(raw, "x.json", 40), parse_yaml(raw, "x.json")
    if slow.problems:  # YAML refuses letters that JSON does not
        return
    assert fast.data == slow.data == data
    assert dict(fast.values) == dict(slow.values)
    assert dict(fast.keys) == dict(slow.keys)
    assert len(fast.values) == len(slow.values)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "a": 2}',
        '{"a": [1, {"b": 1, "c": {"d": 1, "d": 2}}]}',
        '{"a": NaN}',
        '{"a": Infinity}',
        '{"a": 1e999}',
        '{"a": "\\ud800"}',
        '{"a": "\\udc00\\ud800"}',
        "{" * 3,
        "[" * 50 + "]" * 50,
        '{"a": 1,}',
        '{"a" 1}',
        '{"a": 1} {"b": 2}',
        '{"a": [1, 2}',
        '{"a": "b',
        '{"a": ' + "9" * 401 + "}",
        "{'a': 1}",
        "{a: b}",
        "[a, b",
    ],
)
def test_what_is_no_strict_json_is_told_as_ever(text: str) -> None:
    with pytest.raises(NotStrict):
        parse_json(text.encode(), "x.json", 40)
    found, as_yaml = parse(text.encode(), "x.json"), parse_yaml(text.encode(), "x.json")
    assert (found.data, found.problems) == (as_yaml.data, as_yaml.problems)


@pytest.mark.parametrize(
    "text", ['{"a": "\\ud83d\\ude00"}', '{"a": "\\\\ud800"}', '\ufeff{"a": "x"}']
)
def test_letters_beyond_the_basic_plane_are_whole(text: str) -> None:
    assert parse_json(text.encode(), "x.json", 40).data == json.loads(text.removeprefix("\ufeff"))


FILLING = {
    "values": (b'{"a": [' + b"[]," * 16_000_000 + b"[]]}", f"more than {MAX_VALUES:,} values"),
    "objects": (b"[" + b"{}," * 16_000_000 + b"{}]", f"more than {MAX_VALUES:,} values"),
    "depth": (b"[" * 50_000_000, "more than 3,000,000 values"),
    "escapes": (b'["' + b'\\"' * 25_000_000, "not valid JSON: Unterminated string"),
    "quotes": (b"[" + b'"",' * 1_000_000 + b"1" * 47_000_000 + b"]", "more than 400 digits"),
    "no end": (b'{"a": "' + b"x" * 50_000_000, "not valid JSON: Unterminated string"),
    "twice": (b'{"x": "' + b"x" * 50_000_000 + b'",\n"a": 1, "a": 2}', "'a' is given twice"),
    "utf-8": (b'["' + b"x" * 50_000_000 + b'\xff"]', "byte 0xff is not UTF-8"),
}


@pytest.mark.parametrize("kind", FILLING)
def test_a_hostile_file_of_50_mb_is_refused_in_bounded_time_and_memory(
    kind: str, tmp_path: Path
) -> None:
    raw, message = FILLING[kind]
    file = tmp_path / "manifest.json"
    file.write_bytes(raw)

    tracemalloc.start()
    start = time.process_time()
    document = read(file, "manifest.json")
    taken, (_, most) = time.process_time() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert document.data is None
    assert message in document.problems[0].message
    assert taken < 10
    assert most < 500_000_000


def test_the_place_of_a_fault_in_a_large_file(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_bytes(b'{"x": "' + b"x" * MAX_BYTES + b'",\n"a": {"b": 1,\n "b": 2}}')
    (problem,) = read(file, "manifest.json").problems
    assert problem.position == (3, 2, 3, 3)
    file.write_bytes(b'{"x": "' + b"x" * MAX_BYTES + b'",\n"a" 1}')
    (problem,) = read(file, "manifest.json").problems
    assert (problem.message, problem.position[:2]) == (
        "not valid JSON: Expecting ':' delimiter",
        (2, 5),
    )


def test_a_large_file_that_is_fine_is_read(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_bytes(
        json.dumps({"nodes": {f"n{n}": {"sql": "x" * 1000} for n in range(20_000)}}).encode()
    )
    document = read(file, "manifest.json")
    assert len(document.data["nodes"]) == 20_000
    assert document.position(("nodes", "n1", "sql")).line == 1
