"""A tree is written so that a watcher sees each change, and nothing else."""

import os
from pathlib import Path

import pytest

from aboveboard.site.build import swap
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


def test_swap_replaces_the_whole_folder(tmp_path: Path) -> None:
    fresh, out = tmp_path / "build" / "fresh", tmp_path / "site"
    write(fresh, {"index.html": "new"})
    write(out, {"index.html": "old", "stale.html": "old"})
    swap(fresh, out)
    assert [p.name for p in out.iterdir()] == ["index.html"]
    assert (out / "index.html").read_text() == "new"
    assert not fresh.exists()


def test_swap_that_fails_leaves_the_old_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(out, {"index.html": "old"})
    (tmp_path / "build").mkdir()
    with pytest.raises(FileNotFoundError):
        swap(tmp_path / "build" / "fresh", out)
    assert (out / "index.html").read_text() == "old"


def test_swap_across_disks_copies_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, out = tmp_path / "build" / "fresh", tmp_path / "site"
    write(fresh, {"index.html": "new"})
    write(out, {"index.html": "old"})
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if "build" in str(self) or "build" in str(target):
            raise OSError(18, "another disk")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refused)
    swap(fresh, out)
    assert (out / "index.html").read_text() == "new"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["build", "site"]
