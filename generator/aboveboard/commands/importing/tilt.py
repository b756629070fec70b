"""TILT: what Articles 12 to 15 of the GDPR ask for, as the schema of TU Berlin has it."""

from __future__ import annotations

import re
from typing import Any, Final

from ...policy.types import is_link, iso_date
from ...source import Document, KeyPath
from ...values import Duration
from .draft import Draft, period
from .fides import kept
from .taker import Taker

NAME: Final = "TILT"
# By a word of a purpose; what has none is asked.
PURPOSES: Final = (
    ("train-model", r"\btrain|machine learning|\bAI\b|\bKI\b"),
    ("profiling", r"profil"),
    ("advertising", r"advert|marketing|werbung|newsletter"),
    ("analytics", r"analy|statisti|measur|reichweite"),
    ("safety-and-abuse", r"secur|fraud|abuse|sicherheit|betrug|missbrauch"),
    ("legal-duty", r"legal|\btax|\blaw|gesetz|steuer|rechtlich"),
    ("support", r"support|help|customer service|kundendienst"),
    ("personalise", r"personal|recommend|empfehl"),
    ("research", r"research|forschung|wissenschaft"),
    ("improve-service", r"improv|develop|verbesser|entwickl"),
    ("contact", r"contact|communicat|kontakt|kommunikation"),
    ("provide-service", r"provi|order|deliver|contract|account|pay|ship|bestell|vertrag|liefer"),
)
ARTICLES: Final = {
    "6-1-a": "consent",
    "6-1-b": "contract",
    "6-1-c": "legal-obligation",
    "6-1-d": "vital-interests",
    "6-1-e": "public-interest",
    "6-1-f": "legitimate-interests",
    "9-2-a": "explicit-consent",
    "9-2-j": "research",
}
RIGHTS: Final = {
    "accessAndDataPortability": ("access", "port"),
    "rightToInformation": ("access",),
    "rightToRectificationOrDeletion": ("correct", "erase"),
    "rightToDataPortability": ("port",),
    "rightToWithdrawConsent": ("withdraw",),
    "rightToComplain": ("complain",),
}
REASONS: Final = {
    "nonDisclosure": "no word for what happens if data is not given",
    "purposeConditional": "write it as `until` an event",
    "legalBasisConditional": "write it as `until` an event",
    "thirdCountryTransfers": "write it as `regions` of a recipient",
    "automatedDecisionMaking": "answer it in `questions`",
    "changesOfPurpose": "write it into `changes`",
    "_id": "a policy has ids of its own",
    "_hash": "releases have digests of their own",
    "identificationEvidences": "write it into `limits` of the right",
}


def recognises(document: Document) -> bool:
    """Whether it has the parts that no other format has."""
    data = document.data
    return (
        isinstance(data, dict)
        and "dataDisclosed" in data
        and {"meta", "controller"} & data.keys() != set()
    )


def read(taker: Taker, draft: Draft) -> None:
    """Puts what a document says into a draft."""
    _meta(taker, draft)
    _controller(taker, draft)
    for path in taker.items("sources"):
        _source(taker, draft, path)
    for path in taker.items("dataDisclosed"):
        _disclosed(taker, draft, path)
    for name, rights in RIGHTS.items():
        _right(taker, draft, name, rights)


def _meta(taker: Taker, draft: Draft) -> None:
    draft.header["service"] = taker.text("meta", "name") or taker.text("controller", "name")
    version = taker.at(("meta", "version"))
    if isinstance(version, int | str) and not isinstance(version, bool) and str(version).strip():
        taker.take("meta", "version")
        draft.header["version"] = str(version)
    modified = taker.at(("meta", "modified"))
    if isinstance(modified, str):
        try:
            draft.header["effective"] = iso_date(modified[:10]).isoformat()
            taker.take("meta", "modified")
        except ValueError:
            taker.leave("it does not begin with a date such as 2026-12-01", "meta", "modified")
    if taker.at(("meta", "language")):
        taker.leave("write it as `language` if the words are not English", "meta", "language")
    if link := _link(taker, "meta", "url"):
        draft.header["documents"] = [{"name": "Privacy policy", "url": link}]
    if taker.at(("meta", "status")) == "active":
        taker.take("meta", "status")


def _link(taker: Taker, *path: str | int) -> str:
    said = taker.text(*path)
    try:
        return is_link(said) if said else ""
    except ValueError:
        taker.leave("it is no link such as https://example.org", *path)
        return ""


def _controller(taker: Taker, draft: Draft) -> None:
    name = taker.text("controller", "name") or draft.header["service"]
    contact = taker.text("dataProtectionOfficer", "email")
    contact = contact or taker.text("controller", "representative", "email")
    if name and contact:
        stands_in = taker.text("controller", "representative", "name")
        more = {"representative": stands_in} if stands_in else {}
        draft.header["controllers"] = [{"name": name, "contact": contact, **more}]


