"""Directions of the title block, data, events, uses, recipients, models and safeguards."""

from __future__ import annotations

from ...answers.terms import BASES, DUTIES, PURPOSES, RECIPIENTS, SOURCES
from .. import orders, taken
from ..lists import Keyed, several, statements
from ..orders import known, label, ladder, mixed, period, prose
from .model import ACTOR, NAME, SCOPE, Direction, Walk

_STEPS = "{Of}: we now also {after}."
_NO_STEPS = "{Of}: we no longer {before}."

DIRECTIONS: dict[str, dict[str, Direction]] = {
    "Header": {
        "service": Direction(prose, "the name of the service"),
        "version": Direction(label, "the version"),
        "effective": Direction(label, "the day from which it holds"),
        "language": Direction(label, "the language"),
        "controllers": Direction(Walk.CELLS, "who is responsible"),
        "documents": Direction(Walk.CELLS, "the list of legal texts"),
        "axes": Direction(Walk.AXES),
        "impossible": Direction(taken.impossible, "the combinations that nobody is in"),
        "told_by": Direction(several("more"), "the ways in which we tell you of a change"),
        "words": Direction(taken.by_key, "the word that explains a term"),
        "wrong": Direction(known(better=True), "where to tell us that something is wrong"),
    },
    "AxisValue": {"name": NAME, "of": SCOPE},
    "Controller": {
        "name": Direction(prose, "who is responsible"),
        "contact": Direction(prose, "the contact"),
        "representative": Direction(prose, "the representative"),
        "scope": SCOPE,
    },
    "Legal": {
        "name": Direction(prose, "the legal text"),
        "url": Direction(prose, "the address of the legal text"),
        "scope": SCOPE,
    },
    "Data": {
        "name": NAME,
        "origin": Direction(mixed(), "the origin"),
        "examples": Direction(prose, "the examples"),
        "includes": Direction(statements("fewer"), "the list of what counts"),
        "excludes": Direction(statements("more"), "the list of what does not count"),
        "unlike": Direction(label, "the list of its neighbours"),
        "from_": Direction(several(None, "data"), "the data that it is made from"),
        "visible_to": Direction(
            ladder("you", "group", "organisation", "public", words=ACTOR),
            "the circle that sees it in the product",
        ),
        "about": Direction(ladder("you", "both", "others"), "whom it is about"),
        "special": Direction(mixed(), "whether it is a special category"),
        "form": Direction(several(None), "the forms"),
        "via": Direction(several(None), "the ways in"),
        "dpv": Direction(label, "the term in the vocabulary"),
    },
    "Event": {
        "name": NAME,
        "by": Direction(
            ladder("you", "parent", "admin", ("us", "court", "anyone"), words=ACTOR),
            "the one who makes it happen",
        ),
        "takes": Direction(
            Keyed("data", "data", "weakens", {"reach": orders.reach}),
            "what we take",
            added="{Of}: we now take {after}.",
            removed="{Of}: we no longer take {before}.",
        ),
        "sets": Direction(taken.sets, "the choice that it sets"),
    },
    "Takes": {
        "data": SCOPE,
        "reach": Direction(orders.reach, "how far back we take"),
    },
    "Use": {
        "name": NAME,
        "purpose": Direction(mixed(PURPOSES), "the purpose"),
        "models": Direction(several("fewer", "models"), "the models"),
        "data": Direction(
            taken.data,
            added="{Of}: the data now includes {after}.",
            removed="{Of}: the data no longer includes {before}.",
        ),
        "reach": Direction(period("shorter", absent="weakest"), "the age of the data"),
        "never": Direction(
            Keyed(
                "data",
                "data",
                "strengthens",
                {"unless": taken.unless, "becomes": taken.becomes},
            ),
            "what is kept out",
            added="{Of}: {after} now stays out, whatever the route.",
            removed="{Of}: {before} is no longer promised to stay out.",
        ),
        "applies": Direction(Walk.CELLS),
        "also": Direction(Walk.ROUTES),
        "steps": Direction(several("more", "steps"), added=_STEPS, removed=_NO_STEPS),
        "recipients": Direction(
            several("fewer", "recipients"),
            added="{Of}: {after} now gets the data.",
            removed="{Of}: {before} no longer gets the data.",
        ),
        "basis": Direction(Walk.CELLS, "the legal basis"),
        "tell_before_change": Direction(
            period("longer", absent="weakest"), "the notice before a change"
        ),
    },
    "Line": {
        "state": Direction(taken.state, changed="{Of}: now {after}, before {before}."),
        "control": Direction(taken.control, changed="{Of}: now {after}, before {before}."),
        "why": Direction(prose, "the reason"),
        "scope": SCOPE,
    },
    "Route": {
        "name": NAME,
        "when": Direction(taken.event, "what opens this route"),
        "data": Direction(
            taken.data,
            added="{Of}: the data now includes {after}.",
            removed="{Of}: the data no longer includes {before}.",
        ),
        "applies": Direction(Walk.CELLS),
        "steps": Direction(taken.steps, added=_STEPS, removed=_NO_STEPS),
        "why": Direction(prose, "the reason"),
    },
    "Exclusion": {
        "data": SCOPE,
        "unless": Direction(taken.unless, "the event that lets it in"),
        "becomes": Direction(taken.becomes, "what it becomes"),
    },
    "Basis": {
        "basis": Direction(mixed(BASES), "the legal basis"),
        "interest": Direction(prose, "the interest"),
        "of": Direction(prose, "the holder of the interest"),
        "scope": SCOPE,
    },
    "Recipient": {
        "name": NAME,
        "kind": Direction(mixed(RECIPIENTS), "the kind of recipient"),
        "regions": Direction(several("fewer", empty="unsaid"), "the list of regions"),
        "must": Direction(several("more", words=DUTIES), "the duties"),
        "can": Direction(several("fewer"), "the things that it can do with the data"),
        "paid": Direction(
            ladder(False, True, words={True: "paid for", False: "not paid for"}), "the data"
        ),
        "deletion_reaches": Direction(
            ladder(True, False, words={True: "deleted there too", False: "not deleted there"}),
            "what you delete here",
        ),
    },
    "Model": {
        "name": NAME,
        "family": Direction(mixed(), "the family of models"),
        "sources": Direction(several("fewer", words=SOURCES), "the sources"),
        "collected": Direction(orders.window, "the time from which the data comes"),
        "serves": Direction(
            ladder("one-customer", "us", "everyone"), "the circle that the models serve"
        ),
    },
    "Safeguard": {
        "name": NAME,
        "against": Direction(mixed(), "the harm that it is against"),
        "kind": Direction(mixed(), "the kind of safeguard"),
        "uses": Direction(several("more", "uses"), "the uses that it protects"),
        "does": Direction(statements("more"), "what it does"),
        "cannot": Direction(prose, "what it cannot do"),
        "tested": Direction(known(better=True), "how it was tested"),
        "last_tested": Direction(orders.later, "the day of the last test"),
    },
    "Question": {
        "ask": Direction(prose, "the question"),
        "group": Direction(label, "the group"),
        "place": Direction(label, "the place in its group"),
        "paraphrases": Direction(label, "the other words that find it"),
        "about": Direction(label, "the list of what it is about"),
        "answer": Direction(prose, "the answer in our own words"),
        "left_out": Direction(known(better=False), "the reason why it is left out"),
    },
}
