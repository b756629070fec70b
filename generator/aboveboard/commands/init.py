"""`init`: a small, true project that builds, in a folder that has none."""

from __future__ import annotations

import shlex
from collections.abc import Collection
from datetime import date
from pathlib import Path

import click

from ..pipeline.versions import TOOLS
from ..reporters.text import printable
from . import voice
from .start import written
from .start.ask import Asked, answered, insist
from .start.found import Found, look
from .start.kinds import KINDS, Service, common, ready
from .start.place import place, refuse
from .start.shapes import Proposal
from .status import CLEAN, CannotRun

MOST_UNREAD = 5
STOPPED = "stopped; nothing was written"


def init(folder: Path, as_of: date, asked: Asked, dialect: str | None = None) -> int:
    """Writes a project into a folder and says what to do next; CannotRun, and nothing is written,
    if anything is in the way or somebody stops it."""
    if folder.exists() and not folder.is_dir():
        raise CannotRun(f"'{folder}' is not a folder")
    refuse(folder, ["policy_data"])
    insist(asked.yes)
    try:
        found = look(folder, as_of, dialect)
        _tell(found)
        _insist_on_reading(folder, asked, found)
        files = _files(folder, as_of, asked, found)
        refuse(folder, files)
        if not (asked.yes and voice.is_quiet()):
            _show(folder, files)
        if not asked.yes:
            click.confirm("Write these files?", default=True, abort=True)
        place(folder, files)
    except click.Abort as abort:  # nobody wants it after all
        if isinstance(abort.__context__, KeyboardInterrupt):
            raise
        raise CannotRun(STOPPED) from None
    say_next(folder, as_of, files)
    return CLEAN


def _files(folder: Path, as_of: date, asked: Asked, found: Found) -> dict[str, str]:
    proposal = found.proposal
    said = answered(asked, folder, kind=not proposal.data)
    service = Service(said.service or "", said.company or "", said.contact or "", as_of)
    if proposal.data:
        if proposal.cut:
            click.echo(f"{proposal.cut}: add them by hand.")
        proposal = written.real(found, proposal, service)
        _tell_unread(proposal)
        own = written.files(found, proposal, service)
    else:
        own = ready(said.kind or "", service, found.files, alone=not (folder / "pipeline").exists())
    files = {**common(service, said.ci), **own}
    if (folder / ".gitignore").exists():
        del files[".gitignore"]  # a team's own holds more; the last words name what to add
    return files


def _insist_on_reading(folder: Path, asked: Asked, found: Found) -> None:
    """CannotRun if nothing of a pipeline can be read, and nobody asks for another."""
    first = next(found.others, None)
    if asked.kind or first is None or any(s.known for s in found.searches.values()):
        return
    name, other = first
    path = f"{name}:{other.paths[0]}" if name else other.paths[0]
    there = "" if folder.resolve() == Path.cwd() else f" {shlex.quote(str(folder))}"
    again = f"aboveboard init{there}"
    kind = next(iter(KINDS))
    raise CannotRun(
        f"nothing of this pipeline can be read yet, so nothing was written\n"
        f"{printable(path)}: {other.way}\n"
        f"then:                           {printable(again)}{other.option}\n"
        f"or draw the pipeline by hand:   {printable(again)} --kind {kind}"
    )


def _tell(found: Found) -> None:
    """What was found, file by file, and what was not read with the way out."""
    for name, result in () if voice.is_quiet() else found.searches.items():
        start = f"{name}:" if name else ""
        for file in result.known:
            click.echo(f"Found {printable(start + file.path)}: {file.format}")
        for other in result.others:
            first = printable(start + other.paths[0])
            more = f" and {len(other.paths) - 1} more" if len(other.paths) > 1 else ""
            click.echo(f"Not read: {first}{more} ({other.what}): {other.way}")
        if result.cut:
            click.echo(f"Note: {result.cut}")
    for tool, version in () if voice.is_quiet() else found.assumed.items():
        click.echo(
            f"Note: no file pins {TOOLS[tool].title}: it is read as {version}, the newest known"
        )


def _tell_unread(proposal: Proposal) -> None:
    """Filters that may ask people, and could not be read."""
    named = {f"filter on {s.field} at {s.unread}" for s in proposal.switches if s.unread}
    named |= {f"filter at {place}" for use in proposal.uses for place in use.unread}
    for said in () if voice.is_quiet() else sorted(named)[:MOST_UNREAD]:
        click.echo(f"Note: {printable(said)} not read: what it lets through is not known")


def _show(folder: Path, files: dict[str, str]) -> None:
    click.echo(f"In {folder}:")
    for name in sorted(files):
        click.echo(f"  {name}")


def say_next(folder: Path, as_of: date, files: Collection[str]) -> None:
    """What `check` says of it, and what to do next."""
    if voice.is_quiet():
        return
    from .common import project_at, report_of

    report = report_of(project_at(folder, as_of))
    open_ = sum(f.rule == "unconfirmed-proposal" for f in report.findings)
    errors = report.count("error")
    said = f"{errors} error{'s' * (errors != 1)}, {open_} things to confirm."
    if ".gitignore" not in files:
        click.echo("Your .gitignore stays as it is; /build/ and /site/ belong in it.")
    click.echo(f"\n`aboveboard check` says: {said}")
    if "pipeline/service.yml" in files:
        click.echo("The pipeline is drawn by hand: nothing that runs has been compared yet.")
    there = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    click.echo("Next:")
    click.echo(f"  {there}aboveboard check    what is not confirmed, not answered, or not kept")
    site = "the site, in site/; `aboveboard serve` shows it as you edit"
    if errors:
        site = "the site, in site/, once nothing is red; --draft builds it before"
    click.echo(f"  aboveboard build    {site}")
    click.echo("  policy_data/        make each line true, then remove it from to-confirm.yml")
