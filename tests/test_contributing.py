"""What CONTRIBUTING.md and the change log say is so: names are there, and five lines suffice."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from aboveboard import __version__

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "generator/aboveboard"
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
THINGS = dict(re.findall(r"^## An? (\w+)\n\n(.*?)(?=\n\n## |\Z)", TEXT, re.MULTILINE | re.DOTALL))
FRAGMENT = re.compile(r"\+[a-z0-9]+(-[a-z0-9]+)*\.(added|changed|fixed|removed)\.md")


def test_each_thing_takes_five_lines() -> None:
    assert THINGS.keys() == {"check", "reader", "question", "reporter", "page", "command"}
    for thing, text in THINGS.items():
        numbers = re.findall(r"^(\d)\. \S.+\.$", text, re.MULTILINE)
        assert numbers == list("12345") and len(text.splitlines()) == 5, thing


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([\w.-]+/[\w./-]*)`", TEXT))))
def test_each_file_that_is_named_is_there(name: str) -> None:
    """But for the new one, whose folder is."""
    if "YOUR" in name:
        name = str(Path(name[: name.index("YOUR")]))
    assert (ROOT / name).exists() or (HOUSE / name).exists(), name


@pytest.mark.parametrize(
    ("name", "file"), re.findall(r"`([A-Z_]+)`[^`]*? (?:of|in) `([\w/.]+\.py)`", TEXT)
)
def test_each_line_goes_where_it_is_said(name: str, file: str) -> None:
    if file.startswith("tests/"):
        assert f"\n{name}: " in (ROOT / file).read_text("utf-8")
        return
    module = import_module(
        "aboveboard." + file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    )
    assert len(getattr(module, name)) > 2


def test_the_dicts_are_named() -> None:
    named = set(re.findall(r"`([A-Z_]{4,})`", "\n".join(THINGS.values())))
    assert named >= {
        "CHECKS",
        "READERS",
        "QUESTIONS",
        "GROUPS",
        "REPORTERS",
        "PAGES",
        "COMMANDS",
        "ROWS",
    }


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)]+)\)", TEXT))
def test_each_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).is_file()


def test_the_change_log_tells_of_this_version() -> None:
    log = (ROOT / "CHANGELOG.md").read_text("utf-8")
    first = re.search(r"^## (\S+) \(\d{4}-\d{2}-\d{2}\)$", log, re.MULTILINE)
    assert first and first[1] == __version__


def faults(name: str, text: str) -> list[str]:
    """What is wrong with a fragment."""
    found = [] if FRAGMENT.fullmatch(name) else [f"{name}: not +NAME.KIND.md"]
    if not re.fullmatch(r"\S[^\n]*\.\n", text) or text.count(". ") > 2 or len(text) > 400:
        found.append(f"{name}: not one to three short sentences in one line")
    return found


def test_fragments_of_the_change_log_are_named_and_written_as_agreed() -> None:
    folder = ROOT / "changelog.d"
    for file in sorted(folder.iterdir()):
        if file.name != "README.md":
            assert faults(file.name, file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [("+import-fides.added.md", "`import` reads Fides manifests.\n", 0),
     ("import.added.md", "It reads.\n", 1), ("+import.new.md", "It reads.\n", 1), ("+a_b.added.md", "It.\n", 1),
     ("+import.added.md", "", 1), ("+import.added.md", "no end\n", 1), ("+import.added.md", "A.\n\nB.\n", 1)],
)  # fmt: skip
def test_a_fragment_that_is_not(name: str, text: str, count: int) -> None:
    assert len(faults(name, text)) == count


def test_the_change_log_is_made_of_fragments(tmp_path: Path) -> None:
    """By the tool that the release uses, with our own settings."""
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (tmp_path / "CHANGELOG.md").write_bytes((ROOT / "CHANGELOG.md").read_bytes())
    (tmp_path / "changelog.d").mkdir()
    (tmp_path / "changelog.d/+speed.changed.md").write_text("`check` is twice as fast.\n")
    asked = ["build", "--yes", "--version", "9.9.0", "--date", "2027-01-02"]
    command = [sys.executable, "-m", "towncrier", *asked]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    log = (tmp_path / "CHANGELOG.md").read_text("utf-8")
    new = "## 9.9.0 (2027-01-02)\n\n### Changed\n\n- `check` is twice as fast.\n"
    assert new in log and log.index(new) < log.index(f"## {__version__} (")
    assert not list((tmp_path / "changelog.d").iterdir())
