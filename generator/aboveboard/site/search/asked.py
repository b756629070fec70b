"""How people ask for a page that has no wordings of its own: made of what the policy says it is.

A question has its paraphrases. The page of a control, a use or a kind of data has a name that the
team wrote, and people search for what it is: a switch, an advertisement, a photo.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...policy.choices import Control
from ...policy.entities import Data
from ..book import Book
from ..page import Page

PURPOSES: Final[dict[str, tuple[str, ...]]] = {
    "provide-service": ("what is necessary to answer", "running the service", "basic processing"),
    "train-model": ("model training", "machine learning from what people write"),
    "fine-tune-model": ("fine-tuning", "adapting a model"),
    "evaluate-model": ("testing a model", "evaluation and benchmarks"),
    "improve-service": ("improving the service", "finding bugs, crashes and slow answers"),
    "personalise": ("personalisation", "remembering earlier chats", "memory of me"),
    "analytics": ("usage statistics", "analytics and telemetry", "tracking what is clicked"),
    "safety-and-abuse": ("safety and moderation", "detecting abuse and harmful content"),
    "human-review": ("human review", "staff who read conversations", "quality checks by people"),
    "anonymise": ("anonymisation", "removing names"),
    "research": ("research and studies", "publication of results"),
    "support": ("customer support", "help desk"),
    "legal-duty": ("legal obligations", "requests of police, courts and authorities"),
    "advertising": ("advertising and marketing", "targeted ads", "promotions"),
    "profiling": ("profiling", "scores and predictions about me"),
    "sell-or-license": ("selling or licensing data", "making money with data", "data brokers"),
    "contact": ("contacting me", "newsletters and notifications"),
}
SAFETY_MODELS: Final = ("moderation and safety classifiers", "detecting harmful content")
FORMS: Final[dict[str, tuple[str, ...]]] = {
    "text": ("text", "messages", "what I type"),
    "voice": ("voice", "audio recordings", "speech"),
    "image": ("images", "photos and selfies", "pictures"),
    "video": ("video", "camera"),
    "screen": ("screen content", "screenshots"),
    "code": ("code", "programs"),
    "file": ("files", "documents, spreadsheets and PDF", "attachments"),
}
VIA: Final[dict[str, tuple[str, ...]]] = {
    "upload": ("uploads", "attached files"),
    "connected-app": ("linked apps and accounts", "mail, calendar and drive"),
    "web-page": ("web pages", "browsing"),
    "code-repository": ("repositories", "source code"),
}
PAGES: Final[dict[str, tuple[str, ...]]] = {
    "controls": ("settings and switches", "what can I choose", "all opt-outs"),
    "data": ("what is collected", "categories of personal information", "list of data types"),
    "uses": ("purposes", "all things that information is used for"),
    "rules": ("my plan, my country, my age", "is it different for somebody like me"),
    "anonymisation": (
        "de-identification and pseudonymisation",
        "removing personal details and PII",
        "redaction of names, phone numbers and passwords",
        "aggregation and group size",
    ),
    "retention": (
        "retention periods",
        "storage time of each kind of data",
        "when is it deleted",
        "how many days, months or years is it stored",
        "is anything stored forever",
    ),
    "recipients": (
        "recipients and processors",
        "companies, vendors and partners that get data",
        "confidentiality duties of reviewers",
        "must others delete it as well",
    ),
    "safeguards": (
        "safeguards against bias and discrimination",
        "fairness tests",
        "constitution and limits of models",
    ),
    "check": ("evidence and audit", "proof that it is true", "how is this verified"),
    "changes": ("change log", "history of changes", "what is new"),
    "compare": ("difference between two versions", "redline of old and new text"),
    "words": ("glossary", "definitions", "what does a word mean"),
    "a-z": ("list of all questions",),
    "everything": ("print", "the whole policy as one document", "PDF"),
}


def asked(book: Book, page: Page) -> tuple[str, ...]:
    """Other wordings of the title of a page, each once."""
    kind, _, id_ = page.path.partition("/")
    if not id_:
        return PAGES.get(kind, ())
    makers = {"controls": _control, "uses": _use, "data": _data}
    return tuple(dict.fromkeys(makers[kind](book, id_))) if kind in makers else ()


def _control(book: Book, id_: str) -> Iterator[str]:
    control: Control = book.project.policy.controls[id_]
    yield f"turn off, disable, opt out of {control.name}"
    yield f"turn on, enable, allow {control.name}"
    if control.label:
        yield control.label
    for use, found in book.project.policy.uses.items():
        lines = [*found.applies, *(line for route in found.also.values() for line in route.applies)]
        if any(id_ in line.control for line in lines):
            yield from _use(book, use)


def _use(book: Book, id_: str) -> Iterator[str]:
    policy = book.project.policy
    use = policy.uses[id_]
    families = {policy.models[model].family for model in use.models}
    yield from SAFETY_MODELS if families == {"safety"} else PURPOSES[use.purpose]


def _data(book: Book, id_: str) -> Iterator[str]:
    data: Data = book.project.policy.data[id_]
    yield from data.examples
    yield from data.includes
    for form in data.form:
        yield from FORMS[form]
    for via in data.via:
        yield from VIA[via]
    if data.origin == "derived":
        yield "what is guessed or detected about me"
