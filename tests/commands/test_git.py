"""What git's own files say: the commit, and the address without who asks for it."""

from pathlib import Path

import pytest

from aboveboard.commands.git import repository_of

SHOWN = [
    ("https://git.example/team/service.git", "https://git.example/team/service.git"),
    ("https://ci:s3cret@git.example:8443/team/x", "https://git.example:8443/team/x"),
    ("https://token@git.example/team/x", "https://git.example/team/x"),
    ("git@git.example:team/service.git", "ssh://git.example/team/service.git"),
    ("ssh://git@git.example:22/team/x", "ssh://git.example:22/team/x"),
    ('"https://git.example/team/x"', "https://git.example/team/x"),
    ("/srv/git/service.git", None),
    ("../service.git", None),
    ("file:///srv/git/service.git", None),
    ("C:/git/service.git", None),
    ("https://git.example/x?token=s3cret", None),
    ("https://git.example/a@b:s3cret@c/x", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "shown"), SHOWN)
def test_the_address_of_the_repository(written: str, shown: str | None, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    config = f'[core]\n\turl = no\n[remote "other"]\n\turl = https://no.example/x\n[remote "origin"]\n\turl = {written}\n'
    (tmp_path / ".git/config").write_text(config)

    assert repository_of(tmp_path) == shown


def test_a_worktree_has_the_address_of_its_repository(tmp_path: Path) -> None:
    git = tmp_path / "main/.git"
    (git / "worktrees/w").mkdir(parents=True)
    (git / "config").write_text('[remote "origin"]\nurl = https://git.example/team/x\n')
    (git / "worktrees/w/commondir").write_text("../..\n")
    (tmp_path / "w").mkdir()
    (tmp_path / "w/.git").write_text(f"gitdir: {git}/worktrees/w\n")

    assert repository_of(tmp_path / "w") == "https://git.example/team/x"


def test_a_folder_without_git_has_none(tmp_path: Path) -> None:
    assert repository_of(tmp_path) is None
