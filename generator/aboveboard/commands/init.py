"""`init`: a small, true project that builds, in a folder that has none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from .start.ask import Asked, answered
from .start.kinds import Service, common, ready
from .start.place import place, refuse
from .status import CLEAN, CannotRun

STOPPED = "stopped; nothing was written"


def init(folder: Path, as_of: date, asked: Asked) -> int:
    """Writes a project into a folder and says what to do next; CannotRun, and nothing is written,
    if anything is in the way or somebody stops it."""
    if folder.exists() and not folder.is_dir():
        raise CannotRun(f"'{folder}' is not a folder")
    refuse(folder, ["policy_data"])
    try:
        files = _files(folder, as_of, answered(asked, folder))
        refuse(folder, files)
        if not asked.yes:
            _show(folder, files)
            click.confirm("Write these files?", default=True, abort=True)
        place(folder, files)
    except (click.Abort, KeyboardInterrupt):
        raise CannotRun(STOPPED) from None
    if asked.yes:
        _show(folder, files)
    _next(folder, as_of, ignores=".gitignore" in files)
    return CLEAN


def _files(folder: Path, as_of: date, asked: Asked) -> dict[str, str]:
    service = Service(asked.service or "", asked.company or "", asked.contact or "", as_of)
    files = {**common(service, asked.ci), **ready(asked.kind or "", service)}
    if (folder / ".gitignore").exists():
        del files[".gitignore"]  # a team's own holds more; the last words name what to add
    return files


def _show(folder: Path, files: dict[str, str]) -> None:
    click.echo(f"In {folder}:")
    for name in sorted(files):
        click.echo(f"  {name}")


def _next(folder: Path, as_of: date, *, ignores: bool) -> None:
    """What `check` says of it, and what to do next."""
    from .common import project_at, report_of

    report = report_of(project_at(folder, as_of))
    open_ = sum(f.rule == "unconfirmed-proposal" for f in report.findings)
    errors = report.count("error")
    said = f"{errors} error{'s' * (errors != 1)}, {open_} things to confirm."
    if not ignores:
        click.echo("Your .gitignore stays as it is; /build/ and /site/ belong in it.")
    click.echo(f"\n`aboveboard check` says: {said}")
    there = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    click.echo("Next:")
    click.echo(f"  {there}aboveboard check    what is not confirmed, not answered, or not kept")
    click.echo("  aboveboard build    the site, in site/; `aboveboard serve` shows it as you edit")
    click.echo("  policy_data/        make each line true, then remove it from to-confirm.yml")
