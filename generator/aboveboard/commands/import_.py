"""`import`: policy files made of what another tool's document says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType

import click

from ..findings import Finding, Location
from ..reporters.text import printable
from ..source import Document, read
from . import voice
from .importing import fides, tilt
from .importing.draft import Draft
from .importing.taker import Left, Taker
from .init import say_next
from .start.kinds import Service, common
from .start.place import place, refuse
from .start.texts import clean
from .status import CLEAN, FINDINGS, CannotRun

FORMATS: dict[str, ModuleType] = {module.NAME: module for module in (fides, tilt)}


def import_(files: Sequence[Path], folder: Path, as_of: date, said: dict[str, str | None]) -> int:
    """Writes a project into a folder, and lists what was not taken; 1, and nothing is written, if a
    file cannot be read."""
    if folder.exists() and not folder.is_dir():
        raise CannotRun(f"'{folder}' is not a folder")
    refuse(folder, ["policy_data"])
    documents = [read(_there(file), str(file)) for file in files]
    faults = [fault for document in documents for fault in _faults(document)]
    for fault in faults:
        hint = f" ({fault.hint})" if fault.hint else ""
        click.echo(f"error: {fault.location}: {printable(fault.message + hint)}", err=True)
    if faults:
        click.echo("Nothing was written.", err=True)
        return FINDINGS
    draft = Draft()
    left = [one for document in documents for one in _taken(document, draft)]
    written = _files(draft, folder, as_of, said)
    refuse(folder, written)
    place(folder, written)
    if not voice.is_quiet():
        _tell(left, written, folder)
    say_next(folder, as_of, written)
    return CLEAN


def _there(file: Path) -> Path:
    if not file.exists():
        raise CannotRun(f"'{file}' is not there")
    return file


def _faults(document: Document) -> Iterator[Finding]:
    for problem in document.problems:
        place = Location.at(document.path, problem.position)
        yield Finding("invalid-yaml", problem.message, place, hint=problem.hint)
    if not document.problems and _format(document) is None:
        message = f"this is no document of {' or '.join(FORMATS)}"
        yield Finding("invalid-yaml", message, Location.at(document.path, document.position(())))


def _format(document: Document) -> ModuleType | None:
    return next((f for f in FORMATS.values() if f.recognises(document)), None)


def _taken(document: Document, draft: Draft) -> list[Left]:
    format_ = _format(document)
    assert format_ is not None
    taker = Taker(document)
    format_.read(taker, draft)
    return list(taker.left(format_.REASONS))


def _files(draft: Draft, folder: Path, as_of: date, said: dict[str, str | None]) -> dict[str, str]:
    """All files of the project; what no document says is a proposal of ours."""
    header = {key: clean(value, f"--{key}") for key, value in said.items() if value is not None}
    service = header.get("service") or draft.header.get("service") or folder.resolve().name
    company = header.get("company", service)
    contact = header.get("contact", "privacy@example.com")
    known = draft.header.get("controllers")
    if not known or {"company", "contact"} & header.keys():
        known = [{"name": company, "contact": contact}]
        draft.confirm["policy/controllers"] = "Who is responsible, and where do people reach them?"
    draft.header = {
        "service": service,
        "version": draft.header.get("version", "0.1.0"),
        "effective": draft.header.get("effective", as_of.isoformat()),
        "controllers": known,
        **{k: v for k, v in draft.header.items() if k == "documents"},
    }
    for kind, bound in draft.bindings.items():
        for id_ in bound if isinstance(bound, dict) else [""]:
            path = f"bindings/{kind}/{id_}" if id_ else f"bindings/{kind}"
            draft.confirm[path] = "Is this so in what really runs?"
    files = {**common(Service(service, company, contact, as_of)), **draft.files()}
    if (folder / ".gitignore").exists():
        del files[".gitignore"]
    return files


def _tell(left: list[Left], written: dict[str, str], folder: Path) -> None:
    for one in left:
        place = f"{one.place.path}:{one.place.line}:{one.place.column}"
        click.echo(f"Not taken: {printable(f'{place}: {one.name}: {one.why}')}")
    click.echo(f"In {folder}:")
    for name in sorted(written):
        click.echo(f"  {name}")
