"""Fides manifests: datasets, and systems with what they declare to use data for."""

from __future__ import annotations

import re
from typing import Any, Final

from ...source import Document, KeyPath
from ...values import Duration
from .draft import Draft, period
from .taker import Taker

NAME: Final = "Fides"
KINDS: Final = ("dataset", "system", "policy", "organization")
# By the longest beginning of a data use; what has none is asked.
PURPOSES: Final = {
    "analytics": "analytics",
    "collect": "provide-service",
    "essential": "provide-service",
    "essential.fraud_detection": "safety-and-abuse",
    "essential.legal_obligation": "legal-duty",
    "essential.service.notifications": "contact",
    "essential.service.operations.improve": "improve-service",
    "essential.service.operations.support": "support",
    "essential.service.security": "safety-and-abuse",
    "functional": "provide-service",
    "functional.service.improve": "improve-service",
    "marketing": "advertising",
    "marketing.advertising.profiling": "profiling",
    "marketing.communications": "contact",
    "personalize": "personalise",
    "third_party_sharing": "sell-or-license",
    "third_party_sharing.legal_obligation": "legal-duty",
    "train_ai_system": "train-model",
}
BASES: Final = {
    "Consent": "consent",
    "Contract": "contract",
    "Legal obligations": "legal-obligation",
    "Vital interests": "vital-interests",
    "Public interest": "public-interest",
    "Legitimate interests": "legitimate-interests",
}
OBSERVED: Final = ("user.behavior", "user.device", "user.location", "user.sensor", "user.telemetry")
SPECIAL: Final = ("biometric", "health", "genetic", "race", "ethnic", "religi", "politic", "sexual")
READERS: Final = frozenset(
    ("anonymous_user", "commuter", "customer", "passenger", "patient", "prospect", "visitor")
)
REASONS: Final = {
    "egress": "bindings and pipeline files say where data goes",
    "ingress": "bindings and pipeline files say where data comes from",
    "policy": "write what never happens into `never` of a use",
    "rules": "write what never happens into `never` of a use",
    "fides_key": "a policy has ids of its own",
    "system_type": "a policy speaks of uses, not of systems",
}


def recognises(document: Document) -> bool:
    """Whether any entry has a `fides_key`."""
    data = document.data
    return isinstance(data, dict) and any(
        isinstance(entry, dict) and "fides_key" in entry
        for kind in KINDS
        for entry in (data[kind] if isinstance(data.get(kind), list) else ())
    )


def read(taker: Taker, draft: Draft) -> None:
    """Puts what a manifest says into a draft."""
    for path in taker.items("organization"):
        _organization(taker, draft, path)
    for path in taker.items("dataset"):
        _dataset(taker, draft, path)
    for path in taker.items("system"):
        taker.take(*path, "fides_key")
        system = taker.text(*path, "name") or str(taker.at((*path, "fides_key")))
        for declared in taker.items(*path, "privacy_declarations"):
            _declaration(taker, draft, declared, system)


def _organization(taker: Taker, draft: Draft, path: KeyPath) -> None:
    if name := taker.text(*path, "name"):
        draft.header.setdefault("service", name)
    controller = taker.text(*path, "controller", "name")
    contact = taker.text(*path, "controller", "email")
    if controller and contact and "controllers" not in draft.header:
        draft.header["controllers"] = [{"name": controller, "contact": contact}]


# -- datasets ------------------------------------------------------------------------------------


def _dataset(taker: Taker, draft: Draft, path: KeyPath) -> None:
    key = taker.text(*path, "fides_key") or "dataset"
    for collection in taker.items(*path, "collections"):
        name = f"{key}.{taker.text(*collection, 'name') or collection[-1]}"
        fields: dict[str, Any] = {}
        for field in taker.items(*collection, "fields"):
            _field(taker, draft, field, name, fields)
        draft.datasets[name] = (
            {"role": "source", "fields": fields} if fields else {"role": "source"}
        )
        draft.bindings.setdefault("files", "pipeline/imported.yml")


