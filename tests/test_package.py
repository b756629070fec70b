"""The package: all that it needs and nothing else, tried in an empty environment; and it is typed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Sequence
from email import message_from_bytes
from pathlib import Path
from typing import NamedTuple

import pytest
from trove_classifiers import classifiers

from aboveboard import __version__

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "generator/aboveboard"
MADE = {"__pycache__", ".mypy_cache", ".ruff_cache"}
INFO = f"aboveboard-{__version__}.dist-info"
DOCUMENTS = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}


class Built(NamedTuple):
    """Both archives, and the wheel that the source archive makes."""

    wheel: Path
    sdist: Path
    again: Path


def run(command: Sequence[str | Path], cwd: Path) -> str:
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Built by the backend that is installed, without a network."""
    folder = tmp_path_factory.mktemp("dist")
    backend = [sys.executable, "-m", "hatchling", "build"]
    run([*backend, "-t", "sdist", "-t", "wheel", "-d", folder], ROOT)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "source", filter="data")
    (source,) = (folder / "source").iterdir()
    run([*backend, "-t", "wheel", "-d", folder / "again"], source)
    (wheel,), (again,) = folder.glob("*.whl"), (folder / "again").glob("*.whl")
    return Built(wheel, sdist, again)


def files(folder: Path) -> set[str]:
    """What somebody wrote below a folder."""
    found = (path for path in folder.rglob("*") if path.is_file() and not MADE & {*path.parts})
    return {path.relative_to(folder).as_posix() for path in found}


def test_the_wheel_has_all_of_the_package_and_nothing_else(built: Built) -> None:
    examples = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    wanted = {f"aboveboard/{name}" for name in files(SOURCE)}
    for folder, place in examples["targets"]["wheel"]["force-include"].items():
        wanted |= {f"{place}/{name}" for name in files(ROOT / folder)}
    wanted |= {f"{INFO}/{name}" for name in DOCUMENTS}
    with zipfile.ZipFile(built.wheel) as wheel:
        assert set(wheel.namelist()) == wanted
    for kind in ("py.typed", ".j2", ".css", ".js", ".schema.json", ".html"):
        assert any(name.endswith(kind) for name in wanted), kind


def test_the_source_makes_the_same_wheel(built: Built) -> None:
    assert built.again.name == built.wheel.name
    assert built.again.read_bytes() == built.wheel.read_bytes()


def test_the_source_has_what_its_tests_need_and_nothing_that_was_made(built: Built) -> None:
    with tarfile.open(built.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("generator", "tests", "docs", "policy_data", "pipeline", "requirements"):
        assert {f"{folder}/{name}" for name in files(ROOT / folder)} <= names, folder
    tops = {name.partition("/")[0] for name in names}
    assert {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile"} <= tops
    assert not tops & {".git", ".venv", "build", "site", "dist"}
    assert not [name for name in names if MADE & {*name.split("/")}]


def test_the_metadata_is_whole_and_names_no_address(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        said = message_from_bytes(wheel.read(f"{INFO}/METADATA"))
    assert (said["Name"], said["Version"]) == ("aboveboard", __version__)
    assert said["Description-Content-Type"] == "text/markdown"
    assert "# Aboveboard" in str(said.get_payload())
    named = said.get_all("Classifier") or []
    assert "Typing :: Typed" in named and set(named) <= classifiers
    assert said["License-Expression"] == "MIT" and said["Requires-Python"] == ">=3.11"
    assert not said.get_all("Project-URL") and "Home-page" not in said


# -- in an empty environment ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def program(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as the wheel installs it, in an environment that has nothing else but what it
    depends on, which is lent from this one."""
    home = tmp_path_factory.mktemp("environment")
    run([sys.executable, "-m", "venv", "--without-pip", home], home)
    python = home / "bin/python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    here, there = (Path(run([p, "-c", ask], home).strip()) for p in (sys.executable, python))
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python]
    run([*pip, "install", "-qq", "--no-deps", "--no-index", built.wheel], home)
    (there / "lent.pth").write_text(f"{here}\n")
    found = run([python, "-c", "import aboveboard; print(aboveboard.__file__)"], home)
    assert there in Path(found.strip()).parents, found
    return home / "bin/aboveboard"


def test_it_starts_checks_and_builds_a_project_elsewhere(program: Path, tmp_path: Path) -> None:
    run([program, "init", "new", "--yes"], tmp_path)
    project = tmp_path / "new"
    assert "0 errors" in run([program, "check"], project)
    run([program, "build"], project)
    home = (project / "site/index.html").read_text("utf-8")
    assert "<h1" in home and list((project / "site/assets").glob("*.css"))

    assert run([program, "--version"], project).startswith(f"aboveboard {__version__}\n")
    assert "How to" in run([program, "explain", "step-bypassed"], project).replace(
        "how to", "How to"
    )
    assert '"$schema"' in run([program, "schema", "policy"], project)
    assert "datasets" in run([program, "graph", "--format", "json"], project)


def test_what_it_needs_fits_together(program: Path) -> None:
    python = program.with_name("python")
    assert "No broken requirements" in run([python, "-m", "pip", "check"], program.parent)


def test_whoever_imports_it_sees_types(program: Path, tmp_path: Path) -> None:
    (tmp_path / "uses.py").write_text(
        "from aboveboard.findings import Finding\nFinding('rule', 'message').severity.upper()\n"
        "wrong: int = Finding('rule', 'message').rule\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--python-executable",
         program.with_name("python"), "--cache-dir", tmp_path / "cache", "uses.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    errors = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert len(errors) == 1 and re.match(r"uses\.py:3: .*\"str\".*\"int\"", errors[0]), done.stdout
