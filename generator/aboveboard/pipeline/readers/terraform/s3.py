"""Buckets of Amazon S3: lifecycle rules, old versions, locks and replication.

By the S3 user guide ("Lifecycle configuration elements", "Managing the lifecycle of objects",
"Retaining multiple versions") and terraform-provider-aws 6: a rule acts on objects whose key
begins with its prefix and that have its tags and size; in a bucket with versions an object that
expires becomes an old version, which stays until `noncurrent_version_expiration` deletes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from ...graph import UNKNOWN, Fact, Setting
from ...part import Context
from . import model
from .node import Node
from .plan import Plan, Resource, known

BUCKET = "aws_s3_bucket"
LIFECYCLE = "aws_s3_bucket_lifecycle_configuration"
VERSIONING = "aws_s3_bucket_versioning"
LOCK = "aws_s3_bucket_object_lock_configuration"
REPLICATION = "aws_s3_bucket_replication_configuration"


class Rule(NamedTuple):
    """When a rule deletes, in seconds; UNKNOWN if nobody can tell. `prefix` None: not all
    objects of any prefix, or nobody can tell which."""

    prefix: str | None
    current: Any
    old: Any
    node: Node


class Bucket(NamedTuple):
    """A bucket with all that is said of it; `loose` are rules that may be of any bucket."""

    plan: Plan
    resource: Resource
    about: dict[str, list[Resource]]
    loose: list[Resource]
    rules: list[Rule]
    managed: bool

    def keeps(self, rest: str) -> Setting:
        """How long what lies at a path is kept: until the current and then the old versions go."""
        current = self._soonest(rest, "current", "no lifecycle rule deletes all that lies here")
        if current.value is UNKNOWN or current.value is None:
            return current
        old = self._versions(rest)
        if old is None:
            return self._locked(current)
        if old.value is UNKNOWN or old.value is None:
            return old
        text = f"{current.fact.text}, its old versions {model.words(old.value)} later"
        return self._locked(Setting(current.value + old.value, current.fact._replace(text=text)))

    def _soonest(self, rest: str, which: str, none: str) -> Setting:
        found = [
            (getattr(rule, which), rule)
            for rule in self.rules
            if rule.prefix is not None and covers(rule.prefix, rest)
        ]
        times = [(seconds, rule) for seconds, rule in found if isinstance(seconds, int)]
        if times:
            seconds, rule = min(times, key=lambda pair: pair[0])
            below = f"below '{rule.prefix}' " if rule.prefix else ""
            text = f"what lies {below}is deleted after {model.words(seconds)}"
            return Setting(seconds, rule.node.fact(text))
        for rule in self.rules:
            may = rule.prefix is None or covers(rule.prefix, rest)
            if may and getattr(rule, which) is UNKNOWN:
                return model.unreadable(rule.node, "a lifecycle rule")
        if self.loose:
            text = "nobody can tell of which bucket these rules are"
            return Setting(UNKNOWN, self.loose[0].fact(text, "unknown"))
        at = next(iter(self.about[LIFECYCLE]), self.resource)
        return Setting(None, at.fact(none, "default"))

    def _versions(self, rest: str) -> Setting | None:
        """How long old versions stay; None if the bucket keeps none."""
        for status, node in self._statuses():
            if status is UNKNOWN:
                return model.unreadable(node, "whether old versions are kept")
            if status in ("Enabled", "Suspended", True):
                none = "old versions are kept, and no lifecycle rule deletes them all"
                found = self._soonest(rest, "old", none)
                return found if found.value is not None else found._replace(fact=node.fact(none))
        if not self.managed and not self.about[VERSIONING]:
            text = "no file says whether the bucket keeps old versions"
            return Setting(UNKNOWN, self.resource.fact(text, "unknown"))
        return None

    def _statuses(self) -> Iterator[tuple[Any, Node]]:
        for resource in self.about[VERSIONING]:
            for block in resource.values.blocks("versioning_configuration"):
                yield block.text("status"), block["status"]
        for block in self.own("versioning", VERSIONING):
            yield block.flag("enabled"), block["enabled"]

    def own(self, key: str, kind: str) -> Iterator[Node]:
        """Blocks in the bucket itself. Where a resource of its own says the same, the bucket only
        repeats what was so before."""
        plan, resource = self.plan, self.resource
        repeats = bool(self.about[kind]) and not plan.config_gives(resource, key)
        if self.managed and not repeats and not plan.computed(resource, key):
            yield from resource.values.blocks(key)

    def _locked(self, kept: Setting) -> Setting:
        """A lock keeps a version at least so long, whatever a rule says."""
        seconds: Any = 0
        for resource in self.about[LOCK]:
            for rule in resource.values.blocks("rule"):
                for block in rule.blocks("default_retention"):
                    days, years = block.number("days"), block.number("years")
                    if block.hidden or UNKNOWN in (days, years):
                        return model.unreadable(block, "how long objects are locked")
                    seconds = (days or 0) * model.DAY + (years or 0) * 366 * model.DAY
                    if seconds > kept.value:
                        text = f"objects are locked for {model.words(seconds)}"
                        kept = Setting(seconds, block.fact(text))
        return Setting(model.duration(kept.value), kept.fact)


def covers(prefix: str, rest: str) -> bool:
    """Whether all that lies at or below a path has keys that begin with the prefix."""
    if rest.startswith(prefix):
        return True
    folder = "." not in rest.rpartition("/")[2]  # "a/" holds what lies in the folder "a"
    return folder and bool(rest) and f"{rest}/" == prefix


def read(plan: Plan, context: Context) -> Iterator[model.Stored]:
    """The buckets of a plan, and those of others that it says how to empty."""
    about, loose = _attached(plan)
    managed = {r.address: r for r in plan.of(BUCKET)}
    for key in dict.fromkeys((*managed, *about)):
        resource = managed.get(key) or next(r for some in about[key].values() for r in some)
        found = about.get(key, defaultdict(list))
        bucket = Bucket(plan, resource, found, loose, [], key in managed)
        blocks = [b for one in found[LIFECYCLE] for b in one.values.blocks("rule")]
        rules = [_rule(block, block.text("status"), context) for block in blocks]
        for block in bucket.own("lifecycle_rule", LIFECYCLE):
            rules.append(_rule(block, block.flag("enabled"), context))
        bucket.rules.extend(rule for rule in rules if rule)
        yield _stored(bucket)


def _stored(bucket: Bucket) -> model.Stored:
    resource = bucket.resource
    found = model.named(resource, "bucket")
    name = f"s3://{found[0]}" if found else None
    return model.stored(
        resource,
        name,
        "bucket",
        bucket.keeps,
        model.region(bucket.plan, resource, "region") if bucket.managed else None,
        sep="/",
        copied=_copied(bucket),
    )


def _attached(plan: Plan) -> tuple[dict[str, dict[str, list[Resource]]], list[Resource]]:
    """Bucket (its address, or its path if it is not in this file) -> kind -> what says so."""
    buckets = plan.of(BUCKET)
    by_name = {b.values.text("bucket"): b.address for b in buckets}
    about: dict[str, dict[str, list[Resource]]] = defaultdict(lambda: defaultdict(list))
    loose: list[Resource] = []
    for kind in (LIFECYCLE, VERSIONING, LOCK, REPLICATION):
        for resource in plan.of(kind):
            name = resource.values.text("bucket")
            targets = plan.referred(resource, "bucket", BUCKET)
            if known(name):
                about[by_name.get(name, f"s3://{name}")][kind].append(resource)
            elif len(targets) == 1:
                about[targets[0].address][kind].append(resource)
            else:
                loose.append(resource)
    return about, loose


def _copied(bucket: Bucket) -> tuple[tuple[str, Fact], ...]:
    found = []
    for resource in bucket.about[REPLICATION]:
        for rule in resource.values.blocks("rule"):
            if rule.text("status") == "Disabled":
                continue
            for block in rule.blocks("destination"):
                arn = block.text("bucket")
                name = arn.rpartition(":")[2] if known(arn) else ""
                path = f"s3://{name}" if name else f"{resource.address}: unknown destination"
                found.append((path, block.fact(f"replicated to {path}")))
    return tuple(found)


# -- rules ---------------------------------------------------------------------------------


def _rule(block: Node, status: Any, context: Context) -> Rule | None:
    if block.hidden:
        return Rule("", UNKNOWN, UNKNOWN, block)
    if status not in ("Enabled", True, UNKNOWN):
        return None
    current, node = _expires(block, context)
    old = _old(block)
    prefix = _prefix(block)
    if status is UNKNOWN or prefix is UNKNOWN:
        return Rule(None, UNKNOWN, UNKNOWN, block)
    return Rule(prefix, current, old, node or block)


def _expires(block: Node, context: Context) -> tuple[Any, Node | None]:
    """After how many seconds objects expire; those of a day that is past go at once."""
    for expiration in block.blocks("expiration"):
        if expiration.hidden:
            return UNKNOWN, expiration
        days, date = expiration.number("days"), expiration.text("date")
        if days is UNKNOWN or date is UNKNOWN:
            return UNKNOWN, expiration["days" if days is UNKNOWN else "date"]
        if days:
            return days * model.DAY, expiration["days"]
        if date and date[:10] <= context.as_of.isoformat():
            return model.DAY, expiration["date"]
    return None, None


def _old(block: Node) -> Any:
    for expiration in block.blocks("noncurrent_version_expiration"):
        days = expiration.number("noncurrent_days")
        days = expiration.number("days") if days is None else days
        spared = expiration.number("newer_noncurrent_versions")
        if expiration.hidden or UNKNOWN in (days, spared):
            return UNKNOWN
        if days and not spared:
            return days * model.DAY
    return None


def _prefix(block: Node) -> Any:
    """The prefix of all that a rule acts on; None if it acts on some of that alone."""
    found: list[Any] = [block.text("prefix")]
    some = [bool(block["tags"].value)]
    waiting = [block, *block.blocks("filter")]
    for part in list(waiting[1:]):
        waiting += part.blocks("and")
    for part in waiting[1:]:
        found.append(part.text("prefix"))
        sizes = [part.number(f"object_size_{than}_than") for than in ("greater", "less")]
        some += [bool(part["tag"].value), bool(part["tags"].value), *map(bool, sizes)]
        if part.hidden or part["tag"].hidden or part["tags"].hidden or UNKNOWN in sizes:
            return UNKNOWN
    if UNKNOWN in found or block["tags"].hidden:
        return UNKNOWN
    if any(some):
        return None
    return next((prefix for prefix in found if prefix), "")
