"""What real AI services say can be said: each row of statements.tsv as policy, page, check and diff.

A row's file holds the policy (and the pipeline, where a machine can keep the statement), what
pages say of it, the verdict of each claim, and one changed value with which the page, the check
and the diff change too. Few rows are out of scope, each with its reason in out-of-scope.yml.
"""

from functools import cache
from pathlib import Path

import pytest
import yaml
from tests.expressiveness.row import HERE, PROSE, ROWS, Made, Row, Side

STATEMENTS = dict(
    line.split("\t")[0::2] for line in (HERE / "statements.tsv").read_text("utf-8").splitlines()[1:]
)
OUT: dict[str, str] = yaml.safe_load((HERE / "out-of-scope.yml").read_text("utf-8")) or {}
FILES = sorted(ROWS.glob("*.yml"))


@cache
def row(id_: str) -> Row:
    return Row.read(ROWS / f"{id_}.yml")


def test_every_statement_is_expressed_or_out_of_scope_for_a_reason() -> None:
    expressed = {file.stem for file in FILES}
    assert expressed | OUT.keys() == STATEMENTS.keys()
    assert not expressed & OUT.keys()
    assert len(OUT) <= 6 and all(len(reason.split()) >= 8 for reason in OUT.values())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_row_is_said_checked_and_changed(file: Path, tmp_path: Path) -> None:
    it = row(file.stem)
    first, second = Made(tmp_path / "a", it.first), Made(tmp_path / "b", it.second)

    assert it.first.says, "a row says something"
    _holds(first, it.first)
    _holds(second, it.second)

    for path, texts in it.second.says.items():
        for text in texts:
            assert text not in first.page(path), f"said before the change too: {text}"
    lost = [(p, t) for p, ts in it.first.says.items() for t in ts if t not in second.page(p)]
    assert lost, "no sentence changed with the value"


def _holds(made: Made, side: Side) -> None:
    assert made.errors == side.errors, made.messages
    assert made.verdicts == side.verdicts
    for path, texts in side.says.items():
        for text in texts:
            assert text in made.page(path), f"{path or 'home'} says:\n{made.page(path)}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_changed_value_is_no_free_text(file: Path) -> None:
    it = row(file.stem)
    change = it.change
    before, after = yaml.safe_load(it.first.policy), yaml.safe_load(it.second.policy)
    changed = _differences(before, after)
    if change.before in it.first.policy:
        assert changed
    assert not [path for path in changed if PROSE & {str(step) for step in path[2:]}]


def _differences(a: object, b: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    if isinstance(a, dict) and isinstance(b, dict):
        return [d for k in {*a, *b} for d in _differences(a.get(k), b.get(k), (*path, k))]
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        pairs = enumerate(zip(a, b, strict=True))
        return [d for n, (x, y) in pairs for d in _differences(x, y, (*path, n))]
    return [] if a == b else [path]
