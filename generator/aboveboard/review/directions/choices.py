"""Directions of controls, steps, copies, retention and rights."""

from __future__ import annotations

from ...answers.terms import RIGHTS, SPREADS
from ...policy.choices import LARGER_PROTECTS, Keep
from .. import orders, steps, taken
from ..lists import Keyed, numbers, several, statements
from ..orders import known, ladder, mixed, nothing_but, period, prose
from .model import ACTOR, NAME, SCOPE, Direction, Walk

_STOPS = {"stops": "stopped", "continues": "not stopped", "erased": "stopped and the data erased"}
_TRAINED = {"removed": "removed", "continues": "left as it is"}
_STARTS = {"stays-out": "still left out", "starts": "started"}

DIRECTIONS: dict[str, dict[str, Direction]] = {
    "Control": {
        "name": NAME,
        "label": Direction(prose, "the label"),
        "label_says": Direction(
            ladder("the-permission", "the-refusal", "something-else"), "what the label names"
        ),
        "kind": Direction(
            ladder(
                ("prompt", "signal", "switch"),
                "form",
                "e-mail",
                "ticket",
                "contract",
                "upgrade",
                "workaround",
            ),
            "the way to refuse",
        ),
        "by": Direction(ladder("you", "parent", "admin", "us", words=ACTOR), "the one who decides"),
        "scope": Direction(
            taken.scope,
            added="{Of}: it is now open to {after}.",
            removed="{Of}: it is no longer open to {before}.",
        ),
        "how": Direction(Walk.CELLS, "the way to it"),
        "needs": Direction(
            ladder(
                "nothing",
                "an-account",
                "a-linked-account",
                "identity-check",
                "a-reason",
                "approval",
            ),
            "what it needs",
        ),
        "costs": Direction(nothing_but("nothing"), "what a refusal costs"),
        "side_effects": Direction(nothing_but("none"), "what else a refusal does"),
        "effect": Direction(Walk.PART, "the effect"),
        "takes_effect": Direction(period("shorter"), "the delay"),
        "spreads_to": Direction(
            ladder(
                "organisation",
                "linked-accounts",
                "account",
                "device",
                ("browser", "item"),
                words=SPREADS,
            ),
            "the reach of a choice",
        ),
        "lasts": Direction(orders.lasts, "the time for which a choice holds"),
        "asked": Direction(Walk.CELLS, "the moment of asking"),
        "earlier": Direction(
            Keyed(
                "choice",
                "",
                "unclear",
                {"kept": ladder("refused", "as-it-was", "asked-again", "allowed")},
            ),
            "what became of earlier choices",
        ),
        "locks": Direction(several("fewer", "controls"), "the choices that it decides"),
        "ends": Direction(several("fewer", "uses"), "the uses that a refusal ends"),
    },
    "Effect": {
        "refusing": Direction(Walk.PART, "the effect of a refusal"),
        "allowing": Direction(Walk.PART, "the effect of allowing"),
    },
    "Refusing": {
        "future": Direction(
            ladder("stops", "continues", words=_STOPS), "after a refusal, use of new data"
        ),
        "stored": Direction(
            ladder("erased", "stops", "continues", words=_STOPS),
            "after a refusal, use of data already held",
        ),
        "running": Direction(
            ladder("stops", "continues", words=_STOPS), "after a refusal, training under way"
        ),
        "trained": Direction(
            ladder("removed", "continues", words=_TRAINED),
            "after a refusal, data in models that exist",
        ),
    },
    "Allowing": {
        "future": Direction(mixed(), "once allowed, use of new data"),
        "stored": Direction(
            ladder("stays-out", "starts", words=_STARTS), "once allowed, use of data from before"
        ),
    },
    "How": {
        "do": Direction(
            taken.clicks, "the way", "{Of}: {fact} is now “{after}”, before “{before}”."
        ),
        "url": Direction(prose, "the link"),
        "scope": SCOPE,
    },
    "Way": {
        "do": Direction(
            taken.clicks, "the way", "{Of}: {fact} is now “{after}”, before “{before}”."
        ),
        "url": Direction(prose, "the link"),
        "to": Direction(mixed(), "the position that the way leads to"),
        "scope": SCOPE,
    },
    "Asked": {
        "where": Direction(mixed(), "the place of asking"),
        "preset": Direction(ladder("refused", "none", "allowed"), "the preset answer"),
        "deadline": Direction(orders.later, "the last day to answer"),
        "no_answer": Direction(ladder("refused", "locked-out", "allowed"), "what no answer means"),
        "scope": SCOPE,
    },
    "Earlier": {
        "choice": SCOPE,
        "kept": Direction(
            ladder("refused", "as-it-was", "asked-again", "allowed"), "what became of it"
        ),
    },
    "Step": {
        "name": NAME,
        "technique": Direction(steps.technique, "the technique"),
        "data": Direction(several("more", "data", empty="all"), "the data that it works on"),
        "entities": Direction(several("more"), "the details that it looks for"),
        "parameters": Direction(numbers(LARGER_PROTECTS), "the setting"),
        "detector": Direction(prose, "the tool"),
        "stage": Direction(
            ladder(
                "before-storage",
                "before-review",
                "before-training",
                "before-sharing",
                "before-publication",
            ),
            "the stage",
        ),
        "strength": Direction(steps.strength, "the word that we use for its strength"),
        "relink": Direction(
            Keyed("by", "", "weakens", {"for_": several("fewer", "uses"), "why": prose}),
            "those who can link it to a person again",
        ),
        "never_joined_with": Direction(
            several("more", "data"), "the data that it stays apart from"
        ),
        "per": Direction(mixed(), "the whole that a sampling rate counts"),
        "done_by": Direction(mixed(), "who or what does it"),
        "re_identify": Direction(
            ladder("never", "if-law-permits", None), "the rule on tying it to a person again"
        ),
        "on_failure": Direction(ladder(("drop", "stop"), "pass"), "what happens on a failure"),
        "afterwards": Direction(
            ladder("still-covered", "leaves-policy"), "the place of the result in this policy"
        ),
        "limits": Direction(prose, "what it does not reach"),
        "tested": Direction(known(better=True), "how it was tested"),
    },
    "Relink": {
        "by": SCOPE,
        "for_": Direction(several("fewer", "uses"), "the uses to link again for"),
        "why": Direction(prose, "the reason to link again"),
    },
    "Copy": {
        "name": NAME,
        "holder": Direction(mixed(), "the holder"),
        "linked": Direction(
            ladder(False, True, words={True: "tied to your account", False: "not tied to you"}),
            "what lies there",
        ),
        "regions": Direction(several("fewer", empty="unsaid"), "the list of regions"),
    },
    "Retention": {
        "data": SCOPE,
        "copy_": SCOPE,
        "scope": SCOPE,
        "when": SCOPE,
        "keep": Direction(Walk.PART, unsaid=Keep.model_construct(default="no-limit")),
        "until": Direction(
            several("more", "events"),
            added="{In}, {of} now goes earlier when {after}.",
            removed="{In}, {of} no longer goes earlier when {before}.",
        ),
        "then": Direction(
            period("shorter", absent="strongest"),
            changed="{In}, {of} is now erased within {after} of that event, before {before}.",
        ),
        "why": Direction(prose, "the reason"),
    },
    "Keep": {
        "default": Direction(
            taken.kept, changed="{In}, we now keep {of} {after}, before {before}."
        ),
        "options": Direction(
            taken.options,
            added="{In}, for {of} you can now also choose {after}.",
            removed="{In}, for {of} you can no longer choose {before}.",
        ),
        "up_to": Direction(period("shorter"), "the longest time that can be chosen"),
        "by": Direction(
            ladder("you", "parent", "admin", "us", words=ACTOR), "the one who sets the time"
        ),
    },
    "Right": {
        "right": Direction(mixed(RIGHTS), "the right"),
        "scope": Direction(
            taken.scope,
            added="{Of}: it is now open to {after}.",
            removed="{Of}: it is no longer open to {before}.",
        ),
        "who": Direction(ladder("everyone", ("users", "non-users")), "those who have it"),
        "how": Direction(Walk.CELLS, "the way to it"),
        "answer_within": Direction(period("shorter", absent="weakest"), "the time to answer"),
        "weighed": Direction(statements("fewer"), "the reasons to refuse"),
        "limits": Direction(statements("fewer"), "what it does not reach"),
        "except_": Direction(several("fewer", "models copies"), "the things that it cannot reach"),
    },
}
