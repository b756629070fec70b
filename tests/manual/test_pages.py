"""Pages of the manual say what is there: settings of editors, schemas, rules and commands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from manual import commands, rules
from tests.site import projects

from aboveboard.answers.terms import STRENGTHS
from aboveboard.checks.told import rules as every_rule
from aboveboard.checks.told import told
from aboveboard.cli import main
from aboveboard.cli.schema import SCHEMAS
from aboveboard.load import load_project
from aboveboard.proof.model import FAILING
from aboveboard.site.words import VERDICT

from .blocks import ROOT, Block, of_page


def blocks_of(page: str) -> dict[str, Block]:
    """The blocks of a page by their language."""
    return {block.language: block for block in of_page(page, (ROOT / page).read_text("utf-8"))}


def test_settings_of_editors_name_the_files_that_the_page_writes() -> None:
    found = blocks_of("docs/how-to/editors.md")
    written = re.findall(r"> (\S+)", found["sh"].text)
    assert len(written) == 2
    settings = json.loads(found["json"].text)["yaml.schemas"]
    assert [name.removeprefix("./") for name in settings] == written
    for name, patterns in settings.items():
        said = patterns if isinstance(patterns, list) else [patterns]
        lua = re.search(rf'\["{re.escape(name)}"\] = (.*),\n', found["lua"].text)
        assert lua and re.findall(r'"([^"]+)"', lua[1]) == said
    (mode,) = re.findall(
        r"^# yaml-language-server: \$schema=(\S+)$", found["yaml"].text, re.MULTILINE
    )
    assert Path("policy_data", mode).parts[-2:] == Path(written[0]).parts


def test_the_check_of_the_page_finds_what_it_says(tmp_path: Path) -> None:
    code = blocks_of("docs/how-to/write-a-check.md")["python"].text
    name = "training the model behind the helper with the notes that you write"
    projects.write(tmp_path, policy=projects.POLICY.replace("training the helper", f"{name} here"))
    made: dict[str, Any] = {}
    exec(compile(code, "long_name.py", "exec"), made)

    (finding,) = made["check"](load_project(tmp_path, projects.DAY))
    assert finding.message == "the name of 'train' has 13 words" and finding.hint == made["HINT"]
    assert str(finding.location).startswith("policy_data/")


def test_the_page_of_schemas_lists_each() -> None:
    page = (ROOT / "docs/reference/schemas.md").read_text("utf-8")
    assert re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE) == list(SCHEMAS)


def test_each_rule_has_a_page_and_a_line_in_the_index() -> None:
    (index,) = rules.index().values()
    assert {path.rpartition("/")[2] for path in rules.pages()} == {f"{r}.md" for r in every_rule()}
    assert sorted(re.findall(r"^- \[`([a-z-]+)`\]\(rules/\1\.md\) \(", index, re.MULTILINE)) == sorted(every_rule())  # fmt: skip
    for heading in rules.GROUPS:
        assert f"## {heading}\n" in index


@pytest.mark.parametrize("rule", ["weaker-parameter", "unknown-key", "edited-release"])
def test_the_page_of_a_rule_says_what_explain_says(rule: str) -> None:
    page, said = rules.page(told(rule)), told(rule)
    for part in (said.finds, said.why, said.fix):
        assert part[1:] in page
    assert "# <- here" in page and "An example that passes" in page


def test_words_are_explained_as_the_sites_explain_them() -> None:
    page = " ".join((ROOT / "docs/explanation/words-and-badges.md").read_text("utf-8").split())
    for word, meaning in STRENGTHS.values():
        assert f"| **{word}** | {meaning} |" in page
    for mark, word in VERDICT.items():
        shown = f"| **{word}**, " if mark not in FAILING else f'"{word.partition(".")[0]}"'
        assert shown in page


def programs(command: click.Command, name: str) -> Iterator[str]:
    yield name
    for word, below in getattr(command, "commands", {}).items():
        yield from programs(below, f"{name} {word}")


def test_the_page_of_commands_has_the_help_of_each() -> None:
    (page,) = commands.pages().values()
    headings = re.findall(r"^##+ (.*)$", page, re.MULTILINE)
    assert headings == list(programs(main, "aboveboard"))
    assert page.count("```text\nUsage: aboveboard") == len(headings) > 10
    assert "Usage: aboveboard review sign [OPTIONS]" in page
