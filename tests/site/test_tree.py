"""A tree is written so that a watcher sees each change, and nothing else."""

import os
from pathlib import Path

import pytest

from aboveboard.site import tree
from aboveboard.site.tree import write


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    root = tmp_path / "docs"
    assert write(root, {"a.md": "a", "b/c.md": b"c"}) == ["a.md", "b/c.md"]
    os.utime(root / "a.md", ns=(1, 1))
    inode = root.stat().st_ino
    assert write(root, {"a.md": "a", "d.md": "d"}) == ["b/c.md", "d.md"]
    assert (root / "a.md").stat().st_mtime_ns == 1
    assert root.stat().st_ino == inode
    assert sorted(p.name for p in root.rglob("*")) == ["a.md", "d.md"]


def test_a_folder_is_held_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fcntl")
    monkeypatch.setattr(tree, "PATIENCE", 0.1)
    busy = pytest.raises(tree.Busy, match="another")
    with tree.locked(tmp_path), busy, tree.locked(tmp_path):
        pass
    with tree.locked(tmp_path):
        pass