def _source(taker: Taker, draft: Draft, path: KeyPath) -> None:
    """Where data comes from that people did not give themselves."""
    category = taker.text(*path, "dataCategory")
    if not category:
        return
    public = [taker.yes(*inner, "publiclyAvailable") for inner in taker.items(*path, "sources")]
    data = _data(draft, category)
    draft.of("data")[data]["origin"] = "public" if public and all(public) else "third-party"


def _data(draft: Draft, category: str) -> str:
    asked = "What do people call this, and where does it come from?"
    return draft.named("data", category, asked, name=category, origin="provided")


def _disclosed(taker: Taker, draft: Draft, path: KeyPath) -> None:
    category = taker.text(*path, "category")
    if not category:
        return
    data = _data(draft, category)
    uses = [_use(taker, draft, inner, data) for inner in taker.items(*path, "purposes")]
    bases = list(_bases(taker, path))
    who = [
        r for inner in taker.items(*path, "recipients") if (r := _recipient(taker, draft, inner))
    ]
    for use in filter(None, uses):
        for basis in bases:
            draft.append("uses", use, "basis", basis)
        for other in who:
            draft.append("uses", use, "recipients", other)
    _storage(taker, draft, path, data)


def _use(taker: Taker, draft: Draft, path: KeyPath, data: str) -> str:
    said = taker.text(*path, "purpose")
    if not said:
        return ""
    fits = next((p for p, words in PURPOSES if re.search(words, said, re.IGNORECASE)), None)
    asked = "Say this with -ing. Can people refuse it? TILT does not say."
    if fits is None:
        asked = "What is it for? Nothing in these words says so. Can people refuse it?"
    use = draft.named(
        "uses",
        said,
        asked,
        name=f"using data for {said}",
        purpose=fits or "provide-service",
        data=[],
        applies={"state": "always"},
    )
    draft.append("uses", use, "data", data)
    return use


def _bases(taker: Taker, path: KeyPath) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for inner in taker.items(*path, "legalBases"):
        said = taker.text(*inner, "reference")
        article = re.fullmatch(r"(?:GDPR|DSGVO)-(?:Art-?)?(\d+-\d+-[a-z])", said, re.IGNORECASE)
        basis = ARTICLES.get(article[1].lower()) if article else None
        if basis:
            found.append({"basis": basis})
        elif said:
            taker.leave("no word for this basis", *inner, "reference")
    for inner in taker.items(*path, "legitimateInterests"):
        why = taker.text(*inner, "reasoning")
        if taker.yes(*inner, "exists") and why:
            found = [b for b in found if b != {"basis": "legitimate-interests"}]
            found.append({"basis": "legitimate-interests", "interest": why})
    return found


def _recipient(taker: Taker, draft: Draft, path: KeyPath) -> str:
    name = taker.text(*path, "name")
    category = taker.text(*path, "category")
    said = f"{name} ({category})" if name and category else name or category
    if not said:
        return ""
    country = taker.text(*path, "country")
    if country and not re.fullmatch(r"[A-Z]{2}", country):
        taker.leave("it is no country code such as DE", *path, "country")
        country = ""
    more = {"regions": [country]} if country else {}
    asked = "Who is this, and what are they to you?"
    return draft.named("recipients", said, asked, name=said, kind="third-party", **more)


def _storage(taker: Taker, draft: Draft, path: KeyPath, data: str) -> None:
    """How long data is stored: the longest time, or the shortest if the document says so."""
    for inner in taker.items(*path, "storage"):
        found = []
        for row in taker.items(*inner, "temporal"):
            said = taker.text(*row, "ttl")
            time = period(said)
            if time:
                found.append(Duration.parse(time))
            elif said:
                taker.leave("it is no duration such as P2Y", *row, "ttl")
        how = taker.text(*inner, "aggregationFunction")
        if how and how not in ("max", "min"):
            taker.leave("only max and min are read", *inner, "aggregationFunction")
        if found:
            kept(draft, "our servers", [data], (min if how == "min" else max)(found).text)


def _right(taker: Taker, draft: Draft, name: str, rights: tuple[str, ...]) -> None:
    if not isinstance(taker.at((name,)), dict):
        return
    if taker.at((name, "available")) is not True:
        taker.leave("it says that there is no such right", name)
        return
    taker.take(name, "available")
    do = taker.text(name, "description")
    address = taker.text(name, "email")
    link = _link(taker, name, "url")
    steps = [step for step in (do, f"Write to {address}" if address else "") if step]
    if not steps and not link:
        return
    how: dict[str, Any] = {"do": steps or ["Open the form"], **({"url": link} if link else {})}
    for right in rights:
        asked = "Is this how people ask for it, and how long does an answer take?"
        id_ = draft.named("rights", right, asked, right=right, how=[])
        draft.append("rights", id_, "how", how)
