"""Every block of code in the docs is true: it is run, or read, and what it prints is as it says."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic_core import ValidationError

from aboveboard.checks import run
from aboveboard.cli import main
from aboveboard.load import load_project
from aboveboard.pipeline.readers.native import recognises
from aboveboard.pipeline.readers.native.file import read_file
from aboveboard.policy.load import ALONE, MODELS
from aboveboard.source import parse_yaml

from .blocks import ROOT, Block, blocks, commands, fits, of_page
from .doing import DONE, faults
from .worlds import WORLDS, World

BLOCKS = list(blocks())
KINDS = {re.split("[: ]", block.kind)[0] for block in BLOCKS if block.kind}
TODAY = date(2026, 12, 1)
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def of_kind(*kinds: str) -> list[Block]:
    return [block for block in BLOCKS if re.split("[: ]", block.kind)[0] in kinds]


def test_every_block_says_how_it_is_tested() -> None:
    assert len(BLOCKS) > 40
    assert [str(block) for block in BLOCKS if not block.kind] == []


def test_every_kind_is_known() -> None:
    assert {*READ, *DONE, "by", "not"} >= KINDS


@pytest.mark.parametrize("block", of_kind("not"), ids=str)
def test_what_is_not_tested_has_a_reason(block: Block) -> None:
    assert len(block.kind.removeprefix("not: ").split()) >= 4


@pytest.mark.parametrize("block", of_kind("by"), ids=str)
def test_a_test_of_its_own_names_the_page(block: Block) -> None:
    test = (ROOT / block.kind.split()[1]).read_text("utf-8")
    assert Path(block.page).name in test or block.page in test


def policy(block: Block, folder: Path) -> None:
    (folder / "policy_data").mkdir()
    (folder / "policy_data/policy.yml").write_text(block.text, "utf-8")
    project = load_project(folder, TODAY)
    assert project.loaded, project.findings
    # Without bindings nothing can be compared, and that is said.
    wrong = {f.rule for f in run(project) if f.severity == "error"}
    assert wrong <= {"overstated-use", "kept-too-long"}


def part(entity: Any, value: Any) -> None:
    """What is written of an entity is right; more of it may be elsewhere on the page."""
    try:
        entity.model_validate(value)
    except ValidationError as error:
        assert {(e["type"], len(e["loc"])) for e in error.errors()} == {("missing", 1)}, error


def entities(block: Block, _folder: Path) -> None:
    document = parse_yaml(block.text.encode(), block.page)
    assert not document.problems
    for kind, value in document.data.items():
        if kind in ALONE:
            part(ALONE[kind][1], value)
        else:
            for entity in value.values():
                MODELS[kind].model_validate(entity)


def rows(block: Block, _folder: Path) -> None:
    rows = parse_yaml(block.text.encode(), block.page)
    assert not rows.problems
    use = {"name": "training", "purpose": "train-model", "data": "notes", "applies": rows.data}
    MODELS["uses"].model_validate(use)


def pipeline(block: Block, _folder: Path) -> None:
    document = parse_yaml(block.text.encode(), "pipeline/p.yml")
    assert recognises(document) and not document.problems
    part = read_file(document)
    assert not part.findings and part.steps


def python(block: Block, folder: Path) -> None:
    exec(compile(block.text, str(block), "exec"), {"__name__": "block", "folder": folder})


def make(block: Block, _folder: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for command in commands(block):
        assert re.match(rf"make ({'|'.join(targets)})( |$)", command.text), command


def github(block: Block, _folder: Path) -> None:
    """A workflow, or steps of one: each job runs somewhere, our action has the inputs, and our
    commands the options."""
    said = yaml.safe_load(block.text)
    jobs = [{"runs-on": "-", "steps": said}] if isinstance(said, list) else said["jobs"].values()
    for job in jobs:
        assert job["runs-on"] and job["steps"]
        for step in job["steps"]:
            assert {"uses", "run"} & step.keys()
            if "/aboveboard@" in step.get("uses", ""):
                assert step.get("with", {}).keys() <= ACTION["inputs"].keys()
            name, *arguments = shlex.split(step.get("run", ""))[1:] or [""]
            if step.get("run", "").startswith("aboveboard "):
                main.commands[name].make_context(name, arguments)


def gitlab(block: Block, _folder: Path) -> None:
    """A pipeline that includes our job, with variables that the job reads."""
    said = yaml.safe_load(block.text)
    for included in said["include"]:
        name = included["remote"].partition("/raw/")[2].partition("/")[2]
        job = (ROOT / name).read_text("utf-8")
        assert all(f"${variable}" in job for variable in said.get("variables", {}))


READ: dict[str, Callable[[Block, Path], None]] = {
    "policy": policy,
    "entities": entities,
    "rows": rows,
    "pipeline": pipeline,
    "python": python,
    "make": make,
    "github": github,
    "gitlab": gitlab,
}


@pytest.mark.parametrize("block", of_kind(*READ), ids=str)
def test_a_block_is_read(block: Block, tmp_path: Path) -> None:
    READ[block.kind](block, tmp_path)


@pytest.mark.parametrize("name", sorted({*WORLDS} - {"tutorial"}))  # that one has its own test
def test_commands_do_what_the_page_says(name: str, tmp_path: Path) -> None:
    """The blocks of a page run in order, in a copy of the world of their own."""
    done = [block for block in of_kind(*DONE) if block.kind.split()[1] == name]
    assert done
    (tmp_path / "first").mkdir()
    first = WORLDS[name](tmp_path / "first")
    wrong = []
    for page in dict.fromkeys(block.page for block in done):
        folder = tmp_path / page.replace("/", "-")
        shutil.copytree(tmp_path / "first", folder)
        world = World(folder / first.folder.name, first.environment)
        wrong += [fault for b in done if b.page == page for fault in faults(b, world)]
    assert not wrong, "\n\n".join(wrong)


def test_the_pieces_of_the_policy_language_fit_together(tmp_path: Path) -> None:
    """Its whole policy, bound to its native pipeline."""
    page = "docs/reference/policy-language.md"
    whole, drawn = (
        next(b.text for b in BLOCKS if b.page == page and b.kind == kind)
        for kind in ("policy", "pipeline")
    )
    own = {"files": "pipeline/*.yml", "sources": {"notes": "notes.text"}, "sinks": {"train": "training_set"}}  # fmt: skip
    for name, text in (
        ("policy_data/policy.yml", whole),
        ("policy_data/bindings.yml", yaml.safe_dump({"bindings": own})),
        ("pipeline/notes.yml", drawn),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    project = load_project(tmp_path, TODAY)
    assert project.loaded, project.findings
    assert project.proof.judged["train/notes/used@training_set"].verdict == "declared"


PAGE = """\
<!-- every block: policy -->

```sh
# a comment
aboveboard check \\
  --prose
```

<!-- test: run demo 0 1 -->

~~~console
$ one
two
$ three
~~~
"""


def test_blocks_are_found_with_how_they_are_tested() -> None:
    sh, console = of_page("x.md", PAGE)

    assert (sh.line, sh.kind, console.line, console.kind) == (3, "policy", 11, "run demo 0 1")
    assert list(commands(sh)) == [("aboveboard check   --prose", None)]
    assert list(commands(console)) == [("one", "two\n"), ("three", "")]


@pytest.mark.parametrize(
    ("printed", "said", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\nb\n", "a\n", False),
        ("a\nb\nc\n", "a\n...\n", True),
        ("a\nb\nc\n", "...\nc", True),
        ("a\nb\nc\n", "...\nb", False),
        ("one two three\n", "one … three\n", True),
        ("one two\nthree\n", "one … three\n", False),
        ("a.c\n", "abc\n", False),
        ("", "", True),
    ],
)
def test_what_is_printed_may_be_cut_short(printed: str, said: str, same: bool) -> None:
    assert fits(printed, said) is same
