"""A project with hostile text in every field that a person writes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from tests.policy.test_texts import every_text

from . import projects
from .vectors import VECTORS

Path_ = tuple[str | int, ...]
# Every free text of the language stands here once; a test compares it with the entity classes.
MORE = """\
policy:
  effective: 2026-12-01
  language: en
  wrong: Write to wrong@example.org
  controllers:
    - {name: Notewise Ltd, contact: privacy@notewise.example, representative: Notewise GmbH}
  documents: [{name: our terms, url: "https://notewise.example/terms"}]
  words: {drafting: writing a note}
  axes: {plan: {free: {name: Free}, team: {name: Team}}}
data:
  notes:
    name: what you write in notes
    origin: provided
    examples: [drafts]
    includes: [titles]
    excludes: [attachments]
    dpv: Text
  ratings: {name: ratings, origin: provided}
events:
  rated: {name: you rate a note, by: you, takes: [{data: notes, reach: item}]}
uses:
  train:
    name: training the helper
    purpose: train-model
    data: [notes]
    never: [account]
    models: [helper]
    recipients: [host]
    applies:
      - {scope: {plan: free}, state: opt-out, control: training}
      - {scope: otherwise, state: never, why: We say so}
    also:
      rated:
        name: training on what you rate
        when: rated
        data: [ratings]
        applies: [{state: always, why: You sent it}]
        why: You asked us to
    steps: [redact]
    basis: [{basis: legitimate-interests, interest: a better helper, of: [us]}]
controls:
  training:
    name: use of your notes for training
    label: Help improve Notewise
    kind: switch
    how: [{do: [Open Settings, Switch off training], url: "https://notewise.example/settings"}]
    effect: {refusing: {future: stops, stored: stops, running: continues, trained: continues}}
    takes-effect: PT24H
    spreads-to: account
    costs: a fee
    side-effects: a loss
    lasts: a year
    earlier: [{choice: the old switch, kept: refused}]
steps:
  redact:
    name: replace e-mail addresses
    technique: redaction
    entities: [email]
    stage: before-training
    relink: [{by: our staff, why: to mend mistakes}]
    detector: a list of patterns
    limits: Names inside a story stay.
    tested: Once a year
copies:
  servers: {name: our servers, regions: [IE]}
  training-set: {name: the training set}
retention:
  notes: {data: [notes, account, ratings], copy: servers, keep: P1Y, why: You want them back}
  set: {data: notes, copy: training-set, keep: P1Y}
  rated: {data: ratings, copy: training-set, keep: P1D}
recipients:
  host: {name: a host, kind: processor, regions: [IE]}
rights:
  erase:
    right: erase
    how: [{do: [Write to us], url: "https://notewise.example/erase"}]
    weighed: [the law]
    limits: [models that are trained]
models:
  helper: {name: the helper, family: generative}
safeguards:
  rules:
    name: a rule book
    against: bias
    kind: constitution
    uses: [train]
    does: [It tells the model what to weigh]
    cannot: [It cannot see all bias]
    tested: Twice a year
questions:
  ours:
    ask: Is it ours
    group: trust-and-change
    paraphrases: [whose is it]
    about: [how-to-check]
    answer: It is ours
  ads-or-sold: {left-out: It is not}
corrections:
  longer:
    claims: [ratings/rated@training-set]
    since: 2026-12-01
    instead: It stays longer
    owner: the data team
    expires: 2026-12-20
suppressions:
  advice:
    rule: hard-to-read
    at: [data/notes]
    findings: [0123456789abcdef]
    reason: It is being written anew
    owner: the data team
    expires: 2026-12-20
changes:
  shorter:
    what: [retention/set/keep]
    reason: We need it less
    effective: 2026-12-10
    told-by: [site]
    earlier-data: new-rule
