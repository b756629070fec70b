"""`links`: follows the addresses that the policy sends people to. Writes only what it remembers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..checks import LINK_CHECKS, run_links
from ..findings import Finding, Location, in_order
from ..links import cache
from ..links.collect import links as collected
from ..links.follow import PAUSE
from ..links.model import Link, Trip
from ..links.run import trips
from ..links.web import Client
from ..phases import phase
from ..project import Project
from ..proof.model import Proof
from ..reporters import REPORTERS
from .common import CLEAN, FINDINGS, project_at, report_of
from .reports import Wanted

MKDOCS = "mkdocs.yml"


class Asking(NamedTuple):
    """How the network is asked: answers of the last `max_age` seconds count, and a host is left
    alone for `pause` seconds between two questions. `site` is where the site will lie."""

    client: Client = Client()
    max_age: float = 0
    pause: float = PAUSE
    site: str = ""


ASKING = Asking()


def links(
    folder: Path,
    as_of: date,
    form: str,
    *,
    colour: bool = False,
    reports: Sequence[str] = (),
    asking: Asking = ASKING,
) -> tuple[str, list[str], int]:
    """The report, a line for each link with its way, and the exit status: 1 if any finding is an
    error, and what nobody can tell is one."""
    files = Wanted(reports)
    project = project_at(folder, as_of)
    files.spare(project)
    site = asking.site or site_of(project.root / MKDOCS)
    found = collected(project.policy, site)
    with phase(f"following {len(found)} links"):
        led = _followed(project, found, asking)
    wrong = [*_faults(project), *run_links(found, led, site), *_unsure(found, led, site)]
    ways = list(_ways(found, led))
    report = report_of(project, colour=colour)
    report = report._replace(
        findings=in_order(wrong),
        proof=Proof(),
        told=(),
        asked=frozenset(LINK_CHECKS),
        about=ways[0],
    )
    files.write(report)
    status = FINDINGS if report.count("error") else CLEAN
    return REPORTERS[form](report), ways, status


def _followed(project: Project, found: list[Link], asking: Asking) -> dict[str, Trip]:
    file = project.root / cache.FILE
    kept = cache.read(file)
    led = trips(found, asking.client, kept, asking.max_age, asking.pause)
    if kept:
        cache.write(
            file, {link.address: kept[link.address] for link in found if link.address in kept}
        )
    return led


def _faults(project: Project) -> list[Finding]:
    """What could not be read of the policy: its links are not among those that were followed."""
    return [f for f in project.findings if f.severity == "error"]


def _unsure(found: list[Link], led: Mapping[str, Trip], site: str) -> list[Finding]:
    """What nobody can tell while nobody knows where the site will lie."""
    out = [link for link in found if link.acts and led[link.address].end == "reached"]
    if site or not out:
        return []
    rule = LINK_CHECKS["circular-link"]
    message = (
        f"nobody can tell whether {len(out)} links of controls and rights lead back to this site: "
        "nothing says where it will lie"
    )
    hint = f"write `site_url` in {MKDOCS}, or say `--site ADDRESS`"
    return [Finding(rule.SLUG, message, Location(MKDOCS, 1), rule.SEVERITY, hint)]


def _ways(found: list[Link], led: Mapping[str, Trip]) -> list[str]:
    """How many links led where, and then each with its way."""
    ends = Counter(led[link.address].end for link in found)
    said = ", ".join(f"{count} {end}" for end, count in ends.most_common())
    lines = [f"{len(found)} links: {said}" if found else "no link in the policy"]
    for link in found:
        trip = led[link.address]
        age = f", {trip.age / 3600:.1f} hours ago" if trip.age else ""
        why = f": {trip.why}" if trip.why else ""
        lines.append(f"{link.place} {link.address} {trip.end}{why}{age}")
        lines += [f"    {hop}" for hop in trip.hops]
    return lines


def site_of(file: Path) -> str:
    """Where a site will lie, as `site_url` of the engine's configuration says; "" if it says
    nothing, or what only the engine can read."""
    import yaml

    try:
        tree = yaml.compose(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return ""
    for key, value in tree.value if isinstance(tree, yaml.MappingNode) else ():
        if key.value == "site_url" and value.tag == "tag:yaml.org,2002:str":
            return str(value.value)
    return ""
