"""`aboveboard links`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from . import options, terminal

FORMATS = ("text", "json", "sarif", "junit", "github", "markdown")
_SECONDS = click.FloatRange(0.1, 300)


@click.command()
@options.project
@options.formats(FORMATS)
@options.reports
@click.option("--site", metavar="ADDRESS", help="Where the site will lie (default: `site_url`).")
@click.option(
    "--max-age",
    metavar="DURATION",
    default="P1D",
    callback=options.seconds,
    show_default=True,
    help="Take what was found out since, and do not ask again; PT0S asks all.",
)
@click.option("--timeout", type=_SECONDS, default=10, show_default=True, help="Seconds to wait.")
@click.option("--allow-private", is_flag=True, help="Ask hosts of private networks too.")
def command(folder: Path, as_of: date, form: str, reports: tuple[str, ...], **said: Any) -> int:
    """Follow the links of the policy; exit 1 if one leads nowhere.

    Exit status 1 also where nobody can tell. Asks the network, each host politely. Remembers
    answers in build/links.json, and writes nothing else but the reports that are asked for.
    """
    from ..commands.links import Asking, links
    from ..commands.voice import is_verbose, remark
    from ..links.web import Client

    client = Client(said["timeout"])
    if said["allow_private"]:
        client = client._replace(may_ask=lambda ip: True)
    asking = Asking(client, said["max_age"], site=said["site"] or "")
    colour = form == "text" and terminal.colour()
    text, ways, status = links(folder, as_of, form, colour=colour, reports=reports, asking=asking)
    for line in ways[1:] if is_verbose() else ():
        remark(line)
    click.echo(text, nl=False)
    return status