"""
# What must be as it is for the policy to be one at all: a language, an id, a key, a closed word.
CLOSED = {
    "policy.language": "names a language of the site",
    "data.dpv": "a term of the vocabulary",
    "events.takes.*.reach": "a closed word or a duration",
    "questions.about.*": "ids",
    "corrections.claims.*": "ids",
    "changes.what.*": "keys",
    "suppressions.rule": "names a rule",
    "suppressions.at.*": "places",
    "suppressions.findings.*": "fingerprints",
}

# What is kept whole in other places only: what a vector must not hold here, and why.
CUT = {
    "questions.answer": r"\{[{%#]|\.\s",  # a template, told sentence by sentence
    "recipients.name": ",",  # what a name says after a comma is told once
}
# What a site of no release does not say, or says only where a policy has more.
NOT_SHOWN = {
    "changes.reason",
    "corrections.owner",
    "retention.why",
    "suppressions.owner",
    "suppressions.reason",
    "uses.also.*.applies.*.why",
    "uses.also.*.name",
    "uses.applies.*.why",
}
# The policy's own links.
LINKED = set(re.findall(r"https://notewise[^\s\"]+", MORE + projects.POLICY))
# Names of settings that reach the site: one file is published whole.
FILE = "<img src=x onerror=alert(1)>"
NAMES = {
    "messages": "<svg onload=alert(1)>",
    "training_set": "</script><script>alert(1)</script>",
    "training_opt_out": "{{7*7}}",
    "redact-mail": '"><body onload=alert(1)>',
    "opted-in": "[x](javascript:alert(1))",
}
BINDINGS = """\
bindings:
  files: [pipeline/*.yml]
  sources: {notes: messages.text, account: messages.email, ratings: messages.rating}
  not-personal: [messages.plan, messages.training_opt_out, messages.rated]
  sinks: {train: training_set, train/rated: rated_set}
  person: {messages: user_id}
  flags: {training: {field: training_opt_out, refused: true, read: run-time}}
  axes: {plan: {plan: {free: free, team: "*"}}}
  events: {rated: {field: rated, value: true}}
  copies: {servers: messages, training-set: [training_set, rated_set]}
  recipients: {host: hosted}
  steps: {redact: redact-mail}
  publish: [pipeline/*.yml]
"""
PIPELINE = """\
version: 1
datasets:
  messages:
    role: source
    person: user_id
    retention: P30D
    fields: {text: {}, email: {}, rating: {}, rated: {}, user_id: {}, plan: {}, training_opt_out: {}}
  training_set: {role: training-set, retention: P30D}
  rated_set: {role: training-set, retention: P30D}
  hosted: {role: external, regions: [IE]}
steps:
  - {id: free-only, in: [messages], op: filter, where: {plan: free}, missing: drop}
  - {id: opted-in, in: [free-only], op: filter, where: {training_opt_out: false}, missing: drop}
  - {id: text-only, in: [opted-in], op: allow-fields, fields: [text]}
  - {id: redact-mail, in: [text-only], op: redact, fields: [text], entities: [email],
     enabled: true, on_error: fail, out: [training_set]}
  - {id: rated-only, in: [messages], op: filter, where: {rated: true}, missing: drop}
  - {id: rating-only, in: [rated-only], op: allow-fields, fields: [rating], out: [rated_set]}
  - {id: texts, in: [text-only], op: map, out: [hosted]}
"""
# A team may switch on whatever an engine knows; what we write is not for any of it.
EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "meta",
    "nl2br",
    "sane_lists",
    "smarty",
    "tables",
    "toc",
    "pymdownx.arithmatex",
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.critic",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.escapeall",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.magiclink",
    "pymdownx.mark",
    "pymdownx.progressbar",
    "pymdownx.smartsymbols",
    "pymdownx.snippets",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
]
ENGINE = {"site_name": "Notewise: your data", "markdown_extensions": EXTENSIONS}
OWN = """\
---
facts: true
---

# Own page

{{ data.notes.name }}

- in a list: {{ uses.train.name }}

| a | b |
|---|---|
| {{ controls.training.name }} | **{{ steps.redact.limits }}** |

!!! note
    {{ policy.service }}

[a link to {{ copies.servers.name }}](questions/index.md)
"""


def policy() -> dict[str, Any]:
    """The policy as it was before anybody meant harm."""
    found: dict[str, Any] = yaml.safe_load(projects.POLICY)
    for kind, entities in yaml.safe_load(MORE).items():
        found[kind] = {**found.get(kind, {}), **entities}
    return found


def places(node: Any, known: set[tuple[str, ...]], path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Where the free texts stand, and as which text of the language."""
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in items:
        here = (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, known, here)
        elif isinstance(value, str) and (text := _text(here, known)):
            yield here, text


def _text(path: Path_, known: set[tuple[str, ...]]) -> str:
    keys = path if path[0] == "policy" else (path[0], *path[2:])
    for pattern in known:
        if len(pattern) == len(keys) and all(
            p in ("*", k) for p, k in zip(pattern, keys, strict=True)
        ):
            return ".".join(pattern)
    return ""


def harmed(texts: list[str]) -> dict[str, Any]:
    """The policy with these texts in the places that `free` tells, in its order."""
    found = policy()
    for (path, _), text in zip(free(), texts, strict=True):
        node: Any = found
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = text
    return found


def free() -> list[tuple[Path_, str]]:
    """Each text that may be anything, with its place."""
    known = {tuple(text.split(".")) for text in every_text()}
    return [(path, text) for path, text in places(policy(), known) if text not in CLOSED]


def attacks() -> list[str]:
    """Every vector in each text: another one begins it, then a mark, then the others."""
    found = []
    for number, (_, text) in enumerate(free()):
        vectors = [v for v in VECTORS if not (text in CUT and re.search(CUT[text], v))]
        start = number % len(vectors)
        rest = " ".join((*vectors[start + 1 :], *vectors[:start]))
        found.append(f"{vectors[start]} zz{number}zz {rest}")
    return found


def written(root: Path, texts: list[str]) -> Path:
    """A project that says these texts, with hostile names in its settings and every extension."""
    said = yaml.safe_dump(harmed(texts), allow_unicode=True, sort_keys=False, width=1 << 20)
    projects.write(root, policy=said, bindings=_named(BINDINGS), pipeline=_named(PIPELINE))
    pipeline = root / "pipeline" / "pipeline.yml"
    pipeline.rename(pipeline.with_stem(FILE))
    (root / "mkdocs.yml").write_text(json.dumps(ENGINE), "utf-8")
    (root / "docs").mkdir()
    (root / "docs" / "own.md").write_text(OWN, "utf-8")
    return root


def built(root: Path) -> Path:
    """The site with every attack in each text. It is a draft: texts of this kind are at odds with
    the settings."""
    return projects.built(written(root, attacks()), draft=True)


def built_of_long_words(root: Path) -> Path:
    """The site with a word of 5,000 letters in each text."""
    words = [f"{'abcdefghij'[n % 10] * 5000} zz{n}zz" for n in range(len(free()))]
    return projects.built(written(root, words), draft=True)


def _named(text: str) -> str:
    """Settings with hostile names in the place of harmless ones."""
    names = re.compile("|".join(sorted(NAMES, key=len, reverse=True)))

    def renamed(node: Any) -> Any:
        if isinstance(node, dict):
            return {renamed(key): renamed(value) for key, value in node.items()}
        if isinstance(node, list):
            return [renamed(one) for one in node]
        return names.sub(lambda found: NAMES[found[0]], node) if isinstance(node, str) else node

    return yaml.safe_dump(renamed(yaml.safe_load(text)), sort_keys=False)
