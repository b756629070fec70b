"""`dpv.jsonld`: the policy in the terms of the W3C Data Privacy Vocabulary (DPV 2.3).

What the vocabulary has no term for, such as k-anonymity, is left out rather than bent to one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from ...policy.choices import Retention
from ..book import Book
from ..text import clean

CONTEXT: Final = {
    "dpv": "https://w3id.org/dpv#",
    "ai": "https://w3id.org/dpv/ai#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "pd": "https://w3id.org/dpv/pd#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
PURPOSE: Final = {
    "provide-service": "dpv:ServiceProvision",
    "train-model": None,
    "fine-tune-model": None,
    "evaluate-model": None,
    "improve-service": "dpv:ServiceOptimisation",
    "personalise": "dpv:ServicePersonalisation",
    "analytics": "dpv:ServiceUsageAnalytics",
    "safety-and-abuse": "dpv:MisusePreventionAndDetection",
    "human-review": None,
    "anonymise": None,
    "research": "dpv:ScientificResearch",
    "support": "dpv:CustomerCare",
    "legal-duty": "dpv:LegalCompliance",
    "advertising": "dpv:Advertising",
    "profiling": None,
    "sell-or-license": "dpv:SellDataToThirdParties",
    "contact": None,
}
# The purposes that the vocabulary knows as something that is done.
DONE: Final = {
    "train-model": "ai:ModelTraining",
    "fine-tune-model": "ai:ModelFineTuning",
    "anonymise": "dpv:Anonymise",
    "profiling": "dpv:Profiling",
}
BASIS: Final = {
    "consent": "eu-gdpr:A6-1-a",
    "explicit-consent": "eu-gdpr:A6-1-a-explicit-consent",
    "contract": "eu-gdpr:A6-1-b",
    "legal-obligation": "eu-gdpr:A6-1-c",
    "vital-interests": "eu-gdpr:A6-1-d",
    "public-interest": "eu-gdpr:A6-1-e",
    "legitimate-interests": "eu-gdpr:A6-1-f",
    "research": None,
    "your-direction": None,
}
ORIGIN: Final = {
    "provided": "dpv:ProvidedPersonalData",
    "observed": "dpv:ObservedPersonalData",
    "derived": "dpv:DerivedPersonalData",
    "generated": "dpv:GeneratedPersonalData",
    "public": "dpv:PublicDataSource",
    "licensed": "dpv:PersonalData",
    "third-party": "dpv:ThirdPartyDataSource",
}
TECHNIQUE: Final = {
    "keyed-hash": "dpv:Pseudonymisation",
    "random-id": "dpv:Pseudonymisation",
    "redaction": "dpv:DataRedaction",
    "aggregation": "dpv:Aggregate",
    "differential-privacy": "dpv:DifferentialPrivacy",
    "synthetic-data": "dpv:UseSyntheticData",
}
RIGHT: Final = {
    "access": "eu-gdpr:A15",
    "correct": "eu-gdpr:A16",
    "erase": "eu-gdpr:A17",
    "restrict": "eu-gdpr:A18",
    "port": "eu-gdpr:A20",
    "object": "eu-gdpr:A21",
    "withdraw": "eu-gdpr:A7-3",
    "complain": "eu-gdpr:A77",
    "human-review": "eu-gdpr:A22",
    "opt-out-of-sale": None,
}
Node = dict[str, Any]


def file(book: Book) -> str:
    """The text of the file."""
    graph = [*_data(book), *_recipients(book), *_measures(book), *_processes(book), *_rights(book)]
    content = {"@context": CONTEXT, "@graph": [_service(book), *graph]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _service(book: Book) -> Node:
    header = book.header
    return {
        "@id": "#service",
        "@type": "dpv:PrivacyNotice",
        "dct:title": clean(header.service),
        "dct:issued": {"@value": header.effective.isoformat(), "@type": "xsd:date"},
        "dct:language": header.language,
        "dpv:hasDataController": [
            {"@type": "dpv:DataController", "dct:title": clean(c.name)} for c in header.controllers
        ],
        "dpv:hasProcess": _ids("use", book.project.policy.uses),
    }


def _data(book: Book) -> Iterator[Node]:
    for id_, data in book.project.policy.data.items():
        types = [ORIGIN[data.origin]]
        types += ["dpv:SpecialCategoryPersonalData"] if data.special else []
        types += [data.dpv] if data.dpv and data.dpv.partition(":")[0] in CONTEXT else []
        yield {"@id": f"#data-{id_}", "@type": types, "dct:title": clean(data.name)}


def _recipients(book: Book) -> Iterator[Node]:
    for id_, one in book.project.policy.recipients.items():
        yield {"@id": f"#recipient-{id_}", "@type": "dpv:Recipient", "dct:title": clean(one.name)}


def _measures(book: Book) -> Iterator[Node]:
    for id_, step in book.project.policy.steps.items():
        if (term := TECHNIQUE.get(step.technique)) is not None:
            yield {"@id": f"#step-{id_}", "@type": term, "dct:title": clean(step.name)}


def _processes(book: Book) -> Iterator[Node]:
    policy = book.project.policy
    for id_, use in policy.uses.items():
        found = {
            "dpv:hasPurpose": _terms(PURPOSE[use.purpose]),
            "dpv:hasProcessing": _terms(DONE.get(use.purpose)),
            "dpv:hasPersonalData": _ids("data", use.data),
            "dpv:hasRecipient": _ids("recipient", use.recipients),
            "dpv:hasLegalBasis": _terms(*(BASIS[one.basis] for one in use.basis)),
            "dpv:hasTechnicalMeasure": _ids(
                "step", (s for s in use.steps if policy.steps[s].technique in TECHNIQUE)
            ),
            "dpv:hasStorageCondition": [
                _storage(kept)
                for kept in policy.retention.values()
                if kept.keep and {*kept.data} & {*use.data}
            ],
        }
        filled = {key: value for key, value in found.items() if value}
        yield {"@id": f"#use-{id_}", "@type": "dpv:Process", "dct:title": clean(use.name), **filled}


def _storage(kept: Retention) -> Node:
    """How long some kinds of data are kept in a copy, at most."""
    assert kept.keep is not None
    longest = kept.keep.longest
    endless = "no-limit" in longest
    kind = "dpv:EndlessDuration" if endless else "dpv:TemporalDuration"
    durations: list[Node] = [
        {"@type": "dpv:TemporalDuration", "dct:extent": {"@value": time, "@type": "xsd:duration"}}
        for time in longest
        if time not in ("no-limit", "not-kept")
    ]
    return {
        "@type": "dpv:StorageDuration",
        "dpv:hasPersonalData": _ids("data", kept.data),
        "dpv:hasDuration": durations if durations and not endless else [{"@type": kind}],
    }


def _rights(book: Book) -> Iterator[Node]:
    for id_, right in book.project.policy.rights.items():
        if (term := RIGHT[right.right]) is not None:
            yield {
                "@id": f"#right-{id_}",
                "@type": "dpv:RightExerciseNotice",
                "dpv:hasRight": {"@id": term},
            }


def _ids(kind: str, ids: Iterable[str]) -> list[Node]:
    return [{"@id": f"#{kind}-{id_}"} for id_ in ids]


def _terms(*terms: str | None) -> list[Node]:
    return [{"@id": term} for term in dict.fromkeys(terms) if term is not None]
