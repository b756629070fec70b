"""The processor `redaction`: keys that are allowed, and values that are masked.

From processor/redactionprocessor of opentelemetry-collector-contrib 0.164. Ignored keys come
first, then keys that are not allowed are removed, then allowed values are spared, then keys and
values that are blocked are masked. Nothing in it fails. Only texts are masked, unless
`redact_all_types` is set. Names of spans and attributes of links are never looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ....source import KeyPath
from ....values import listed
from ...graph import UNKNOWN, Fact, Setting, Step
from .attributes import within
from .chain import Chain, Component, Rule
from .config import Config
from .fields import OWN, RECORD, keys_of
from .patterns import BadPattern, Found, covered, finds, touches
from .versions import REDACTS_ALL_SIGNALS, REDACTS_BODIES, REDACTS_EVENTS, REDACTS_SCOPES

KEYS: Final = (
    "allow_all_keys",
    "allowed_keys",
    "allowed_values",
    "blocked_key_patterns",
    "blocked_values",
    "db_sanitizer",
    "hash_function",
    "hmac_key",
    "ignored_key_patterns",
    "ignored_keys",
    "redact_all_types",
    "skip_conditions",
    "summary",
    "url_sanitizer",
)
MOST_TRIED: Final = 2000  # patterns of one configuration
_KEYED: Final = ("hmac-sha256", "hmac-sha512")
_MEANT: Final = {
    "allowed_value_patterns": "allowed_values",
    "blocked_keys": "blocked_key_patterns",
    "blocked_patterns": "blocked_values",
    "blocked_value_patterns": "blocked_values",
    "blocked_values_patterns": "blocked_values",
}
# Attributes that the processor writes by itself, and so always allows.
_SUMMARY: Final = tuple(
    f"redaction.{what}"
    for what in (
        "redacted.keys", "redacted.count", "masked.keys", "masked.count", "allowed.keys",
        "allowed.count", "ignored.count",
    )
)  # fmt: skip


def add_redaction(chain: Chain, component: Component) -> None:
    """Up to three steps: the keys that go, the values that are masked, the keys that are masked."""
    config, path = chain.config, component.path
    config.check(path, KEYS, "redaction", _MEANT)
    if chain.signal != "traces" and REDACTS_ALL_SIGNALS.since(config.version) is False:
        message = f"redaction takes only traces before 0.111, and stands in '{chain.pipeline}'"
        config.find(path, message)
    redactor = _Redactor(chain, component)
    if redactor.unread is not None:
        chain.opaque(component.id, redactor.unread)
        return
    before = len(chain.steps)
    redactor.keys()
    redactor.values()
    redactor.masked_keys()
    if len(chain.steps) == before:
        chain.add(component.id, "copy", config.fact(path, f"{component.id} redacts nothing"))


class _Redactor:
    """One redaction processor in one pipeline; unread: why it cannot be told what it does."""

    def __init__(self, chain: Chain, component: Component) -> None:
        self.chain, self.config = chain, chain.config
        self.id, self.path = component.id, component.path
        self.unread: Fact | None = None
        self.all_keys = self.config.flag((*self.path, "allow_all_keys"))
        self.allowed = self._texts("allowed_keys")
        self.ignored = self._ignored()
        self.blocked = self._patterns("blocked_values")
        self.key_patterns = self._patterns("blocked_key_patterns")
        self.spared = self._patterns("allowed_values")
        skips = self.config.at((*self.path, "skip_conditions"))
        self.skips = (
            self._fact("skip_conditions", f"{self.id} skips some records") if skips else None
        )

    def _texts(self, key: str) -> list[str]:
        found = self.config.texts((*self.path, key))
        if UNKNOWN in found:
            self._cannot(key)
        return [text for text in found if text is not UNKNOWN]

    def _cannot(self, key: str, why: str = "cannot be read") -> None:
        at = (*self.path, key)
        self.unread = self.config.fact(at, f"{key} of {self.id} {why}", "unknown")

    def _patterns(self, key: str) -> list[tuple[str, KeyPath]]:
        """Patterns that Go reads, each with its place."""
        found: list[tuple[str, KeyPath]] = []
        for n, pattern in enumerate(self._texts(key)):
            try:
                finds(pattern)
            except BadPattern as error:
                message = f"no pattern that Go reads ({error}): the collector refuses to start"
                self.config.find((*self.path, key, n), message)
                self._cannot(key)
            else:
                found.append((pattern, (*self.path, key, n)))
        return found

    def _ignored(self) -> Rule:
        keys = frozenset(self._texts("ignored_keys"))
        rules = [finds(pattern) for pattern, _ in self._patterns("ignored_key_patterns")]
        return lambda key: key in keys or any(rule(key) for rule in rules)

    # -- where it looks --------------------------------------------------------------------------

    def _spaces(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The maps that it surely looks into, and those that it may look into."""
        newer = {
            "scope": self.config.since(REDACTS_SCOPES),
            "event": self.config.since(REDACTS_EVENTS),
        }
        looks = {s: newer.get(s, s in (RECORD, "resource")) for s in self.chain.maps}
        surely = tuple(space for space, sure in looks.items() if sure)
        return surely, tuple(space for space, sure in looks.items() if sure is None)

    def _twice(self, op: Any, fact: Fact, rule: Rule, said: dict[str, Any], *, body: bool) -> None:
        """A step on what it surely looks into, and one on what only some versions do."""
        surely, perhaps = self._spaces()
        gone = op == "drop-field"
        rules = [within(space, rule, inside=gone) for space in surely]
        unsure = [within(space, rule, inside=gone) for space in perhaps]
        if body and self.chain.signal == "logs":
            looks = self.config.since(REDACTS_BODIES)
            if looks is not False:
                (rules if looks else unsure).append(self._body(rule, values=op == "redact"))
        self._step(op, fact, rules, said)
        if unsure:
            why = "what it looks into depends on the version of the collector, and none is named"
            runs = Setting(UNKNOWN, fact._replace(text=why, grade="unknown"))
            self._step(op, fact, unsure, {**said, "runs": runs})

    def _body(self, rule: Rule, *, values: bool) -> Rule:
        """A body that is text is a value. One that is a map is looked into key by key, all the way
        down: what lies in an ignored key is spared, what lies in a key that goes is gone."""

        def chooses(name: str) -> bool:
            keys = keys_of(name, "body")
            for key in keys:
                if self.ignored(key):
                    return False
                if not values and rule(key):
                    return True
            return values and (name == "body" or bool(keys))

        return chooses

    def _step(self, op: Any, fact: Fact, rules: list[Rule], said: dict[str, Any]) -> Step:
        def chooses(name: str) -> bool:
            return any(rule(name) for rule in rules)

        step = self.chain.add(self.id, op, fact, chooses=chooses, **said)
        step.partial = step.partial or self.skips
        return step

    # -- what it does ----------------------------------------------------------------------------

    def keys(self) -> None:
        """Without `allow_all_keys`, every key that is not listed is removed."""
        if self.all_keys.value is True:
            return
        allowed = frozenset((*self.allowed, *_SUMMARY))

        def gone(key: str) -> bool:
            return key not in allowed and not self.ignored(key)

        text = f"{self.id} removes all keys but {listed(self.allowed) or 'none'}"
        fact = self._fact("allowed_keys", text)
        said = {} if self.all_keys.known else {"runs": self.all_keys}
        self._twice("drop-field", fact, gone, said, body=True)
        self._close(fact)

    def _close(self, fact: Fact) -> None:
        """What nobody names is gone too, if every map of this signal is looked into."""
        surely, _ = self._spaces()
        if self.skips or not self.all_keys.known or set(self.chain.maps) - set(surely):
            return
        keys = [f"{space}.{key}" for space in surely for key in self.allowed]
        fields = (*OWN[self.chain.signal], *keys)
        spared = [within(space, self.ignored, inside=True) for space in surely]

        def kept(name: str) -> bool:
            return any(rule(name) for rule in spared)

        self.chain.add(f"{self.id}/rest", "allow-fields", fact, fields=fields, chooses=kept)

    def values(self) -> None:
        """Values that match are masked, where their key is not ignored."""
        if not self.blocked:
            return
        many = f"{len(self.blocked)} patterns" if len(self.blocked) > 1 else "a pattern"
        fact = self._fact("blocked_values", f"{self.id} masks what {many} find in values")
        if self._hashes(fact):
            return
        found = entities(self.config, self.blocked, "****")
        said = {**self._spare(), "entities": found, "entities_known": bool(found)}
        self._twice("redact", fact, self._looked_at, said, body=True)

    def masked_keys(self) -> None:
        """Values are masked wholly where a pattern is found in their key."""
        if not self.key_patterns:
            return
        rules = [finds(pattern) for pattern, _ in self.key_patterns]

        def chosen(key: str) -> bool:
            return self._looked_at(key) and any(rule(key) for rule in rules)

        fact = self._fact("blocked_key_patterns", f"{self.id} masks the values of keys that match")
        how = self.config.setting((*self.path, "hash_function"), "").value
        if how in _KEYED:
            text = f"{fact.text} by a hash with a key"
            self._twice("hash", fact._replace(text=text), chosen, self._spare(), body=True)
        elif not self._hashes(fact):  # nothing of a value is left
            self._twice("drop-field", fact, chosen, self._spare(), body=True)

    def _looked_at(self, key: str) -> bool:
        return not self.ignored(key)

    def _fact(self, key: str, text: str) -> Fact:
        return self.config.fact((*self.path, key), text)

    def _hashes(self, fact: Fact) -> bool:
        """Whether what matches is not taken out, but replaced by a code that is the same each time:
        nothing is claimed of that."""
        hashed = self.config.setting((*self.path, "hash_function"), "")
        if hashed.known and not hashed.value:
            return False
        how = str(hashed.value) if hashed.known else "a function that cannot be read"
        keyed = "" if how.startswith("hmac") else ", which anybody can compute"
        text = f"{fact.text}, and puts its hash ({how}{keyed}) in its place"
        self.chain.add(self.id, "map", fact._replace(text=text), writes={})
        return True

    def _spare(self) -> dict[str, Any]:
        """A value is spared wholly if an allowed one is found anywhere in it."""
        if not self.spared:
            return {}
        text = "a value in which an allowed one is found passes as it is"
        return {"partial": self._fact("allowed_values", text)}


def entities(config: Config, patterns: Sequence[tuple[str, KeyPath]], put: str) -> dict[str, Fact]:
    """What a list of patterns takes out together, each entity with a fact at the first pattern
    that finds it; one that is found only in part is of unknown effect."""
    config.tried += len(patterns)
    if config.tried > MOST_TRIED:
        return {}
    facts = {}
    for entity, found in covered(tuple((pattern, put) for pattern, _ in patterns)).items():
        first = next((said for said in patterns if touches((said[0], put), entity)), patterns[0])
        facts[entity] = _entity(config, entity, found, first)
    return facts


def _entity(config: Config, entity: str, found: Found, first: tuple[str, KeyPath]) -> Fact:
    pattern, place = first
    if found.whole:
        return config.fact(place, f"{pattern} takes out {entity}, tried on specimens")
    why = f"misses {found.missed[0]}" if found.missed else "only where a value is nothing else"
    return config.fact(place, f"{pattern} takes out {entity} in part: {why}", "unknown")
