"""One control is called by different labels on different platforms.

Why it matters: who reads the steps for one platform does not find the switch on another, and
takes it for a second one (EDPB "fickle").

How to fix it: call it the same everywhere, in the product and in `how`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..policy.choices import Control
from ..project import Project

SLUG = "differing-labels"
SEVERITY: Severity = "warning"
HINT = "call it the same everywhere, in the product and in 'how'"
QUOTED = '"([^"]+)"|“([^”]+)”|„([^“]+)“|«\\s*([^»]+?)\\s*»'


def check(project: Project) -> Iterator[Finding]:
    """Each way that quotes labels, yet not the label that the others have."""
    for id_, control in project.policy.controls.items():
        own = f'"{control.label}"'
        quoting = (way for way in control.how if any(q in "".join(way.do) for q in '"“„«'))
        if not all(any(own in text for text in way.do) for way in quoting):
            yield from _differing(project, id_, control)


def _differing(project: Project, id_: str, control: Control) -> Iterator[Finding]:
    import re

    policy = project.policy
    expected = control.label
    first = policy.at("controls", id_, "label")
    for index, way in enumerate(control.how):
        labels = ["".join(groups) for text in way.do for groups in re.findall(QUOTED, text)]
        at = ("controls", id_, "how", index, "do")
        if labels and expected is None:
            expected, first = labels[-1], policy.at(*at)
        elif labels and expected not in labels:
            yield Finding(
                SLUG,
                f"the label is “{labels[-1]}” here, and “{expected}” elsewhere",
                policy.at(*at),
                SEVERITY,
                HINT,
                (first._replace(message="the other label"),),
            )
