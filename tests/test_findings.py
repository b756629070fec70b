"""Fingerprints: each finding has its own, and keeps it while lines move."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import PROJECTS, TODAY

from aboveboard import checks
from aboveboard.findings import Finding, Location, fingerprints
from aboveboard.load import load_project

_COMMENTS = {".yml": b"# one\n# two\n", ".yaml": b"# one\n# two\n", ".sql": b"-- one\n-- two\n"}


def _prints(root: Path) -> list[str]:
    return fingerprints(checks.run(load_project(root, TODAY)))


def _movable() -> Iterator[Path]:
    """Projects whose files can begin with a comment: not those whose very start is at fault, and
    not those with releases or records, which are held byte by byte."""
    for folder in sorted(path.parent for path in PROJECTS.rglob("policy_data") if path.is_dir()):
        files = [file for file in folder.rglob("*") if file.suffix in _COMMENTS]
        kept = folder / "policy_data"
        sealed = (kept / "releases").exists() or (kept / "reviews").exists()
        whole = all(not file.is_symlink() and file.is_file() for file in files)
        if whole and not sealed and not any(f.read_bytes()[:3] == b"\xef\xbb\xbf" for f in files):
            yield folder


def test_fingerprints_stay_when_lines_move(tmp_path: Path) -> None:
    moved = 0
    for number, root in enumerate(_movable()):
        copy = tmp_path / str(number)
        shutil.copytree(root, copy, symlinks=True)
        before = _prints(copy)
        for file in (f for f in copy.rglob("*") if f.suffix in _COMMENTS):
            file.write_bytes(_COMMENTS[file.suffix] + file.read_bytes())
        assert sorted(_prints(copy)) == sorted(before), root
        moved += len(before)
    assert moved > 3000


_TEXTS = ("a", "line 3", "line 4", "x.yml:3", "x.yml:4:1")
_SOME = [
    Finding(rule, text, Location(path, line), claim=claim)
    for rule, text, path, line, claim in product("rs", _TEXTS, "pq", (1, 2), (None, "c"))
]


@given(st.lists(st.sampled_from(_SOME)))
def test_no_two_findings_have_the_same(found: list[Finding]) -> None:
    assert len(set(fingerprints(found))) == len(found)


def test_of_what_a_fingerprint_is() -> None:
    one = Finding("r", "'a' is given twice; first in p.yml:3", Location("q.yml", 9))
    same = [
        one._replace(message="'a' is given twice; first in p.yml:17"),
        one._replace(location=Location("q.yml", 1)),
        one._replace(severity="note", hint="do", suppression="x"),
    ]
    others = [
        one._replace(message="'b' is given twice; first in p.yml:3"),
        one._replace(location=Location("r.yml", 9)),
        one._replace(rule="s"),
        one._replace(claim="c"),
    ]

    assert {other.fingerprint for other in same} == {one.fingerprint}
    assert one.fingerprint not in {other.fingerprint for other in others}


def test_a_claim_is_the_same_while_it_fails_whatever_the_reason() -> None:
    one = Finding("r", "not kept: because a", Location("q.yml", 9), claim="use/data")
    other = one._replace(message="not kept: because b", location=Location("r.yml", 1))

    assert one.fingerprint == other.fingerprint
