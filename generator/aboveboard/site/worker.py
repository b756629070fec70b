"""The engine in a process of its own: it starts up while the pages are still being made."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Team:
    """What the team's own `mkdocs.yml` says that the tree depends on; `address` is where the site
    will lie, "" if it does not say."""

    excluded: Callable[[str], bool]
    overrides: str
    plugins: list[Any]
    address: str = ""


NOBODY = Team(lambda path: False, "docs/overrides", [])


class BadConfig(Exception):
    """The team's configuration cannot be read."""


class Ended(Exception):
    """The engine's process is gone: somebody ended it, or it broke."""


class Engine:
    """A running engine. Whatever it is asked may raise the OSError that it met, or Ended."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    @classmethod
    def start(cls) -> Engine:
        """An engine that has begun to start up."""
        command = [sys.executable, "-m", f"{__package__}.engine"]
        pipe = subprocess.PIPE
        return cls(subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8"))

    @property
    def ended(self) -> bool:
        """Whether it has stopped by itself."""
        return self._process.poll() is not None

    def stop(self) -> None:
        """Ends it: it has answered, or nobody wants its answer any more."""
        self._process.kill()
        with suppress(BrokenPipeError), self._process:
            pass

    def _ask(self, job: str, **arguments: Any) -> dict[str, Any]:
        process = self._process
        assert process.stdin and process.stdout
        line = ""
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps({"job": job, **arguments}) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        if not line:
            raise Ended("the engine ended without an answer; if it said why, it stands above")
        answer: dict[str, Any] = json.loads(line)
        if "refused" in answer:
            raise OSError(*answer["refused"])
        return answer

    def team(self, file: Path) -> Team:
        """What the team's configuration says; its defaults where there is none."""
        from pathspec.gitignore import GitIgnoreSpec

        said = self._ask("team", file=str(file)) if file.is_file() else {}
        if "error" in said:
            raise BadConfig(said["error"])
        hidden = [".*", "/templates/"]  # the engine leaves these out too
        spec = GitIgnoreSpec.from_lines([*hidden, *said.get("exclude_docs", "").splitlines()])
        overrides = said.get("overrides") or "docs/overrides"
        return Team(spec.match_file, overrides, said.get("plugins", []), said.get("address", ""))

    def build(
        self, config: Path, out: Path, as_of: date, cache: Path, whole: Sequence[str] = ()
    ) -> list[str]:
        """Builds a site into a folder; the warnings, which all are faults.

        `whole` are the pages that are one block of HTML, by path in the tree.
        """
        paths = {"config": str(config), "out": str(out), "cache": str(cache)}
        answer = self._ask("build", as_of=as_of.isoformat(), whole=list(whole), **paths)
        warnings: list[str] = answer["warnings"]
        return warnings


@contextmanager
def started() -> Iterator[Engine]:
    """An engine that has begun to start up, and is gone afterwards."""
    engine = Engine.start()
    try:
        yield engine
    finally:
        engine.stop()


class Kept:
    """An engine that is there for as long as the context; one that has died is started again."""

    def __init__(self) -> None:
        self._engine: Engine | None = None

    def running(self) -> Engine:
        if self._engine is None or self._engine.ended:
            self.__exit__()
            self._engine = Engine.start()
        return self._engine

    def __enter__(self) -> Kept:
        return self

    def __exit__(self, *_: object) -> None:
        if self._engine is not None:
            self._engine.stop()
        self._engine = None


def stylesheets() -> str:
    """The theme's own style sheets, in the order in which it loads them."""
    found = importlib.util.find_spec("material")
    assert found and found.submodule_search_locations
    folder = Path(next(iter(found.submodule_search_locations))) / "templates/assets/stylesheets"
    sheets = [next(folder.glob(f"{name}.*.min.css")) for name in ("main", "palette")]
    text = "".join(sheet.read_text("utf-8") for sheet in sheets)
    return re.sub(r'@charset "[^"]*";|/\*#.*?\*/', "", text)
