"""A label says no twice, or a switch is called by what it forbids.

Why it matters: whoever switches off "Do not train" has just allowed training. A label names the
permission, and on means yes (11 CCR 7004(a)(3)).

How to fix it: have the product name the permission. Where its label names the refusal, say so
with `label-says: the-refusal` until then; the site explains it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..policy.choices import Control
from ..project import Project

SLUG = "double-negative"
SEVERITY: Severity = "warning"
HINT = "name the permission in the label, so that on means yes"
# A word that starts so says no; `not` alone is a word.
NEGATIVES = {
    "en": ("not", "don't", "don’t", "never", "no", "without", "stop", "disable", "deactivate",
           "opt-out", "block", "exclude", "prevent", "refuse", "forbid", "disallow", "cannot"),
    "de": ("nicht", "kein", "keine", "nie", "ohne", "deaktivieren", "verbieten", "ablehnen"),
    "fr": ("ne", "pas", "jamais", "sans", "désactiver", "refuser", "interdire", "bloquer"),
    "es": ("no", "nunca", "sin", "desactivar", "rechazar", "impedir", "bloquear"),
}  # fmt: skip


def check(project: Project) -> Iterator[Finding]:
    """Each label with two negatives, and each switch whose label is one."""
    header = project.policy.header
    words = NEGATIVES.get(header.language.partition("-")[0] if header else "", ())
    for id_, control in project.policy.controls.items() if words else ():
        said = _fault(control, _negatives(control.label or "", words))
        if said:
            at = "label-says" if "label-says" in said else "label"
            place = project.policy.at("controls", id_, at)
            yield Finding(SLUG, said, place, SEVERITY, HINT)


def _negatives(label: str, words: tuple[str, ...]) -> list[str]:
    text = label.lower().replace("opt out", "opt-out")
    return [w for part in text.split() if (w := part.strip('.,:;!?()"“”')) in words]


def _fault(control: Control, found: list[str]) -> str:
    label = f"“{control.label}”"
    if len(found) > 1:
        return f"the label {label} says no {len(found)} times ({', '.join(found)})"
    if control.label_says == "the-refusal" and control.kind == "switch":
        return f"the switch {label} is on when people refuse (label-says: the-refusal)"
    if found and control.kind == "switch":
        return f"to switch {label} off means yes ('{found[0]}')"
    return ""
