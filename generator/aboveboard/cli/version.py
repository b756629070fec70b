"""`aboveboard --version`: the versions that matter in a bug report."""

from __future__ import annotations

import click

from .. import __version__


def show(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    """Prints the versions, and ends the run."""
    if asked and not context.resilient_parsing:
        click.echo(text())
        context.exit()


def text() -> str:
    """A line for the program, for Python and the system, and for each package that it needs."""
    import platform

    python = f"Python {platform.python_version()} ({platform.python_implementation()})"
    return "\n".join(
        (f"aboveboard {__version__}", f"{python} on {platform.platform()}", _git(), *_packages())
    )


def _packages() -> list[str]:
    """What the package says it needs at run time, as it is installed here."""
    import re
    from importlib import metadata

    def version(name: str) -> str:
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            return "is not installed"

    needed = [one for one in metadata.requires("aboveboard") or () if "extra ==" not in one]
    names = sorted(re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in needed)
    return [f"{name} {version(name)}" for name in names]


def _git() -> str:
    import subprocess

    try:
        done = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "git is not installed"
    return done.stdout.strip().replace("git version", "git")
