"""The worked example of the docs: a page of patches and commands, run in order in a repository.

    python -m tests.worked

writes what the commands print now into the page; a test holds it against what stands there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/how-to/worked-example.md"
START = ROOT / "tests/projects/worked-example"
EVENT = ROOT / "tests/commands/events/pull_request.json"
FIRST_DAY = "1796083200"  # 1 December 2026, as `SOURCE_DATE_EPOCH` has it
_BLOCK = re.compile(r"^```(diff|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"^\$ ", re.MULTILINE)


class Step(NamedTuple):
    """A patch, or a command and what the page says that it prints."""

    form: str
    text: str
    printed: str = ""


def steps(page: str) -> Iterator[Step]:
    """What a reader of the page does, in order."""
    for form, text in _BLOCK.findall(page):
        if form == "diff":
            yield Step(form, text)
            continue
        for part in _COMMAND.split(text)[1:]:
            command, _, printed = part.partition("\n")
            yield Step(form, command, printed)


class Repository:
    """The repository of the example, as it is before the page begins."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "notes"
        shutil.copytree(START, self.folder)
        (folder / "home").mkdir()
        identity = {f"GIT_{who}_{what}": f"{who.lower()}@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
        dates = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2026-12-01T09:00:00Z")
        self.environment = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(folder / "home"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "LC_ALL": "C.UTF-8",
            "NO_COLOR": "1",
            "SOURCE_DATE_EPOCH": FIRST_DAY,
            **identity,
            **dates,
        }
        self.run("git init -q -b main && git add -A && git commit -q -m 'Example Notes as it is'")
        self.event = folder / "event.json"
        self.environment |= {
            "GITHUB_EVENT_PATH": str(self.event),
            "GITHUB_REPOSITORY": "example/privacy",
        }

    def run(self, command: str) -> str:
        """What a command prints, errors included."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return done.stdout.decode()

    def apply(self, patch: str) -> None:
        """Changes files as a patch says, as a pull request to what is there; it has to fit."""
        base = self.run("git rev-parse HEAD").strip()
        event = EVENT.read_text("utf-8").replace("BASE", base).replace("HEAD", "c" * 40)
        self.event.write_text(event, "utf-8")
        subprocess.run(
            ["git", "apply", "--whitespace=nowarn", "-"],
            cwd=self.folder,
            env=self.environment,
            input=patch.encode(),
            check=True,
        )


def lasting(printed: str) -> str:
    """What is printed, but for what follows from each word of the tool: digests, and lines of what
    it wrote itself."""
    digests = r"[0-9a-f-]{12,64}|(?<=legal-)[0-9a-f]{8}"
    return re.sub(rf"{digests}|(?<=json:)\d+:\d+|(?<=[0-9a-f]\.yml:)\d+:\d+", "…", printed)


def performed(page: str, folder: Path) -> Iterator[tuple[Step, str]]:
    """Each command of the page with what it prints now."""
    repository = Repository(folder)
    for step in steps(page):
        if step.form == "diff":
            repository.apply(step.text)
        else:
            yield step, repository.run(step.text)


def written(page: str, folder: Path) -> str:
    """The page with what its commands print now."""
    found = iter([printed for _, printed in performed(page, folder)])

    def block(match: re.Match[str]) -> str:
        if match[1] == "diff":
            return match[0]
        commands = [part.partition("\n")[0] for part in _COMMAND.split(match[2])[1:]]
        return "```console\n" + "".join(f"$ {c}\n{next(found)}" for c in commands) + "```"

    return _BLOCK.sub(block, page)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        PAGE.write_text(written(PAGE.read_text("utf-8"), Path(made)), "utf-8")
