"""YAML is read as YAML 1.2, with every position, and whatever a file holds nothing crashes."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aboveboard.source import MAX_DEPTH, Document, KeyPath, Position, parse_yaml, read
from aboveboard.source.lines import is_lines, parse_lines


def parsed(text: str | bytes) -> Document:
    return parse_yaml(text if isinstance(text, bytes) else text.encode(), "x.yml")


def told(text: str | bytes) -> list[str]:
    return [
        f"{problem.position.line}:{problem.position.column} {problem.message}"
        for problem in parsed(text).problems
    ]


# -- what plain words mean -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("Off", "Off"),
        ("y", "y"),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("tRue", "tRue"),
        ("null", None),
        ("~", None),
        ("", None),
        ("1e-5", 1e-5),
        ("1.5e3", 1500.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("1:30", "1:30"),
        ("190:20:30", "190:20:30"),
        ("12", 12),
        ("-12", -12),
        ("+12", 12),
        ("0", 0),
        ("0o17", 15),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("2026-12-01", "2026-12-01"),
        ("1.0.0", "1.0.0"),
        ("'020'", "020"),
        ('"true"', "true"),
        ("'1e-5'", "1e-5"),
        ("!!str 12", "12"),
        ("! 12", "12"),
        ("=", "="),
    ],
)
def test_scalars(written: str, value: Any) -> None:
    document = parsed(f"key: {written}\n")

    assert document.problems == []
    assert document.data == {"key": value}
    assert type(document.data["key"]) is type(value)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("020", "020 reads as 20 in YAML 1.2 and as octal in YAML 1.1"),
        ("-020", "-020 reads as -20 in YAML 1.2 and as octal in YAML 1.1"),
        ("08", "08 reads as 8 in YAML 1.2 and as octal in YAML 1.1"),
        (".inf", ".inf is not a finite number"),
        ("-.INF", "-.INF is not a finite number"),
        (".nan", ".nan is not a finite number"),
        ("1e999", "1e999 is not a finite number"),
        ("9" * 401, "a number of more than 400 digits"),
    ],
)
def test_scalars_that_are_refused(written: str, why: str) -> None:
    assert told(f"key: {written}\n") == [f"1:6 {why}"]


@pytest.mark.parametrize("tag", ["!!python/name:os.system", "!!timestamp", "!own", "!!binary"])
def test_tags(tag: str) -> None:
    for text in (f"key: {tag} x", f"key: {tag} [x]", f"key: {tag} {{a: x}}"):
        (line,) = told(text)
        assert line == f"1:6 the tag {tag} is not allowed"


def test_a_key_is_its_text() -> None:
    document = parsed("NO: 1\n12: 2\ntrue: 3\n~: 4\n2026-12-01: 5\n'<<': 6\n")

    assert document.problems == []
    assert document.data == {"NO": 1, "12": 2, "true": 3, "~": 4, "2026-12-01": 5, "<<": 6}


# -- positions ------------------------------------------------------------------------------


def test_positions_count_code_points() -> None:
    document = parsed("a: {é😀: [x, 'ü y']}\nb: |\n  text\n  more\nc: 1\n")

    assert document.values["a", "é😀"] == Position(1, 9, 1, 19)
    assert document.keys["a", "é😀"] == Position(1, 5, 1, 7)
    assert document.values["a", "é😀", 1] == Position(1, 13, 1, 18)
    assert document.keys[("c",)] == Position(5, 1, 5, 2)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_change_no_position(end: str) -> None:
    text = "# x\na:\n  - b: 1\n    c: two words\n".replace("\n", end)
    document = parsed(text)

    assert document.data == {"a": [{"b": 1, "c": "two words"}]}
    assert document.values["a", 0, "c"] == Position(4, 8, 4, 17)


def test_a_byte_order_mark_takes_no_column() -> None:
    assert parsed(b"\xef\xbb\xbfa: 1").keys[("a",)] == Position(1, 1, 1, 2)


@pytest.mark.parametrize("odd", ["\x85", "\u2028", "\u2029"])
def test_only_a_line_feed_ends_a_line(odd: str) -> None:
    """libyaml counts a line after each of these; no editor does."""
    document = parsed(f"# {odd}# x\na: '{odd}'\nb: c\n")

    assert document.values[("b",)] == Position(3, 4, 3, 5)


def test_escaped_pairs_in_json_change_no_position() -> None:
    text = r'{"a": "\ud83d\ude00\ud83d\ude00", "\\ud83d": ["\ud83d\uDE00x", 1]}'
    document = parse_yaml(text.encode(), "x.json")

    assert document.data == {"a": "😀😀", "\\ud83d": ["😀x", 1]}
    for path in (("a",), ("\\ud83d", 0), ("\\ud83d", 1)):
        place = document.values[path]
        written = text[place.column - 1 : place.end_column - 1]
        assert json.loads(written) == at(document.data, path)


def at(data: Any, path: KeyPath) -> Any:
    for step in path:
        data = data[step]
    return data


def test_what_is_not_written_stands_at_its_place() -> None:
    document = parsed("use:\n  name: x\n  applies: {state: never}\n  data: [a, b]\n")

    assert document.position(("use", "name")) == Position(2, 9, 2, 10)
    assert document.position(("use", "steps", 0)) == Position(1, 1, 1, 4), "the key that lacks it"
    assert document.position(("use", "applies", 0)) == Position(3, 12, 3, 26), "a list of one"
    assert document.position(("use", "applies", 0, "state")) == Position(3, 20, 3, 25)
    assert document.position(("use", "data", 1), key=True) == Position(4, 13, 4, 14)
    assert document.position(("nothing",)) == document.values[()]


def test_aliased_values_stand_where_they_were_written() -> None:
    document = parsed("a: &x {b: [1, 2]}\nc: *x\nd: {e: *x}\n")

    assert document.data == {"a": {"b": [1, 2]}, "c": {"b": [1, 2]}, "d": {"e": {"b": [1, 2]}}}
    assert document.values[("c",)] == Position(2, 4, 2, 6)
    assert document.values["c", "b", 1] == document.values["a", "b", 1]
    assert document.keys["d", "e", "b"] == document.keys["a", "b"]


# -- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", ["3:1 'a' is given twice; first on line 1"]),
        ("{a: 1, a: 2, a: 3}", ["1:8 'a' is given twice; first on line 1",
                              "1:14 'a' is given twice; first on line 1"]),
        ("a: 1\n<<: {b: 2}\n", ["2:1 merge keys (<<) are not allowed"]),
        ("a: *b\n", ["1:4 '*b' names no finished anchor above it"]),
        ("a: &b [*b]\n", ["1:8 '*b' names no finished anchor above it"]),
        ("&b a: 1\n*b : 2\n", ["2:1 an alias cannot be a key"]),
        ("? [a]\n: 1\n", ["1:3 a key must be plain text"]),
        ("a: 1\n---\nb: 2\n", ["2:1 a second document starts here; one file holds one"]),
        ("a:\n\tb: 1\n", ["2:1 a tab indents this line; YAML allows spaces only"]),
        ("a: 'b\n", ["1:4 the quote that opens here is never closed"]),
        ("a: [b\nc: d\n", ["1:4 '[' opens here, and on line 2 ',' or ']' is missing"]),
        ("a: {b: c\nd: e\n", ["1:4 '{' opens here, and on line 2 ',' or '}' is missing"]),
        ("a\x00b", ["1:2 character U+0000 is not allowed in YAML"]),
        ("é\ud7ff\ufffe", ["1:3 character U+FFFE is not allowed in YAML"]),
        ("a: 1\n=======\nb: 2\n>>>>>>> x\n", ["4:1 a merge conflict was left here"]),
    ],
)  # fmt: skip
def test_refused(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_the_first_of_two_values_holds() -> None:
    document = parsed("a: {x: 1}\na: &z {x: 2, y: &y [3]}\nb: *z\nc: *y\n")

    assert document.data == {"a": {"x": 1}, "b": {"x": 2, "y": [3]}, "c": [3]}
    assert document.values["a", "x"] == Position(1, 8, 1, 9)


def test_bytes_that_are_not_utf_8() -> None:
    assert told("a: 1\nb: é".encode() + b"\xff") == ["2:5 byte 0xff is not UTF-8"]


def test_depth() -> None:
    """As deep as allowed is fine, one more is not."""
    deepest = parsed("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    deeper = parsed("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))

    assert deepest.problems == [] and deepest.data is not None
    assert deeper.data is None
    assert [p.position for p in deeper.problems] == [Position(1, 41, 1, 42)]


def test_modest_anchors_are_fine() -> None:
    document = parsed("a: &a [1, 2]\nb: &b [*a, *a]\nc: [*b, *b]\n")

    assert document.problems == []
    assert document.data["c"] == [[[1, 2], [1, 2]]] * 2


def test_an_alias_bomb_costs_little() -> None:
    rows = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    document = parsed("a0: &a0 [x, x, x]\n" + rows)

    assert document.data is None
    assert document.problems[0].message == "this file holds more than 500,000 values"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "folder.yml").mkdir()

    assert read(tmp_path / "none.yml", "none.yml").problems[0].message == (
        "this file cannot be read: No such file or directory"
    )
    assert read(tmp_path / "folder.yml", "x").problems[0].message == (
        "this is not a file that can be read"
    )


# -- whatever a file holds -------------------------------------------------------------------

KEYS = st.text(max_size=150)  # YAML reads a key of at most 1,024 signs, and JSON may escape each
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=4),
    max_leaves=15,
)  # fmt: skip
YAMLISH = st.lists(
    st.sampled_from(
        [*"abc:-,[]{}#&*!|>'\"%@`?~<=.019 \n\t\r\\", ": ", "- ", "&a ", "*a", "<<: ", "\n  ",
         "---\n", "...\n", "!!str ", "é", "😀", "\u2028", "\x85", "\x00", "<<<<<<< x\n"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


def assert_sound(raw: bytes) -> None:
    """No exception, data or a reason, and every position within the file."""
    document = parsed(raw)
    lines = raw.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
    places = [*document.values.values(), *document.keys.values()]
    for place in places + [problem.position for problem in document.problems]:
        assert 1 <= place.line <= place.end_line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert 1 <= place.end_column <= len(lines[place.end_line - 1]) + 2
        assert (place.line, place.column) <= (place.end_line, place.end_column)


@given(st.binary(max_size=60))
@example(b"\xef\xbb\xbf\xff")
@example(b"\xff\xfe")
def test_any_bytes(raw: bytes) -> None:
    assert_sound(raw)


@given(YAMLISH | st.text(max_size=60))
@example("a:\n\t- b")
@example("{a: &a [], a: *a, b: *a}")
@example("\r")
@example("'\n")
def test_any_text(text: str) -> None:
    assert_sound(text.encode("utf-8", "surrogatepass"))


@settings(deadline=None)
@given(JSON, st.booleans())
def test_data_is_read_back(data: Any, flow: bool) -> None:
    """What another tool dumps, though it writes YAML 1.1."""
    text = yaml.safe_dump(data, default_flow_style=flow, sort_keys=False)
    document = parsed(text)

    assert document.problems == []
    assert document.data == data
    assert_positions(document, data, ())


@given(JSON)
def test_json_is_read_as_json(data: Any) -> None:
    document = parse_yaml(json.dumps(data).encode(), "x.json")

    assert document.problems == []
    assert document.data == data
    assert_positions(document, data, ())


def assert_positions(document: Document, data: Any, path: KeyPath) -> None:
    """Every value and every key of the data has a place."""
    assert path in document.values
    if isinstance(data, dict):
        for key, value in data.items():
            assert (*path, key) in document.keys
            assert_positions(document, value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            assert_positions(document, value, (*path, index))


# -- one document a line ---------------------------------------------------------------------------


def test_a_file_of_lines_is_a_list_with_places_in_the_file() -> None:
    document = parse_lines(b'\n{"a": 1}\n\n{"b": {"c": [2]}}\n{"d": 1,}\n', "runs.ndjson")

    assert document.data == [{"a": 1}, {"b": {"c": [2]}}, {"d": 1}]
    assert document.position((1, "b", "c", 0)) == Position(4, 14, 4, 15)
    assert document.position((1, "b"), key=True) == Position(4, 2, 4, 5)
    assert document.position(()).line == 2
    assert (1, "b") in document.values and (9,) not in document.values
    assert () in {*document.values} and len(document.keys) == 4


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        (b'{"a": 1}\n{"b": 2}', True),
        (b'{\n "a": 1}\n', False),
        (b'{"a": 1}', False),
        (b'[{"a": 1},\n{"b": 2}]', False),
        (b"a: 1\nb: 2\n", False),
    ],
)
def test_lines_are_known_by_what_they_hold(raw: bytes, lines: bool) -> None:
    assert is_lines(raw) == lines


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aboveboard.source.lines.MAX_VALUES", 3)
    document = parse_lines(b'{"a": 1}\n{"b": [1, 2]}', "runs.ndjson")

    assert document.data is None
    assert "more than 3 values" in document.problems[0].message
