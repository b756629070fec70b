"""The demo's policy with all that it leaves unsaid, so that a test can change every attribute."""

from __future__ import annotations

from typing import Any

from tests.review.mutations import entities, made, plain, replaced

from aboveboard.policy.choices import LARGER_PROTECTS
from aboveboard.project import Project

# What the demo leaves unsaid: keys of an entity, beside those that it has.
UNSAID: dict[tuple[str, str], dict[str, Any]] = {
    ("policy", ""): {
        "words": {"model": "A program that learned from examples."},
        "documents": [
            {"name": "Terms", "url": "https://example.org/terms"},
            {"name": "Privacy policy", "url": "https://example.org/privacy"},
        ],
    },
    ("bindings", ""): {
        "files": ["pipeline/*.yml", {"path": ["infra/*.json"], "checkout": "infra"}],
        "checkouts": {"infra": {"revision": "main"}},
        "tools": {"dolma": "1.2.1", "data-juicer": {"pinned": ["pins.txt"], "checkout": "infra"}},
        "not-personal": ["chats.id"],
        "person": {"chats": "user_id"},
        "stages": {"before-review": ["data/review/queue.parquet"]},
        "steps": {"count-people": ["count"]},
        "events": {"rated": {"dataset": ["ratings"]}, "flagged": {"field": "flag", "value": 1}},
    },
    ("steps", "count-people"): {
        "parameters": dict.fromkeys(LARGER_PROTECTS, 0.5),
    },
    ("events", "rated"): {"sets": {"training-switch": "allowed"}},
    ("controls", "review-switch"): {
        "earlier": [{"choice": "the old switch", "kept": "refused"}],
        "how": [{"do": ["Open Settings", "Switch it off"]}, {"do": ["Write to us"]}],
    },
    ("controls", "search-switch"): {"kind": "prompt"},
    ("rights", "access"): {"how": [{"do": ["Open Settings"]}, {"do": ["Write to us"]}]},
    ("retention", "usage"): {"keep": {"default": "P90D", "options": ["P30D"]}},
    ("review", ""): {
        "gates": [{"changes": ["retention/"], "notice": "P60D", "weakens": "required"}],
        "sign-off": [{"statements": ["all"], "role": ["legal"], "lasts": "P1Y"}],
        "to-confirm": {"retention/usage": "Is this how long it is kept?"},
    },
    ("changes", "longer"): {
        "what": ["retention/usage/keep.default"],
        "reason": "We look at whole quarters.",
        "announced": "2026-12-01",
        "effective": "2027-02-01",
        "told-by": ["e-mail"],
        "earlier-data": "old-rule",
    },
    ("corrections", "usage"): {
        "claims": ["usage"],
        "since": "2026-11-20",
        "instead": "We keep it 100 days.",
        "owner": "the data team",
        "expires": "2026-12-20",
    },
    ("questions", "by-plan"): {"left-out": "There is one plan."},
    ("questions", "by-region"): {"ask": "Where?", "place": 1},
}


def fuller(project: Project) -> Project:
    """The project with a value for every attribute somewhere."""
    for (kind, id_), values in UNSAID.items():
        known = entities(project).get((kind, id_))
        data = {**(plain(known) if known else {}), **values}
        if kind == "policy":
            data["axes"]["region"]["abroad"] = {"name": "Abroad", "of": ["elsewhere"]}
        entity = made(kind, data)
        assert entity is not None, (kind, id_)
        project = replaced(project, kind, id_, entity)
    return project
