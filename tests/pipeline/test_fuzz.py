"""Whatever is in a file, each reader answers with findings that stand in it, and in bounded time.

The seeds lie in `seeds/NAME`. ABOVEBOARD_EXAMPLES=2000 is thorough.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.pipeline.hostile import WRONG
from tests.proof import profiles

from aboveboard.findings import Location
from aboveboard.pipeline.graph import Pipeline
from aboveboard.pipeline.load import load
from aboveboard.pipeline.part import Context, Entry, Said
from aboveboard.pipeline.readers import READERS
from aboveboard.reporters.graph import REPORTERS, Shown

SEEDS = Path(__file__).parent / "seeds"
HERE = Location("bindings.yml", 1)
LONGEST = 10.0  # seconds of a processor, for files of a few kB
Draw = Callable[[Any], Any]


@cache
def seeds(name: str) -> list[Path]:
    return sorted(path for path in (SEEDS / name).glob("*") if path.is_file())


def read(folder: Path, file: str, raw: bytes) -> Pipeline:
    """One file as a pipeline: it never fails, and every finding stands in it or in the bindings."""
    (folder / file).write_bytes(raw)
    dialect = Said("snowflake", HERE) if file.endswith(".sql") else None
    began = time.process_time()
    found = load(folder, [Entry((Said(file, HERE),), dialect)], Context(date(2026, 12, 1)))
    assert time.process_time() - began < LONGEST
    lines = raw.count(b"\n") + raw.count(b"\r") + 2
    for finding in found.findings:
        place = finding.location
        assert place is not None and place.path in (file, HERE.path), finding
        assert 1 <= place.line <= lines and place.column >= 1, finding
        assert finding.message
    for render in REPORTERS.values():
        assert render(Shown(found))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.mark.parametrize("name", READERS)
def test_every_reader_has_seeds_that_it_reads(name: str, folder: Path) -> None:
    assert seeds(name), f"put small files of {name} into {SEEDS / name}"
    for path in seeds(name):
        found = read(folder, path.name, path.read_bytes())
        assert found.formats == {path.name: name}
        assert found.steps or found.datasets


def test_there_are_no_other_seeds() -> None:
    assert {path.name for path in SEEDS.iterdir()} == set(READERS)


# -- structure ---------------------------------------------------------------------------------------

KEYS = ("", "id", "in", "steps", "${X}", "__proto__", "名", "a" * 200)
HOSTILE = (*WRONG, 10**400, float("inf"), -0.0, "\x00", "\ud7ff\u202e", "a.b[0]['c']", "null", "NO",
    [[[[[[]]]]]], [["x", {"x": ["x"]}]], {"x": {"x": {"x": None}}}, "*", "../../x", "s3://")  # fmt: skip


def _data(path: Path) -> Any:
    text = path.read_text("utf-8")
    if path.suffix == ".ndjson":
        return [json.loads(line) for line in text.splitlines()]
    return json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)


def _written(path: Path, data: Any) -> bytes:
    if path.suffix == ".ndjson":
        return "".join(json.dumps(one) + "\n" for one in data).encode()
    if path.suffix == ".json":
        return json.dumps(data, indent=1).encode()
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True).encode()


def _paths(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items if isinstance(data, dict | list) else ():
        yield (*at, key)
        if isinstance(value, dict | list):
            yield from _paths(value, (*at, key))


@st.composite
def _spoilt(draw: Draw, name: str) -> tuple[str, bytes]:
    """A seed with up to four of its values, keys and items wrong."""
    path = draw(st.sampled_from([p for p in seeds(name) if p.suffix != ".sql"]))
    data = deepcopy(_data(path))
    for _ in range(draw(st.integers(1, 4))):
        paths = list(_paths(data))
        if not paths:
            break
        *above, last = draw(st.sampled_from(paths))
        parent = data
        for key in above:
            parent = parent[key]
        way = draw(
            st.sampled_from(["wrong", "wrong", "gone", "twice", "renamed", "from elsewhere"])
        )
        if way == "wrong":
            parent[last] = deepcopy(draw(st.sampled_from(HOSTILE)))
        elif way == "from elsewhere":
            *start, end = draw(st.sampled_from(paths))
            other = data
            for key in start:
                other = other[key]
            parent[last] = deepcopy(other[end])
        elif way == "gone":
            del parent[last]
        elif isinstance(parent, list):
            parent.insert(last, deepcopy(parent[last]))
        else:
            parent[draw(st.sampled_from(KEYS))] = parent.pop(last)
    if path.suffix == ".ndjson" and not isinstance(data, list):
        data = [data]
    return path.name, _written(path, data)


@pytest.mark.parametrize("name", READERS)
def test_spoilt_values(name: str, folder: Path) -> None:
    @profiles.many(0.12)
    @given(_spoilt(name))
    def check(spoilt: tuple[str, bytes]) -> None:
        read(folder, *spoilt)

    check()


# -- text ------------------------------------------------------------------------------------------

PIECES = (b"", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\t", b"\r", b"{{ x }}", b"&a *a", b"<<: *a",
    b"!!python/object:os.system", b"\n---\n", b"'", b'"', b"[", b"}", b"(", b"/*", b"--", b";",
    b"\xe2\x80\xa8", b": : ", b"?", b"${X}", b"\xef\xbb\xbf", b" or 1=1 ", b" union all select * ")  # fmt: skip


@st.composite
def _torn(draw: Draw, name: str) -> tuple[str, bytes]:
    """A seed that ends early, or with bytes in places where they do not belong."""
    path = draw(st.sampled_from(seeds(name)))
    raw = path.read_bytes()
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(raw)))
        end = draw(st.sampled_from([start, start, start + 1, start + 7, start + 80, len(raw)]))
        raw = raw[:start] + draw(st.sampled_from(PIECES)) + raw[end:]
    return path.name, raw


@pytest.mark.parametrize("name", READERS)
def test_torn_files(name: str, folder: Path) -> None:
    @profiles.many(0.12)
    @given(_torn(name))
    def check(torn: tuple[str, bytes]) -> None:
        read(folder, *torn)

    check()


@st.composite
def _jumbled(draw: Draw) -> bytes:
    """Statements of SQL with words that are gone, twice, or somewhere else."""
    words = (SEEDS / "sql/models.sql").read_text("utf-8").split(" ")
    for _ in range(draw(st.integers(1, 6))):
        at, other = draw(st.integers(0, len(words) - 1)), draw(st.integers(0, len(words) - 1))
        way = draw(st.sampled_from(["gone", "twice", "moved", "swapped"]))
        if way == "gone":
            del words[at]
        elif way == "twice":
            words.insert(other, words[at])
        elif way == "moved":
            words.insert(other, words.pop(at))
        else:
            words[at], words[other] = words[other], words[at]
    return " ".join(words).encode()


def test_jumbled_statements(folder: Path) -> None:
    @profiles.many(0.12)
    @given(_jumbled())
    def check(raw: bytes) -> None:
        read(folder, "models.sql", raw)

    check()


# -- size and depth ----------------------------------------------------------------------------------

MANY = 100_000
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
LARGE: dict[str, tuple[str, str]] = {
    "deep lists": ("x.yml", "[" * MANY),
    "deep mappings": ("x.yml", "{a: " * MANY),
    "deep blocks": ("x.yml", "".join(" " * n + "a:\n" for n in range(1200))),
    "deep JSON": ("x.json", "[" * MANY + "]" * MANY),
    "deep objects": ("x.json", '{"a":' * MANY + "1" + "}" * MANY),
    "aliases": ("x.yml", BOMB),
    "an alias of itself": ("x.yml", "a: &a [*a]\n"),
    "50 MB of text": ("x.yml", "a: '" + "x" * 50_000_000 + "'\n"),
    "50 MB of JSON": ("x.json", '{"a": "' + "x" * 50_000_000 + '"}'),
    "50 MB of numbers": ("x.json", "[" + "1," * 25_000_000 + "1]"),
    "50 MB of lines": ("x.ndjson", '{"a": 1}\n' * 5_500_000),
    "50 MB of SQL": ("x.sql", "select 1;\n" * 5_000_000),
    "deep brackets": ("x.sql", "create table a as select " + "(" * 5000 + "1" + ")" * 5000 + ";"),
    "deep cases": ("x.sql", "create table a as select " + "case when x then " * 3000 + ";"),
    "deep unions": ("x.sql", "create table a as " + " union all ".join(["select 1"] * 3000) + ";"),
    "deep conditions": ("x.sql", "create table a as select b from c where " + "not " * 5000 + "d;"),
    "long conditions": ("x.sql", "create table a as select b from c where " + " or ".join(f"d = {n}" for n in range(3000)) + ";"),
}  # fmt: skip
_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, 3_000_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from pathlib import Path
from tests.pipeline.test_fuzz import LARGE, read
file, text = LARGE[sys.argv[1]]
found = read(Path(sys.argv[2]), file, text.encode())
assert [f for f in found.findings if f.severity == "error"] or found.steps, found.findings
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.parametrize("what", LARGE)
def test_large_and_deep_files_are_bounded(what: str, tmp_path: Path) -> None:
    """In a process of its own with 3 GB at most, of which much is the file itself."""
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, what, str(tmp_path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]


def _deep(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = {"x": [value]}
    return value


@pytest.mark.parametrize("name", READERS)
def test_depth_below_every_key(name: str, folder: Path) -> None:
    """As deep as a file may be."""
    for path in seeds(name):
        if path.suffix == ".sql":
            continue
        data = _data(path)
        for *above, last in [p for p in _paths(data) if len(p) <= 4][:60]:
            changed = deepcopy(data)
            parent = changed
            for key in above:
                parent = parent[key]
            parent[last] = _deep(14)
            read(folder, path.name, _written(path, changed))
