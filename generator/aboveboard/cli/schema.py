"""`aboveboard schema`."""

from __future__ import annotations

import click

from . import options

SCHEMAS = ("policy", "pipeline", "graph", "report", "release", "site")


@click.command()
@options.loudness
@click.argument("name", type=click.Choice(SCHEMAS))
def command(name: str) -> int:
    """Print a JSON Schema, for an editor or a tool of your own.

    Of policy files, of native pipeline files, of what `graph` and `check` print, of releases,
    or of what the site tells machines.
    """
    from ..commands.schema import schema

    click.echo(schema(name), nl=False)
    return 0
