"""Speed, as ratios measured side by side in one run: `make bench`.

Each row says what ours took, what the yardstick took, and how many times the yardstick is allowed.
Runs alternate, so that a busy machine slows both; the median of each is compared.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
WORK = ROOT / "build" / "bench"
RUNS = 15


@dataclass(frozen=True)
class Row:
    """Seconds of ours and of the yardstick, and the most times that ours may take."""

    name: str
    ours: float
    theirs: float
    limit: float

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    @property
    def kept(self) -> bool:
        return self.ratio <= self.limit

    def __str__(self) -> str:
        said = "ok  " if self.kept else "SLOW"
        return (
            f"{said} {self.name:52} {self.ours * 1000:9.1f} ms {self.theirs * 1000:9.1f} ms"
            f" {self.ratio:6.2f} (limit {self.limit:g})"
        )


def process(*command: str | Path) -> Callable[[], None]:
    """A whole process, run to its end, as on a machine where it has run before."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run() -> None:
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=env)

    return run


def medians(ours: Callable[[], None], theirs: Callable[[], None], runs: int) -> tuple[float, float]:
    """Median seconds of each, run in turn after one warm-up."""
    return _medians(ours, theirs, runs, time.perf_counter)


def _medians(
    ours: Callable[[], None],
    theirs: Callable[[], None],
    runs: int,
    clock: Callable[[], float],
) -> tuple[float, float]:
    ours()
    theirs()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for work, taken in zip((ours, theirs), times, strict=True):
            start = clock()
            work()
            taken.append(clock() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def cpu_medians(
    ours: Callable[[], None], theirs: Callable[[], None], runs: int
) -> tuple[float, float]:
    """As `medians`, in seconds of processor time, which a busy machine does not stretch."""
    return _medians(ours, theirs, runs, _processor)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def environment(name: str) -> Path:
    """The programs of a yardstick, in an environment of its own."""
    folder = WORK / name
    installed = folder / "installed"
    if not installed.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pins = ROOT / "requirements" / f"bench-{name}.txt"
        install = [folder / "bin" / "pip", "-qq", "install", "--require-hashes", "-r", pins]
        subprocess.run(install, check=True)
        installed.touch()
    return folder / "bin"


def commands() -> list[Row]:
    """`check` and `--help`, as whole processes, beside `corpuscard check`. The demo has SQL: the
    start of the library that parses it stands on both sides, and a project without any has a row
    of its own."""
    from policies import write

    small = WORK / "small"
    shutil.rmtree(small, ignore_errors=True)
    write(25, small)
    program = environment("corpuscard") / "corpuscard"
    theirs = process(program, "check", ROOT / "benchmarks" / "corpuscard.yaml")
    parser = process(BIN / "python", "-c", "import sqlglot, sqlglot.dialects.clickhouse")

    def both() -> None:
        theirs()
        parser()

    demo = medians(process(BIN / "aboveboard", "check"), both, RUNS)
    check = medians(process(BIN / "aboveboard", "check", "--project", small), theirs, RUNS)
    shown = medians(process(BIN / "aboveboard", "--help"), theirs, RUNS)
    return [
        Row("check of 25 uses / corpuscard check", *check, 1),
        Row("check of the demo / corpuscard check, start of sqlglot", *demo, 1.25),
        Row("--help / corpuscard check", *shown, 0.5),
    ]


def sizes() -> list[Row]:
    """`check` of 500 uses beside fideslang parsing 500 systems, and of ten times as many uses."""
    from policies import write

    folders = {uses: WORK / f"suite-{uses}" for uses in (500, 5000)}
    for uses, folder in folders.items():
        shutil.rmtree(folder, ignore_errors=True)
        write(uses, folder)
    small, large = (
        process(BIN / "aboveboard", "check", "--project", folder) for folder in folders.values()
    )
    python, parse = environment("fideslang") / "python", ROOT / "benchmarks" / "fides_parse.py"
    theirs = process(python, parse, folders[500] / "fides.yml", "500")
    return [
        Row("check of 500 uses / fideslang of 500 systems", *medians(small, theirs, 7), 1),
        Row("check of 5,000 uses / check of 500 uses", *medians(large, small, 3), 12),
    ]


def differences() -> list[Row]:
    """`diff` of two states of 500 uses with 200 changes between them, beside one `check`."""
    from changes import change
    from policies import write

    before, after = WORK / "suite-before", WORK / "suite-after"
    for folder in (before, after):
        shutil.rmtree(folder, ignore_errors=True)
        write(500, folder)
    made = change(after)
    diff = (BIN / "aboveboard", "diff", before, after)
    told = subprocess.run(diff, check=True, capture_output=True, text=True).stdout
    assert f"\n{made} changes: " in told, told[-200:]
    taken = cpu_medians(
        process(*diff), process(BIN / "aboveboard", "check", "--project", before), 7
    )
    return [Row(f"diff of 500 uses, {made} changes / check (processor)", *taken, 2)]


def chain() -> list[Row]:
    """`check` with 200 releases of 1 MB beside one without any and `sha256sum` of the files."""
    from releases import write

    root, bare = WORK / "releases", WORK / "no-releases"
    write(root, bare, ROOT)
    check = (BIN / "aboveboard", "check", "--project")
    files = f"{root}/policy_data/releases/*.json"
    both = f"{BIN}/aboveboard check --project {bare} && sha256sum {files}"
    taken = medians(process(*check, root), process("sh", "-c", both), 7)
    return [Row("check of 200 releases / check, then sha256sum", *taken, 1.1)]


def cells() -> list[Row]:
    """The tables of 200 uses, each over 100,000 cells, beside one second."""
    from tables import USES, policy

    from aboveboard.policy.tables import findings

    written = policy()
    start = time.perf_counter()
    assert len(list(findings(written))) == USES // 2
    return [Row("200 uses over 100,000 cells / 1 second", time.perf_counter() - start, 1.0, 1)]


def manifests() -> list[Row]:
    """A dbt manifest read whole, beside `json.load` and sqlglot's parsing of its SQL."""
    from manifests import LIMIT, works

    ours, theirs = works(WORK / "manifest")
    return [Row("dbt manifest / json.load and sqlglot", *medians(ours, theirs, 7), LIMIT)]


def site() -> list[Row]:
    """`build` of the demo beside a bare `mkdocs build` of the same rendered tree."""
    output = WORK / "site"
    build = process(BIN / "aboveboard", "build", "--output", output)
    build()
    config = ROOT / "build" / "en" / "mkdocs.yml"
    quiet = ("env", "NO_MKDOCS_2_WARNING=1", BIN / "mkdocs", "build", "-q")
    bare = process(*quiet, "-f", config, "-d", WORK / "bare")
    return [Row("build of the demo / bare mkdocs build", *medians(build, bare, 5), 1.3)]


def preview() -> list[Row]:
    """From a save to the fresh page in a running `serve` of the demo, the slowest kind of file."""
    from serving import measured

    taken = measured(BIN / "aboveboard", ROOT, WORK / "serve", 7)
    kind, slowest = max(taken.items(), key=lambda one: one[1])
    return [Row(f"serve: save of {kind} to fresh page / 1 second", slowest, 1.0, 1)]


def weights() -> list[Any]:
    """What a first view weighs, and how fast nginx serves the biggest page."""
    from pages import run

    return run(WORK / "site", WORK)


def main() -> int:
    """Prints every row; 1 if any is over its limit."""
    from graph import run as graph

    WORK.mkdir(parents=True, exist_ok=True)
    print(f"     {'':52} {'ours':>12} {'yardstick':>12}  ratio")
    rows = []
    whole = (commands, sizes, differences, chain, cells, manifests)
    parts = (*whole, lambda: [Row(*row) for row in graph()], site, weights, preview)
    for part in parts:
        for row in part():
            print(row, flush=True)
            rows.append(row)
    shutil.rmtree(WORK / "bare", ignore_errors=True)
    return 0 if all(row.kept for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
