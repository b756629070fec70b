"""Mutants of data contracts, and how long they say that their tables are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from tests.mutants.edit import Edit, data_of, dumped, parsed
from tests.mutants.model import Files, Mode, Mutant, Row, Stores

NAME: Final = "odcs"
_DAYS: Final = {"d": 1.0, "day": 1.0, "days": 1.0, "y": 365.0, "year": 365.0, "h": 1 / 24}


def fails(files: Files) -> bool:
    """No row goes through a contract."""
    return False


def worlds(files: Files) -> Iterator[None]:
    """A contract leaves nothing open that is looked at here."""
    yield None


def run(files: Files, stores: Stores, world: None, mode: Mode) -> None:
    """Says of every table of a contract how long it is kept."""
    for text in files.values():
        contract = parsed(text)
        for place in (server["location"] for server in contract.get("servers") or ()):
            for table in contract.get("schema") or ():
                name = place.replace("{model}", table.get("physicalName") or table["name"])
                said = _retention(contract, table["name"])
                if said is not None:
                    stores.keep[name] = _keeper(said)


def _retention(contract: Row, table: str) -> float | None:
    for said in contract.get("slaProperties") or ():
        element = (said.get("element") or table).partition(".")[0]
        if said.get("property") == "retention" and element == table:
            return float(said["value"]) * _DAYS[said.get("unit", "d")]
    return None


@cache
def _keeper(days: float) -> Callable[[Row], float | str | None]:
    return lambda row: days


def _said(files: Files) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for path, text in files.items():
        for number, said in enumerate(data_of(text).get("slaProperties") or ()):
            if said.get("property") == "retention":
                yield path, number, said


def _with(files: Files, name: str, path: str, number: int, **changed: Any) -> Mutant:
    edit = Edit(files, path)
    edit.data["slaProperties"][number].update(changed)
    return edit.mutant(name, str(changed), ("slaProperties", number))


def weaken(files: Files) -> Iterator[Mutant]:
    for path, number, said in _said(files):
        yield _with(files, "weaken", path, number, value=said["value"] + 1)
        yield _with(files, "weaken", path, number, unit="y")


def drop(files: Files) -> Iterator[Mutant]:
    for path, number, _ in _said(files):
        edit = Edit(files, path)
        del edit.data["slaProperties"][number]
        yield edit.mutant("drop", "retention")
        yield _with(files, "narrow", path, number, element="another_table")._replace(site=None)


def shorten(files: Files) -> Iterator[Mutant]:
    for path, number, said in _said(files):
        yield _with(files, "shorten", path, number, value=said["value"] - 1)
        yield _with(files, "shorten", path, number, unit="h")


def reformat(files: Files) -> Iterator[Mutant]:
    for path, text in files.items():
        data = data_of(text)
        yield Mutant("reformat", {**files, path: dumped(data, path)}, None, "block style")
        yield Mutant(
            "reformat", {**files, path: dumped(dict(reversed(data.items())), path)}, None, "keys"
        )
        yield Mutant("reformat", {**files, path: text.replace("\n", "\r\n")}, None, "ends of lines")
        edit = Edit(files, path)
        edit.data["slaProperties"].reverse()
        yield edit.mutant("reformat", "order")


OPERATORS: Mapping[str, Callable[[Files], Iterator[Mutant]]] = {
    "weaken": weaken,
    "drop": drop,
    "shorten": shorten,
    "reformat": reformat,
}
