"""docs/how-to/ready-parts.md: the hook as pre-commit runs it, completion as shells ask for it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.cli.rows import commands
from tests.manual.blocks import Block, of_page

from aboveboard.cli import program

ROOT = Path(__file__).parents[1]
PAGE = "docs/how-to/ready-parts.md"
TEXT = (ROOT / PAGE).read_text("utf-8")
BIN = Path(sys.executable).parent
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
EXAMPLES = ROOT / "tests/projects/claims/opt-out-honoured"
CODE = list(of_page(PAGE, TEXT))


def shell(*command: str, cwd: Path = ROOT, **said: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **said}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def blocks(language: str) -> list[Block]:
    return [block for block in CODE if block.language == language]


# -- the hook: pre-commit splits the entry, adds the arguments, and passes no names ----------------


@pytest.mark.parametrize(("project", "status"), [("violated", 1), ("proved", 0)])
def test_the_hook_stops_a_commit_that_breaks_a_promise(project: str, status: int) -> None:
    done = shell(*HOOK["entry"].split(), cwd=EXAMPLES / project)
    assert done.returncode == status, done.stdout + done.stderr
    assert HOOK["pass_filenames"] is False and HOOK["language"] == "python"


def test_the_hook_runs_where_something_of_it_changes() -> None:
    files = re.compile(HOOK["files"])
    for name in ("policy_data/policy.yml", "pipeline/train.yml", "privacy/pipeline/a/b.sql"):
        assert files.search(name), name
    for name in ("README.md", "docs/about.md", "src/pipeline.py", "mypipeline/x.yml"):
        assert not files.search(name), name


def test_the_page_names_the_hook_with_keys_that_pre_commit_has() -> None:
    whole, part = blocks("yaml")
    (repo,) = yaml.safe_load(whole.text)["repos"]
    (own,) = yaml.safe_load(part.text)
    assert [hook["id"] for hook in repo["hooks"]] == [own["id"]] == [HOOK["id"]]
    assert re.search(own["files"], "privacy/policy_data/policy.yml")
    assert shell(*HOOK["entry"].split(), *own["args"], cwd=EXAMPLES).returncode == 2


def test_pipx_runs_a_program_that_the_package_has() -> None:
    (block,) = blocks("sh")
    words = block.text.split()
    assert words[:3] == ["pipx", "run", "--spec"] and words[4:] == ["aboveboard", "check"]
    assert (BIN / words[4]).exists()
    assert words[5] in [" ".join(one) for one in commands()]


# -- completion ------------------------------------------------------------------------------------


def bash(*words: str) -> list[str]:
    """What bash offers in the place of the last word."""
    script = (
        'eval "$(_ABOVEBOARD_COMPLETE=bash_source aboveboard)"\n'
        f"COMP_WORDS=({' '.join(repr(word) for word in words)}); COMP_CWORD={len(words) - 1}\n"
        'name=$(complete -p aboveboard | sed -E "s/.*-F ([^ ]+).*/\\1/")\n'
        '"$name" aboveboard\nprintf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = shell("bash", "--norc", "-c", script)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    return done.stdout.split()


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
def test_bash_completes_commands_options_and_values() -> None:
    tops = sorted({words[0] for words in commands()})
    assert sorted(bash("aboveboard", "")) == tops
    assert bash("aboveboard", "ch") == ["check"]
    assert {"--draft", "--quiet"} <= set(bash("aboveboard", "build", "--"))
    assert bash("aboveboard", "review", "si") == ["sign"]
    assert bash("aboveboard", "check", "--format", "sa") == ["sarif"]
    assert bash("aboveboard", "schema", "gr") == ["graph"]


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script_by_the_line_of_the_page(name: str) -> None:
    if name == "bash" and not shutil.which("bash"):
        pytest.skip("click asks bash for its version")
    assert f"_ABOVEBOARD_COMPLETE={name}_source aboveboard" in TEXT
    done = shell("aboveboard", _ABOVEBOARD_COMPLETE=f"{name}_source")
    assert done.returncode == 0 and f"{name}_complete" in done.stdout


def test_the_page_names_every_exit_status() -> None:
    for status in (program.INTERRUPTED, program.STOPPED, program.UNHEARD):
        assert re.search(rf"^\|.*\b{status}\b", TEXT, re.MULTILINE)
