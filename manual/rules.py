"""Pages of rules: one for each, as `aboveboard explain RULE --examples` tells, and an index."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from aboveboard import checks
from aboveboard.checks.examples import File, examples
from aboveboard.checks.faults import FAULTS
from aboveboard.checks.told import Told, rules, told

FOLDER = "reference/rules"
_PROSE = ("overstated-claim", "overstated-proof", "restated-number", "unknown-fact")
# What a group is called, when its rules are asked, and which they are.
GROUPS: dict[str, tuple[str, Iterable[str]]] = {
    "Words against the pipeline": (
        "Each `check` asks these. Each tells of one kind of claim that does not hold.",
        checks.OF_CLAIMS,
    ),
    "Prose": (
        "What is typed by hand. `check` asks the first ones, `check --prose` and `build` all.",
        (*_PROSE, *checks.ANSWER_CHECKS),
    ),
    "Records of changes": (
        "`check --base REV` asks these: it compares with an earlier state.",
        checks.BASE_CHECKS,
    ),
    "Links": ("`links` asks these: it follows the addresses of the policy.", checks.LINK_CHECKS),
    "Corrections": ("Each `check` asks these where there are corrections.", checks.OF_KINDS),
    "Releases": ("Each `check` asks these where there are releases.", checks.OF_RELEASES),
    "Signatures": ("Each `check` asks these where signatures are asked for.", checks.OF_REVIEWS),
    "Reading files, and making the site": (
        "These fire while files are read, and while `build` makes pages of them.",
        FAULTS,
    ),
    "The policy by itself": ("Each `check` asks these. They need no pipeline.", checks.ALL),
}


def index() -> dict[str, str]:
    """The page that lists every rule, by group."""
    lines = [
        "---\ntitle: Rules\n---\n\n# Rules\n",
        f"There are {len(rules())} rules. Each has a name that says the fault; findings, reports "
        "and suppressions use it. `aboveboard explain RULE --examples` says what its page says "
        "here.\n",
    ]
    for group, slugs in grouped().items():
        lines += [
            f"## {group}\n",
            f"{GROUPS[group][0]}\n",
        ]
        lines += [_row(told(slug)) for slug in slugs]
        lines.append("")
    return {f"{FOLDER}.md": "\n".join(lines)}


def pages() -> dict[str, str]:
    """A page for each rule, by its path."""
    return {f"{FOLDER}/{slug}.md": page(told(slug)) for slug in rules()}


def grouped() -> dict[str, list[str]]:
    """Every rule, in the first group that has it; errors come first."""
    left = dict.fromkeys(rules())
    found = {}
    for group, (_, slugs) in GROUPS.items():
        own = set(slugs)
        found[group] = [slug for slug in left if slug in own]
        left = {slug: None for slug in left if slug not in own}
    order = ("error", "warning", "note")
    return {
        group: sorted(slugs, key=lambda slug: order.index(told(slug).severity))
        for group, slugs in found.items()
    }


def page(rule: Told) -> str:
    """What a rule finds, why it matters, how to fix it, and its examples."""
    bad, good = examples(rule.slug)
    parts = [
        f"---\ntitle: {rule.slug}\ndescription: {_plain(rule.short)}\n---",
        f"# {rule.slug}",
        f"Severity: **{rule.severity}**. Group: [{_group(rule.slug)}](../rules.md).",
        _text(rule.finds),
        "## Why it matters",
        _text(rule.why),
        "## How to fix it",
        _text(rule.fix),
        *_example("An example that it finds fault with", bad),
        *_example("An example that passes", good),
    ]
    return "\n\n".join(parts) + "\n"


def _row(rule: Told) -> str:
    finds = " ".join(rule.short.split())
    return f"- [`{rule.slug}`](rules/{rule.slug}.md) ({rule.severity}): {finds}"


def _group(slug: str) -> str:
    return next(group for group, slugs in grouped().items() if slug in slugs)


def _example(title: str, files: list[File]) -> Iterator[str]:
    if files:
        yield f"## {title}"
    for path, text in files:
        form = "json" if path.endswith(".json") else "yaml"
        yield f"`{path}`\n\n````{form}\n{text}\n````"


def _text(said: str) -> str:
    """As a paragraph begins."""
    return said[:1].upper() + said[1:]


def _plain(said: str) -> str:
    """As a text in front matter, without marks."""
    return json.dumps(re.sub(r"\s+", " ", said.replace("`", "")), ensure_ascii=False)
