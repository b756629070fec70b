"""Broken projects: each tells exactly what `expected.txt` says, at exactly that place."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.examples import BROKEN, CLAIMS, rendered, run

from aboveboard.pipeline.readers import READERS
from aboveboard.source import KeyPath, parse_yaml

ALL = sorted(path for path in BROKEN.iterdir() if path.is_dir())
GOOD = CLAIMS / "use-is-real" / "declared"


def _copy(root: Path, to: Path) -> Path:
    for file in (f for f in root.rglob("*") if f.is_file()):
        target = to / file.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    return to


def _with(tmp_path: Path, path: str, content: bytes) -> str:
    """What is told of a good project in which one file has this content."""
    root = _copy(GOOD, tmp_path)
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content)
    return rendered(run(root)[1])


def test_there_are_many() -> None:
    assert len(ALL) >= 45


@pytest.mark.parametrize("root", ALL, ids=lambda path: path.name)
def test_what_is_told(root: Path) -> None:
    _, findings = run(root)

    expected = (root / "expected.txt").read_text("utf-8").replace("FORMATS", ", ".join(READERS))
    assert rendered(findings) == expected
    assert bool(findings) != root.name.startswith("ok-")


@pytest.mark.parametrize("root", ALL, ids=lambda path: path.name)
def test_places_lie_in_the_file(root: Path) -> None:
    _, findings = run(root)

    for place in (p for f in findings for p in (f.location, *f.related) if p):
        lines = (root / place.path).read_bytes().decode("utf-8-sig", "replace").split("\n")
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert place.end_line is not None and place.line <= place.end_line <= len(lines)


def test_every_error_of_a_run_is_told_at_once() -> None:
    _, findings = run(BROKEN / "many-at-once")

    assert len(findings) >= 30
    assert findings == sorted(set(findings), key=lambda finding: finding.sort_key())


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting(tmp_path: Path, opening: str) -> None:
    told = _with(tmp_path, "policy_data/deep.yml", opening.encode() * 100_000)

    assert "policy_data/deep.yml:1:" in told
    assert told.count("\n") == 1


def test_deep_nesting_does_not_crash_the_process(tmp_path: Path) -> None:
    """The C parser can overflow its stack, which no `except` sees."""
    root = _copy(GOOD, tmp_path)
    (root / "policy_data/deep.yml").write_text("[" * 100_000)
    (root / "pipeline/deep.yml").write_text("{a: " * 100_000)

    command = [sys.executable, "-m", "aboveboard", "check", "--project", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 1, done.stderr
    assert done.stdout.count("is nested more than 40 deep") == 2


def test_oversize(tmp_path: Path) -> None:
    told = _with(tmp_path, "policy_data/big.yml", b"# " + b"x" * 8_000_000)

    assert told == "policy_data/big.yml:1:1-1:1 invalid-yaml this file is larger than 8 MB\n"


def test_many_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aboveboard.source.builder.MAX_NODES", 1000)
    told = _with(tmp_path, "policy_data/long.yml", b"x: [" + b"1," * 999 + b"1]")

    assert told == (
        "policy_data/long.yml:1:1999-1:2000 invalid-yaml this file holds more than 1,000 values\n"
    )


def test_a_link_out_of_the_project(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("version: 1\nsteps: []\n")
    root = _copy(GOOD, tmp_path / "project")
    (root / "pipeline/link.yml").symlink_to(outside)

    told = rendered(run(root)[1])

    assert told == (
        "policy_data/policy.yml:22:10-22:24 missing-file "
        "'pipeline/*.yml' leads out of the project by a link\n"
    )


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    root = _copy(GOOD, tmp_path)
    (root / "policy_data/gone.yml").symlink_to(tmp_path / "gone.yml")

    assert rendered(run(root)[1]) == (
        "policy_data/gone.yml:1:1-1:1 invalid-yaml this file cannot be read: No such file or directory\n"
    )


def test_a_folder_named_like_a_file(tmp_path: Path) -> None:
    root = _copy(GOOD, tmp_path)
    (root / "policy_data/uses.yml").mkdir()
    (root / "pipeline/steps.yml").mkdir()

    assert run(root)[1] == []


def test_a_policy_link_out_of_the_project(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("data: {}\n")
    root = _copy(GOOD, tmp_path / "project")
    (root / "policy_data/link.yml").symlink_to(outside)

    assert rendered(run(root)[1]) == (
        "policy_data/link.yml:1:1-1:1 missing-file this link leads out of the project\n"
    )


# -- any value anywhere ------------------------------------------------------------------------

HOSTILE: tuple[Any, ...] = (
    None, True, -1, "", "x", "${X}", ".", "P1D", "otherwise", [], {}, [[None]], {"": {"x": []}},
    10**30, "x" * 300,
)  # fmt: skip


def _paths(data: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    yield path
    if isinstance(data, dict):
        for key, child in data.items():
            yield from _paths(child, (*path, key))
    elif isinstance(data, list):
        for index, child in enumerate(data):
            yield from _paths(child, (*path, index))


def _put(data: Any, path: KeyPath, value: Any) -> Any:
    if not path:
        return value
    changed: Any = dict(data) if isinstance(data, dict) else list(data)
    changed[path[0]] = _put(data[path[0]], path[1:], value)
    return changed


@pytest.mark.parametrize("name", ["opt-out-honoured/declared", "recipients-declared/proved"])
@pytest.mark.parametrize("file", ["policy_data/policy.yml", "pipeline/train.yml"])
def test_any_value_anywhere_is_told_and_crashes_nothing(
    name: str, file: str, tmp_path: Path
) -> None:
    root = _copy(CLAIMS / name, tmp_path)
    data = parse_yaml((root / file).read_bytes(), file).data
    for number, path in enumerate(_paths(data)):
        for value in HOSTILE[number % 3 :: 3]:
            (root / file).write_text(json.dumps(_put(data, path, value)), "utf-8")
            _, findings = run(root)
            assert all(p.line == 1 for f in findings for p in (f.location, *f.related)
                       if p and p.path == file)  # fmt: skip


@pytest.mark.parametrize("folder", ["policy_data", "pipeline"])
@pytest.mark.parametrize("leads_to", ["again.yml", "nowhere.yml"])
def test_a_link_to_nothing_is_told(tmp_path: Path, folder: str, leads_to: str) -> None:
    root = _copy(GOOD, tmp_path)
    (root / folder / "again.yml").symlink_to(root / folder / leads_to)

    _, findings = run(root)

    assert [f.rule for f in findings if f.severity == "error"]
    assert "again.yml" in rendered(findings) or "back to itself" in rendered(findings)


@pytest.mark.parametrize("folder", ["policy_data", "pipeline"])
def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path, folder: str) -> None:
    root = _copy(GOOD, tmp_path)
    os.mkfifo(root / folder / "pipe.yml")
    command = [sys.executable, "-m", "aboveboard", "check", "--project", str(root)]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 1
    assert "this is not a file that can be read" in done.stdout
