"""Doing what a block says: typing its commands, saving its file, changing lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .blocks import Block, commands, fits
from .worlds import World


def faults(block: Block, world: World) -> Iterator[str]:
    """Does what a block says, and tells what it says that is not so."""
    return DONE[block.kind.split()[0]](block, world)


def _run(block: Block, world: World) -> Iterator[str]:
    allowed = [int(status) for status in block.kind.split()[2:]] or [0]
    for command, said in commands(block):
        printed, status = world.run(command)
        if said is None and status not in allowed:
            yield f"{block}: $ {command}\nended with {status}\n{printed}"
        elif said is not None and not fits(printed, said):
            yield f"{block}: $ {command}\n{printed}"


def _file(block: Block, world: World) -> Iterator[str]:
    file = world.folder / block.kind.split()[2]
    if not file.parent.is_dir():
        yield f"{block}: there is no folder {file.parent.name} to save {file.name} in"
        return
    file.write_text(block.text, "utf-8")


def _change(block: Block, world: World) -> Iterator[str]:
    file = world.folder / block.kind.split()[2]
    text = file.read_text("utf-8")
    lines = block.text.splitlines(keepends=True)
    before, after = (
        "".join(line[1:] for line in lines if line[0] in f"{sign} ") for sign in ("-", "+")
    )
    if text.count(before) != 1:
        yield f"{block}: these lines are not in {file.name}, or not once:\n{before}"
    file.write_text(text.replace(before, after), "utf-8")


DONE: dict[str, Callable[[Block, World], Iterator[str]]] = {
    "run": _run,
    "file": _file,
    "change": _change,
}
