"""What each question needs of a policy: which fact is missing, if one is.

A `check` asks this of every policy, so it costs no more than looking: no sentence is made here, and
nothing is imported that makes one. The modules of the questions ask it before they answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from ..policy.model import Policy
from ..proof.claims import Door, doors
from ..values import listed
from .terms import NOT_TRAINING, TRAINING

PLANS = ("plan", "tier")
REGIONS = ("region", "country", "market")
AGES = ("age", "age-group")
ACCOUNTS = ("account", "signed-in")
MODES = ("mode", "chat-mode")

OUTSIDE = ("upload", "connected-app", "web-page", "code-repository")
MEDIA = ("voice", "image", "video", "screen")
MADE = ("derived", "generated")
HERE = ("provided", "observed", "derived", "generated", "third-party")
ADS = ("advertising", "profiling")
SALE = ("sell-or-license",)
PERSONAL = ("personalise", "profiling")
OBJECTING = ("object", "withdraw", "opt-out-of-sale", "complain")
AGAINST_REPEATING = ("memorisation-test", "output-filter", "deduplication")
_RATING = re.compile(r"\b(rat(e|ed|es|ing|ings)|thumbs?|feedback|report(s|ed)?)\b")

A_TRAINING_USE = "a use with the purpose 'train-model'"
A_REFUSAL = "a control that somebody refuses"

Policies = Callable[[Policy], str]


def missing(id_: str, policy: Policy) -> str:
    """The fact that a question lacks, "" if it can be answered; own questions lack nothing."""
    return NEEDS[id_](policy) if id_ in NEEDS else ""


# -- what policies hold, without a word about it ------------------------------------------------


def all_doors(policy: Policy) -> Iterator[Door]:
    for use_id in policy.uses:
        yield from doors(policy, use_id)


def training(policy: Policy) -> list[str]:
    """The uses that train models: by their purpose, or because they name a model to train."""
    return [
        id_
        for id_, use in policy.uses.items()
        if use.purpose in TRAINING or (use.models and use.purpose not in NOT_TRAINING)
    ]


def open_training(policy: Policy) -> list[Door]:
    return [d for use in training(policy) for d in doors(policy, use) if not d.closed]


def refusable(policy: Policy) -> list[str]:
    """The controls by which somebody refuses."""
    lines = (line for door in all_doors(policy) for line in door.lines if line.state == "opt-out")
    return list(dict.fromkeys(c for line in lines for c in line.control))


def rates(policy: Policy, door: Door) -> bool:
    """Whether a route is opened by a reader who rates or reports."""
    event = policy.events.get(door.use.also[door.route].when) if door.route else None
    return event is not None and event.by == "you" and bool(_RATING.search(event.name))


def axis_of(policy: Policy, names: Collection[str]) -> str:
    """The first of these axes that the policy has."""
    axes = policy.header.axes if policy.header else {}
    return next((name for name in names if name in axes), "")


# -- what is missing, question by question --------------------------------------------------------


def _unless(found: object, fact: str) -> str:
    return "" if found else fact


def _axis(names: Collection[str]) -> Policies:
    first = next(iter(names))
    return lambda policy: _unless(axis_of(policy, names), f"an axis '{first}' (`policy.axes`)")


def _training(policy: Policy) -> str:
    return _unless(training(policy), A_TRAINING_USE)


def _refusal(policy: Policy) -> str:
    return _unless(refusable(policy), A_REFUSAL)


def _retention(policy: Policy) -> str:
    return _unless(policy.retention, "`retention`")


def _never_used(policy: Policy) -> str:
    opened = open_training(policy)
    if not training(policy) or not opened:
        return _training(policy)
    taken = {d for door in opened for d in door.data}
    return _unless(policy.data.keys() - taken, "`never` of a use that trains")


def _data(attribute: str, values: Collection[str], fact: str) -> Policies:
    """Some data with one of these values."""

    def found(policy: Policy) -> str:
        given = (getattr(data, attribute) for data in policy.data.values())
        each = ({value} if isinstance(value, str) else set(value) for value in given)
        return _unless(any(value & set(values) for value in each), fact)

    return found


def _purpose(policy: Policy, purposes: Collection[str]) -> bool:
    return any(use.purpose in purposes for use in policy.uses.values())


def _ads_or_sold(policy: Policy) -> str:
    paid = any(recipient.paid for recipient in policy.recipients.values())
    lacking = [
        *([] if _purpose(policy, ADS) else ["a use with the purpose 'advertising'"]),
        *([] if paid or _purpose(policy, SALE) else ["a use with the purpose 'sell-or-license'"]),
    ]
    return listed(lacking)


def _effect(policy: Policy) -> str:
    named = (policy.controls.get(id_) for id_ in refusable(policy))
    effects = [control for control in named if control and control.effect]
    return _unless(effects, "`effect` of a control that somebody refuses")


def _control(policy: Policy) -> str:
    named = any(line.control for door in all_doors(policy) for line in door.lines)
    return _unless(named, "a `control` that a line of a use names")


def _how(policy: Policy) -> str:
    return _unless(policy.uses, "a `control` that a line of a use names")


def _linked(policy: Policy) -> str:
    steps = any(step in policy.steps for door in all_doors(policy) for step in door.steps)
    copies = {row.copy_ for row in policy.retention.values()}
    linked = any(copy.linked for id_, copy in policy.copies.items() if id_ in copies)
    return _unless(steps or linked, "`relink` of a step, or `linked` of a copy")


def _people(policy: Policy) -> str:
    found = policy.recipients or _purpose(policy, ("human-review",))
    return _unless(found, "a recipient of the kind 'staff' or 'contractor'")


def _take_out(policy: Policy) -> str:
    uses = training(policy)
    every = [door for use in uses for door in doors(policy, use)]
    if every and all(door.closed for door in every):
        return ""
    named = {c for door in every for line in door.lines for c in line.control}
    effects = [c for c in named if c in policy.controls and policy.controls[c].effect]
    return _unless(effects, "`effect.refusing.trained` of a control over training")


def _right(kinds: Collection[str], fact: str) -> Policies:
    return lambda policy: _unless([r for r in policy.rights.values() if r.right in kinds], fact)


def _work(policy: Policy) -> str:
    admins = any(control.by == "admin" for control in policy.controls.values())
    seen = any(r.kind == "your-organisation" for r in policy.recipients.values())
    shown = any(data.visible_to == "organisation" for data in policy.data.values())
    fact = "a control by an admin, or data that is `visible-to: organisation`"
    return _unless(admins or seen or shown, fact)


def _non_users(policy: Policy) -> str:
    others = any(data.about != "you" for data in policy.data.values())
    public = any("public-web" in model.sources for model in policy.models.values())
    rights = any(right.who == "non-users" for right in policy.rights.values())
    fact = "data that is `about: others`, the `sources` of a model, or a right of 'non-users'"
    return _unless(others or public or rights, fact)


def _deadline(policy: Policy) -> str:
    asked = (a for control in policy.controls.values() for a in control.asked)
    return _unless(any(a.no_answer for a in asked), "`asked` of a control, with its `no-answer`")


def _repeat(policy: Policy) -> str:
    if training(policy) and not open_training(policy):
        return ""
    guarded = any(guard.against == "memorisation" for guard in policy.safeguards.values())
    tested = any(step.technique in AGAINST_REPEATING for step in policy.steps.values())
    fact = "a safeguard against 'memorisation', or a step that tests, filters or deduplicates"
    return _unless(guarded or tested, fact)


def _stored(policy: Policy) -> str:
    lacking = [copy.name for copy in policy.copies.values() if not copy.regions]
    if not policy.copies or len(lacking) == len(policy.copies):
        return "`regions` of a copy"
    return f"`regions` of {listed(lacking)}" if lacking else ""


def _changes(policy: Policy) -> str:
    told = any(use.tell_before_change for use in policy.uses.values())
    header = policy.header
    if not told:
        return "`tell-before-change` of a use"
    return _unless(header and header.told_by, "`policy.told-by`")


def _bound(policy: Policy) -> str:
    return _unless(
        policy.bindings and policy.bindings.files, "`bindings` with the pipeline's files"
    )


NEEDS: dict[str, Policies] = {
    "used-for-training": _training,
    "what-counts": _data("origin", HERE, "the kinds of data (`data`)"),
    "never-used": _never_used,
    "connected-and-uploads": _data("via", OUTSIDE, "`via` of data, such as 'upload'"),
    "voice-and-images": _data("form", MEDIA, "`form` of data, such as 'voice' or 'image'"),
    "inferred-data": _data("origin", MADE, "data of the origin 'derived' or 'generated'"),
    "sources": lambda p: _unless(
        any(model.sources for model in p.models.values()), "`sources` of a model"
    ),
    "other-purposes": lambda p: _unless(p.uses, "the uses of data (`uses`)"),
    "kinds-of-model": lambda p: _unless(p.models, "the models that are trained (`models`)"),
    "ads-or-sold": _ads_or_sold,
    "personalised": lambda p: _unless(
        _purpose(p, PERSONAL), "a use with the purpose 'personalise'"
    ),
    "legal-basis": lambda p: _unless(any(use.basis for use in p.uses.values()), "`basis` of a use"),
    "by-plan": _axis(PLANS),
    "work-or-school": _work,
    "by-region": _axis(REGIONS),
    "signed-out": _axis(ACCOUNTS),
    "children-and-teens": _axis(AGES),
    "non-users": _non_users,
    "on-by-default": _control,
    "how-to-switch-off": _how,
    "when-choice-takes-effect": _effect,
    "choice-follows-me": _refusal,
    "what-i-lose": _refusal,
    "still-used-after-refusal": _refusal,
    "rating": lambda p: _unless(
        any(rates(p, door) and not door.closed for door in all_doors(p)),
        "an event of a reader who rates, which opens a route",
    ),
    "private-chats": _axis(MODES),
    "deadline": _deadline,
    "anonymised": lambda p: _unless(
        any(not door.closed for door in all_doors(p)), "a use with data"
    ),
    "linked-back": _linked,
    "could-repeat": _repeat,
    "people-read": _people,
    "who-else-gets-it": lambda p: _unless(p.recipients, "the recipients of data (`recipients`)"),
    "where-stored": _stored,
    "how-long": _retention,
    "after-deletion": _retention,
    "take-out-of-model": _take_out,
    "my-rights": lambda p: _unless(p.rights, "`rights`"),
    "object-or-complain": _right(OBJECTING, "a right to 'object' or to 'complain' (`rights`)"),
    "sensitive-information": lambda p: _unless(p.uses, "the uses of data (`uses`)"),
    "what-changed": _changes,
    "how-to-check": _bound,
    "learned-bias": lambda p: _unless(
        any(guard.against == "bias" for guard in p.safeguards.values()),
        "a safeguard against 'bias' (`safeguards`)",
    ),
    "who-is-responsible": lambda p: _unless(
        p.header and p.header.controllers, "`policy.controllers`"
    ),
}
