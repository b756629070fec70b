"""Reads `policy_data/` into one Policy; every fault is a finding, and what is whole is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..findings import Finding, Location
from ..source import START, Document, read
from ..source.folders import closed
from ..values import ID, did_you_mean, nearest
from . import choices, entities, faq, messages, names, review, scope
from .base import Strict
from .bindings import Bindings
from .core import ValidationError
from .model import Policy

FOLDER = "policy_data"
APART = ("reviews", "releases", "locales")  # records and translations, not statements
REVIEWS = f"{FOLDER}/reviews"

MODELS: dict[str, type[Strict]] = {
    "data": entities.Data,
    "events": entities.Event,
    "uses": entities.Use,
    "controls": choices.Control,
    "steps": choices.Step,
    "copies": choices.Copy,
    "retention": choices.Retention,
    "recipients": entities.Recipient,
    "rights": choices.Right,
    "models": entities.Model,
    "safeguards": entities.Safeguard,
    "questions": faq.Question,
    "scopes": scope.Scope,
    "changes": review.ChangeRecord,
    "corrections": review.Correction,
    "suppressions": review.Suppression,
}
ALONE: dict[str, tuple[str, type[Strict]]] = {
    "policy": ("header", entities.Header),
    "bindings": ("bindings", Bindings),
    "review": ("review", review.Review),
}


def load(root: Path) -> tuple[Policy, list[Finding]]:
    """The policy of the project at `root`, and everything that is wrong with its files."""
    policy, found = _built_in(), list[Finding]()
    for file in _files(root):
        found += _add_file(policy, root, file)
    found += _closed(policy, root)
    found += names.resolve(policy)
    if ("policy", "") not in policy.documents and "policy" not in policy.unread:
        where = f"'{FOLDER}/' has no 'policy:' block: who is the service?"
        found.append(Finding("invalid-policy", where, hint="add one, as in the README"))
    return policy, found


def taken(document: Document) -> tuple[Policy, list[Finding]]:
    """The policy that one document holds, and everything that is wrong with it."""
    policy = _built_in()
    found = list(_add(policy, document))
    found += names.resolve(policy)
    return policy, found


def _built_in() -> Policy:
    policy = Policy()
    for id_, event in entities.BUILT_IN_EVENTS.items():
        policy.events[id_] = entities.Event.model_validate(event)
    return policy


def _add_file(policy: Policy, root: Path, file: Path) -> Iterator[Finding]:
    name = file.relative_to(root).as_posix()
    if message := _astray(file, root):
        policy.unread |= {*MODELS, *ALONE}
        yield Finding("missing-file", message, Location.at(name, START))
        return
    document = read(file, name)
    policy.inputs[name] = document.raw
    yield from _problems(document)
    if document.data is not None:
        yield from _add(policy, document)
    elif document.problems:
        policy.unread |= {*MODELS, *ALONE}


def _closed(policy: Policy, root: Path) -> Iterator[Finding]:
    for folder in closed(root / FOLDER):
        policy.unread |= {*MODELS, *ALONE}
        place = Location.at(folder.relative_to(root).as_posix(), START)
        yield Finding("missing-file", "this folder cannot be read", place)


def _astray(file: Path, root: Path) -> str:
    """What is wrong with where a link leads."""
    try:
        inside = file.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # Python 3.11 and 3.12 raise the latter, later ones neither
        return "this link leads back to itself"
    return "" if inside else "this link leads out of the project"


def _files(root: Path) -> list[Path]:
    folder = root / FOLDER
    files = [*folder.rglob("*.yml"), *folder.rglob("*.yaml")]
    return sorted(
        f for f in files if f.relative_to(folder).parts[0] not in APART and not f.is_dir()
    )


def _problems(document: Document) -> Iterator[Finding]:
    for problem in document.problems:
        place = Location.at(document.path, problem.position)
        yield Finding("invalid-yaml", problem.message, place, hint=problem.hint)


def _add(policy: Policy, document: Document) -> Iterator[Finding]:
    if not isinstance(document.data, dict):
        place = Location.at(document.path, document.position(()))
        message = "a policy file is a mapping of entity kinds: 'data:', 'uses:' and so on"
        yield Finding("invalid-policy", message, place)
        policy.unread |= {*MODELS, *ALONE}
        return
    for kind, content in document.data.items():
        here = Location.at(document.path, document.position((kind,), key=True))
        if kind in ALONE:
            yield from _add_alone(policy, kind, document)
        elif kind not in MODELS:
            hint = did_you_mean(kind, [*MODELS, *ALONE])
            policy.unread.add(nearest(kind, [*MODELS, *ALONE]) or "")
            yield Finding("unknown-key", f"unknown entity kind '{kind}'", here, hint=hint)
        elif not isinstance(content, dict):
            policy.unread.add(kind)
            yield Finding("invalid-policy", f"'{kind}' must map ids to entities", here)
        else:
            yield from _add_kind(policy, kind, content, document)


def _add_alone(policy: Policy, kind: str, document: Document) -> Iterator[Finding]:
    name, model = ALONE[kind]
    if (kind, "") in policy.documents:
        yield _twice(policy, kind, "", document)
        return
    policy.documents[(kind, "")] = document
    try:
        setattr(policy, name, model.model_validate(document.data[kind]))
    except ValidationError as error:
        yield from messages.findings(error, model, document, (kind,))


def _twice(policy: Policy, kind: str, id_: str, document: Document) -> Finding:
    path = (kind, id_) if id_ else (kind,)
    first = policy.at(kind, id_)
    what = f"'{id_}' is given twice in {kind}" if id_ else f"'{kind}:' is given twice"
    return Finding(
        "given-twice",
        f"{what}; first in {first.path}:{first.line}",
        Location.at(document.path, document.position(path, key=True)),
        related=(first._replace(message="first given here"),),
        hint="give each its own id" if id_ else "write it in one file",
    )


def _add_kind(
    policy: Policy, kind: str, content: dict[str, Any], document: Document
) -> Iterator[Finding]:
    """Takes the entities that are whole; the others are told with all their faults."""
    fresh: dict[str, Any] = {}
    for id_, value in content.items():
        if (kind, id_) in policy.documents:
            yield _twice(policy, kind, id_, document)
        elif not ID.match(id_):
            place = Location.at(document.path, document.position((kind, id_), key=True))
            message = f"'{id_}' is not an id: lower-case words joined by hyphens"
            yield Finding("invalid-policy", message, place)
        else:
            policy.documents[(kind, id_)] = document
            fresh[id_] = value
    good, errors = _validated(kind, fresh)
    policy.entities(kind).update(good)
    for id_, error in errors.items():
        yield from messages.findings(error, MODELS[kind], document, (kind, id_))


def _validated(
    kind: str, content: dict[str, Any]
) -> tuple[dict[str, Strict], dict[str, ValidationError]]:
    model = MODELS[kind]
    good: dict[str, Strict] = {}
    errors: dict[str, ValidationError] = {}
    for id_, value in content.items():
        try:
            good[id_] = model.model_validate(value)
        except ValidationError as error:
            errors[id_] = error
    return good, errors
