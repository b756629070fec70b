"""A site takes the place of another in one step, whatever stops it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aboveboard.site import swap as module
from aboveboard.site.swap import exchanged, swap
from aboveboard.site.tree import write


@pytest.fixture(params=["at once", "in turn"])
def folders(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, Path]:
    """A new site and an old one, on a system that can exchange them, and on one that cannot."""
    fresh, out = tmp_path / "build" / "fresh", tmp_path / "site"
    write(fresh, {"index.html": "new"})
    write(out, {"index.html": "old", "stale.html": "old"})
    if request.param == "in turn":
        monkeypatch.setattr(module, "exchanged", lambda one, other: False)
    return fresh, out


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_whole_folder_is_replaced(folders: tuple[Path, Path]) -> None:
    fresh, out = folders
    swap(fresh, out)
    assert names(out) == ["index.html"] and (out / "index.html").read_text() == "new"
    assert names(fresh) == ["index.html", "stale.html"] and names(fresh.parent) == ["fresh"]


def test_one_that_fails_leaves_the_old_site(folders: tuple[Path, Path]) -> None:
    fresh, out = folders
    with pytest.raises(FileNotFoundError):
        swap(fresh.with_name("nothing"), out)
    assert (out / "index.html").read_text() == "old" and names(out.parent) == ["build", "site"]


def test_whoever_stops_it_between_two_steps_leaves_the_old_site(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, out = folders
    rename = Path.rename

    def stopped(self: Path, target: Path) -> Path:
        if self == fresh:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stopped)
    monkeypatch.setattr(module, "exchanged", lambda one, other: False)
    with pytest.raises(KeyboardInterrupt):
        swap(fresh, out)
    assert (out / "index.html").read_text() == "old"


@pytest.mark.parametrize("full", [False, True])
def test_another_disk_gets_a_copy_first(
    full: bool, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, out = folders

    def elsewhere(one: Path, _other: Path) -> bool:
        if fresh.parent in one.parents:
            raise OSError(18, "another disk")
        return False

    def no_space(*args: object, **rest: object) -> None:
        out.with_name(".site.new").mkdir()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "exchanged", elsewhere)
    if full:
        monkeypatch.setattr("shutil.copytree", no_space)
        with pytest.raises(OSError, match="No space"):
            swap(fresh, out)
    else:
        swap(fresh, out)
    assert (out / "index.html").read_text() == ("old" if full else "new")
    assert names(out.parent) == ["build", "site"]


def test_a_first_site_is_only_put_there(tmp_path: Path) -> None:
    write(tmp_path / "fresh", {"index.html": "new"})
    swap(tmp_path / "fresh", tmp_path / "deep/site")
    assert (tmp_path / "deep/site/index.html").read_text() == "new"
    assert names(tmp_path) == ["deep"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux exchanges two names")
def test_two_folders_change_places_at_once(tmp_path: Path) -> None:
    write(tmp_path / "one", {"a": "1"})
    write(tmp_path / "other", {"b": "2"})
    assert exchanged(tmp_path / "one", tmp_path / "other")
    assert (names(tmp_path / "one"), names(tmp_path / "other")) == (["b"], ["a"])
    with pytest.raises(FileNotFoundError, match="nowhere"):
        exchanged(tmp_path / "nowhere", tmp_path / "one")
