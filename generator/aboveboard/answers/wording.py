"""Plain words for values of the policy: lists, periods, days, states, and who decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..policy.axes import CHOICE
from ..policy.choices import Control
from ..policy.entities import State
from ..values import Duration, listed
from .terms import ACTORS

# A list that is longer than this is cut in a short answer, and whole in the details.
FEW = 3


def upper(text: str) -> str:
    """With a capital at the start; the rest as it is."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """With a small letter at the start, unless the word is an abbreviation or a lone I."""
    first = text.split(" ", 1)[0]
    return text if first[1:] != first[1:].lower() or first == "I" else text[:1].lower() + text[1:]


def quoted(label: str) -> str:
    """A label in curly quotes, as the product shows it."""
    return f"“{label}”"


def day(when: date) -> str:
    """`1 December 2026`."""
    return f"{when.day} {when:%B %Y}"


def period(text: str) -> str:
    """A duration in words; `at once` for none."""
    return Duration.parse(text).words()


def within(text: str) -> str:
    """As in "within 24 hours"; "at once"."""
    words = period(text)
    return words if words == "at once" else f"within {words}"


def last(text: str) -> str:
    """As in "the last 24 hours", "the last day"."""
    return f"the last {period(text).removeprefix('1 ') if ',' not in text else period(text)}"


def some(names: Iterable[str], most: int = FEW, joiner: str = "and") -> str:
    """A list of names; of a long one the first, and how many others there are."""
    items = list(names)
    if len(items) <= most:
        return series(items, joiner)
    left = len(items) - most + 1
    return series([*items[: most - 1], f"{number(left)} other kinds of data"], joiner)


def series(names: Iterable[str], joiner: str = "and") -> str:
    """A list; with semicolons if a name has a comma in it."""
    items = list(names)
    if len(items) < 2 or not any("," in item for item in items):
        return listed(items, joiner)
    return f"{'; '.join(items[:-1])}; {joiner} {items[-1]}"


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def for_whom(who: str) -> str:
    """As in "for Free"; "with training allowed" and "collected before 2024" need no "for"."""
    return who if who.startswith(("with ", "collected ", "before ", "from ")) else f"for {who}"


def number(count: int) -> str:
    """A small number as a word."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def sentence(text: str) -> str:
    """An author's words as a sentence: a capital and one full stop."""
    return upper(stopped(text))


def stopped(text: str) -> str:
    """With one full stop: "Example AI Inc." has it already."""
    ended = text.rstrip()
    return ended if ended.endswith((".", "!", "?", "…", ".”")) else f"{ended}."


# -- who decides, and how ------------------------------------------------------------------


def _verb(control: Control, allow: bool) -> tuple[str, str]:
    """What one does to a control: after "you", and after "your admin"."""
    if control.kind == "prompt":
        return ("say yes", "says yes") if allow else ("say no", "says no")
    if control.kind == "switch" and control.label_says == "the-permission":
        way = "on" if allow else "off"
        return f"switch it {way}", f"switches it {way}"
    if control.kind == "upgrade" and not allow:
        return "upgrade", "upgrades"
    return ("allow it", "allows it") if allow else ("refuse", "refuses")


def acts(controls: Iterable[Control], *, allow: bool) -> str:
    """As in "you switch it off", "your admin allows it", "you or your admin refuse"."""
    found = list(controls)
    actors = list(dict.fromkeys(c.by for c in found)) or ["you"]
    verbs = list(dict.fromkeys(_verb(c, allow) for c in found))
    plain, third = verbs[0] if len(verbs) == 1 else (
        ("allow it", "allows it") if allow else ("refuse", "refuses")
    )  # fmt: skip
    who = listed((ACTORS[actor] for actor in actors), "or")
    return f"{who} {plain if actors[-1] in ('you', 'us') else third}"


def state_words(state: State, controls: Iterable[Control]) -> str:
    """Whether it happens in this state: the answer word, and what limits it."""
    controls = list(controls)
    match state:
        case "never":
            return "No."
        case "always":
            return "Yes, and no switch stops it."
        case "opt-out" if controls and {c.kind for c in controls} == {"workaround"}:
            return "Yes. There is no switch, only a way around."
        case "opt-out":
            return f"Yes, unless {acts(controls, allow=False)}."
        case "opt-in":
            return f"No, unless {acts(controls, allow=True)}."
        case "ask":
            return f"Only if {acts(controls, allow=True)}, each time."


_AXES = {
    "plan": "your plan",
    "product": "the product",
    "region": "where you live",
    "country": "where you live",
    "age": "your age",
    "account": "your account",
    "mode": "the mode",
    "channel": "how you reach us",
    "platform": "your device",
    "collected": "when we got the data",
    "in-force": "the date",
}


def in_force(effective: date, on: date) -> str:
    """Like "in force since 1 December 2026", or "from" on a day before."""
    return f"in force {'since' if effective <= on else 'from'} {day(effective)}"


def depends(axes: Iterable[str]) -> str:
    """As in "your plan and your age"."""
    said = (
        "your choices" if axis.startswith(CHOICE) else _AXES.get(axis, f"your {_plain(axis)}")
        for axis in axes
    )
    return listed(dict.fromkeys(said))


def _plain(id_: str) -> str:
    return id_.replace("-", " ")


def path(do: list[str]) -> str:
    """The clicks as one sentence without its full stop: "Open Settings, choose Privacy"."""
    items = [text.rstrip(".") for text in do]
    if not all(item.split(" ", 1)[0] in _IMPERATIVES for item in items):
        return ", ".join(items)
    rest = [lower(item) for item in items[1:]]
    if not rest:
        return items[0]
    return f"{', '.join([items[0], *rest[:-1]])}, then {rest[-1]}"


_IMPERATIVES = frozenset(
    (
        *("Open", "Choose", "Tap", "Click", "Switch", "Turn", "Go", "Select", "Press", "Untick"),
        *("Tick", "Write", "Send", "Ask", "Say", "Answer", "Sign", "Find", "Scroll", "Fill"),
        *("Enter", "Pick", "Set", "Delete", "Confirm", "Call", "Log", "Use", "Allow", "Close"),
    )
)


def rate(value: float, unit: str = "") -> str:
    """A share as "1 record of 2,000", or "97 of 100"."""
    if 0 < value < 0.5 and abs(1 / value - round(1 / value)) < 1e-6:
        return f"1 {unit}of {round(1 / value):,}"
    return f"{value * 100:g} {unit and 'records '}of 100"
