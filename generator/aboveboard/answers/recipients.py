"""Sentences about those who get data: who they are, for what, and what they must do."""

from __future__ import annotations

from .facts import Facts
from .model import Sentence
from .terms import DUTIES, PEOPLE, RECIPIENTS
from .wording import series, some, upper

# ISO 3166 codes of places that policies name often; others are shown as written.
_PLACES = {
    "AT": "Austria", "AU": "Australia", "BE": "Belgium", "BR": "Brazil", "CA": "Canada",
    "CH": "Switzerland", "CN": "China", "CZ": "Czechia", "DE": "Germany", "DK": "Denmark",
    "ES": "Spain", "EU": "the European Union", "FI": "Finland", "FR": "France",
    "GB": "the United Kingdom", "HK": "Hong Kong", "ID": "Indonesia", "IE": "Ireland",
    "IL": "Israel", "IN": "India", "IT": "Italy", "JP": "Japan", "KR": "South Korea",
    "LU": "Luxembourg", "MX": "Mexico", "NL": "the Netherlands", "NO": "Norway",
    "NZ": "New Zealand", "PH": "the Philippines", "PL": "Poland", "PT": "Portugal",
    "RO": "Romania", "SE": "Sweden", "SG": "Singapore", "TW": "Taiwan",
    "US": "the United States", "ZA": "South Africa",
}  # fmt: skip


def places(codes: list[str]) -> str:
    """Like "Ireland and the United States"."""
    return series(_PLACES.get(code.upper(), code) for code in codes)


def shows(facts: Facts, use_id: str, recipient_id: str) -> Sentence:
    """Like "We share your chats with Example Cloud for answering you."."""
    use = facts.policy.uses[use_id]
    recipient = facts.policy.recipients[recipient_id]
    data = list(
        dict.fromkeys(d for door in facts.of_use(use_id) if not door.closed for d in door.data)
    )
    what, who = some(facts.data(data)), recipient.name
    verb = f"We show {what} to {who}" if recipient.kind in PEOPLE else f"We share {what} with {who}"
    return facts.say(
        f"{verb}, for {use.name}." if "," in who else f"{verb} for {use.name}.",
        "recipients",
        recipient_id,
        claims=[c for d in data for c in facts.about("recipients-declared", data=d)],
        link="recipients",
    )


def about(facts: Facts, recipient_id: str) -> list[Sentence]:
    """What kind of recipient it is, where, and what it must and must not do."""
    recipient = facts.policy.recipients[recipient_id]
    at = ("recipients", recipient_id)
    said = [facts.say(f"{RECIPIENTS[recipient.kind]}.", *at, "kind")]
    uses = [u for u in facts.opened if recipient_id in facts.policy.uses[u].recipients]
    said += [shows(facts, use, recipient_id) for use in uses]
    if uses:
        names = series(facts.name("uses", use) for use in uses)
        text = f"It gets data for {names} only."
        if recipient.kind in PEOPLE:
            text = f"They see data for {names} only."
        said.append(facts.say(text, *at))
    if recipient.can:
        able = series(recipient.can)
        text = f"{upper(recipient.name)} can {able} this data."
        said.append(facts.say(text, *at, "can"))
    if recipient.regions:
        data = [d for u in uses for d in facts.policy.uses[u].data]
        claims = [c for d in data for c in facts.about("recipients-declared", data=d)]
        text = f"Your data goes to {places(recipient.regions)}."
        said.append(facts.say(text, *at, "regions", claims=claims))
    for index, duty in enumerate(recipient.must):
        start = "They" if recipient.kind in PEOPLE else "It"
        said.append(facts.say(f"{start} must {DUTIES[duty]}.", *at, "must", index))
    if recipient.paid:
        said.append(facts.say("We are paid for this.", *at, "paid"))
    if not recipient.deletion_reaches:
        text = "If you delete data with us, they keep their copy."
        said.append(facts.say(text, *at, "deletion-reaches"))
    return said


def title(facts: Facts, recipient_id: str) -> str:
    return upper(facts.name("recipients", recipient_id))