def _field(
    taker: Taker, draft: Draft, path: KeyPath, dataset: str, fields: dict[str, Any], start: str = ""
) -> None:
    name = taker.text(*path, "name")
    if not name:
        return
    whole = f"{start}{name}"
    inner = list(taker.items(*path, "fields"))
    for field in inner:
        _field(taker, draft, field, dataset, fields, f"{whole}.")
    if inner:
        return
    keys = [key for _, key in taker.texts(*path, "data_categories")]
    about_people = [key for key in keys if not key.startswith("system")]
    kind = "identifier" if any("unique_id" in key for key in keys) else "personal"
    fields[whole] = {"classification": kind if about_people or not keys else "technical"}
    if not keys:
        taker.leave("it has no data category: bind it to data, or in `not-personal`", *path, "name")
    for key in about_people:
        sources = draft.bindings.setdefault("sources", {})
        sources.setdefault(_data(draft, key), []).append(f"{dataset}.{whole}")
    if keys and not about_people:
        draft.bindings.setdefault("not-personal", []).append(f"{dataset}.{whole}")


def _data(draft: Draft, key: str) -> str:
    """The kind of data that a category of the taxonomy is."""
    *above, last = key.removeprefix("user.").replace("_", " ").split(".")
    more = {"special": True} if any(word in key for word in SPECIAL) else {}
    name = f"{last} ({' '.join(above)})" if above else last
    return draft.named(
        "data",
        key.removeprefix("user."),
        "What do people call this, and where does it come from?",
        name=f"your {name}" if key.startswith("user") else name,
        origin="observed" if key.startswith(OBSERVED) else "provided",
        **more,
    )


# -- systems -------------------------------------------------------------------------------------


def _declaration(taker: Taker, draft: Draft, path: KeyPath, system: str) -> None:
    if not taker.at((*path, "data_use")) or not taker.at((*path, "data_categories")):
        taker.leave("a use needs `data_use` and `data_categories`", *path)
        return
    data = [_data(draft, key) for _, key in taker.texts(*path, "data_categories")]
    used = taker.text(*path, "data_use")
    name = taker.text(*path, "name").rstrip(".") or used
    if not data or not name:
        return
    purpose = _purpose(used)
    asked = "Say this with -ing. Can people refuse it? Fides does not say."
    if purpose is None:
        asked = f"What is it for? There is no word here for '{used}'. Can people refuse it?"
    use = draft.named(
        "uses",
        f"{system} {name}",
        asked,
        name=f"using data in {system} ({name})",
        purpose=purpose or "provide-service",
        data=[],
        applies={"state": "always"},
    )
    for id_ in data:
        draft.append("uses", use, "data", id_)
    if basis := BASES.get(taker.text(*path, "legal_basis_for_processing")):
        draft.append("uses", use, "basis", {"basis": basis})
    if taker.yes(*path, "processes_special_category_data"):
        for id_ in data:
            draft.of("data")[id_]["special"] = True
    if others := taker.text(*path, "third_parties"):
        taker.yes(*path, "data_shared_with_third_parties")
        asked = "Who is this, what are they to you, and where?"
        who = draft.named("recipients", others, asked, name=others, kind="third-party")
        draft.append("uses", use, "recipients", who)
    _subjects(taker, path)
    _references(taker, draft, path)
    _retention(taker, draft, path, system, data)


def _purpose(used: str) -> str | None:
    fits = [start for start in PURPOSES if used == start or used.startswith(f"{start}.")]
    return PURPOSES[max(fits, key=len)] if fits else None


def _subjects(taker: Taker, path: KeyPath) -> None:
    for found, subject in list(taker.texts(*path, "data_subjects")):
        if subject not in READERS:
            taker.leave("it is not about readers of the site: see `about` of data", *found)


def _references(taker: Taker, draft: Draft, path: KeyPath) -> None:
    for found, key in list(taker.texts(*path, "dataset_references")):
        if not any(name.startswith(f"{key}.") for name in draft.datasets):
            taker.leave("no file that was given before this one has this dataset", *found)


def _retention(taker: Taker, draft: Draft, path: KeyPath, system: str, data: list[str]) -> None:
    said = taker.text(*path, "retention_period")
    if not said:
        return
    keep = f"P{said}D" if re.fullmatch(r"\d{1,6}", said) else period(said)
    if keep is None:
        taker.leave("it is no duration such as P2Y", *path, "retention_period")
        return
    kept(draft, system, data, keep)


def kept(draft: Draft, place: str, data: list[str], keep: str) -> None:
    """How long data is kept in a place; of two times for the same data the longer one counts."""
    copy = draft.named("copies", place, "Is this one place?", name=place)
    for id_ in data:
        row = draft.of("retention").setdefault(f"{copy}-{id_}", {"data": id_, "copy": copy})
        known = row.get("keep")
        if known is None or Duration.parse(known) < Duration.parse(keep):
            row["keep"] = keep
        draft.confirm[f"retention/{copy}-{id_}"] = "Is this how long it is kept there?"
