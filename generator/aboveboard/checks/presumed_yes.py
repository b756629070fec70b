"""People are asked, and yes is presumed: it is filled in already, or silence counts as a yes.

Why it matters: most people leave what is preset, and whoever is away or missed the e-mail has
agreed to something that they never saw (EDPB Guidelines 03/2022, "deceptive snugness").

How to fix it: ask with no answer preset, and let no answer by the deadline count as a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project

SLUG = "presumed-yes"
SEVERITY: Severity = "warning"
HINT = "ask with 'preset: none', and let no answer count as a refusal"


def check(project: Project) -> Iterator[Finding]:
    """Each moment of asking whose preset is `allowed`, or with a deadline and silence as a yes."""
    policy = project.policy
    for id_, control in policy.controls.items():
        for index, asked in enumerate(control.asked):
            at = ("controls", id_, "asked", index)
            if asked.preset == "allowed":
                said = f"people are asked about {control.name} with yes preset"
                yield Finding(SLUG, said, policy.at(*at, "preset"), SEVERITY, HINT)
            if asked.deadline and asked.no_answer == "allowed":
                said = f"who does not answer by {asked.deadline} allows {control.name}"
                deadline = policy.at(*at, "deadline")._replace(message="the last day to answer")
                place = policy.at(*at, "no-answer")
                yield Finding(SLUG, said, place, SEVERITY, HINT, (deadline,))
