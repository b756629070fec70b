"""Storage accounts of Azure: management policies, versions and soft delete.

By the docs of Azure Blob Storage ("Lifecycle management policies", "Blob versioning", "Soft delete
for blobs") and of terraform-provider-azurerm 4: a prefix begins with the container; days are
counted from the last change of a blob, or from its creation, and of a version from its creation;
-1 stands for a setting that nobody gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...graph import UNKNOWN, Setting
from ...part import Context, Place
from . import model
from .node import Node
from .plan import Plan, Resource, known
from .s3 import covers

ACCOUNT, CONTAINER = "azurerm_storage_account", "azurerm_storage_container"
POLICY = "azurerm_storage_management_policy"
_BASE = (
    "delete_after_days_since_modification_greater_than",
    "delete_after_days_since_creation_greater_than",
)


class Rule(NamedTuple):
    """A rule that is on: `prefixes` empty: every blob; days until blobs and versions are deleted,
    None: never; UNKNOWN: cannot be read."""

    prefixes: Any
    narrow: bool
    base: Any
    version: Any
    node: Node

    def acts_on(self, rest: str) -> bool:
        return not self.narrow and (
            not self.prefixes or any(covers(p, rest) for p in self.prefixes)
        )

    @property
    def unread(self) -> bool:
        return UNKNOWN in (self.prefixes, self.base, self.version)


def read(plan: Plan, context: Context) -> Iterator[model.Stored]:
    policies = _policies(plan)
    for resource in plan.of(ACCOUNT):
        account = _Account(plan, resource, policies)
        found = model.named(resource, "name")
        name = f"https://{found[0]}.blob.core.windows.net" if found else None
        regions = model.region(plan, resource, "location")
        yield model.stored(resource, name, "account", account.keeps, regions, sep="/")
        for container in plan.of(CONTAINER):
            if found and (box := _within(plan, container, resource, found[0])):
                yield _container(container, box, found[0], account, regions)


def _within(plan: Plan, container: Resource, account: Resource, name: str) -> str | None:
    """The name of a container, if it is of this account."""
    found = model.named(container, "name")
    said = container.values.text("storage_account_name")
    by_id = container.values.text("storage_account_id")
    ours = said == name or (known(by_id) and by_id.endswith(f"/storageAccounts/{name}"))
    for attribute in ("storage_account_name", "storage_account_id"):
        ours = ours or [account.address] == [
            r.address for r in plan.referred(container, attribute, ACCOUNT)
        ]
    return found[0] if found and ours else None


def _container(
    resource: Resource,
    box: str,
    name: str,
    account: _Account,
    regions: tuple[str, ...] | None,
) -> model.Stored:
    """A container by the names that Hadoop's drivers give it."""
    drivers = ("abfss", "abfs", "wasbs")
    hosts = {driver: "blob" if driver == "wasbs" else "dfs" for driver in drivers}
    names = tuple(f"{d}://{box}@{name}.{hosts[d]}.core.windows.net" for d in drivers)
    fact = resource.fact(f"container {box} of {name}")

    def keeps(rest: str) -> Setting:
        return account.keeps(f"{box}/{rest}" if rest else box)

    return model.Stored(names[0], Place((*names, resource.address), fact, keeps, regions))


def _policies(plan: Plan) -> dict[str, list[Resource]]:
    """Policies by the address or the name of their account; "": nobody can tell which."""
    found: dict[str, list[Resource]] = {}
    for resource in plan.of(POLICY):
        said = resource.values.text("storage_account_id")
        targets = plan.referred(resource, "storage_account_id", ACCOUNT)
        if known(said):
            key = said.rpartition("/")[2]
        else:
            key = targets[0].address if len(targets) == 1 else ""
        found.setdefault(key, []).append(resource)
    return found


class _Account:
    def __init__(self, plan: Plan, resource: Resource, policies: dict[str, list[Resource]]) -> None:
        self.plan, self.resource = plan, resource
        name = resource.values.text("name")
        own = [*policies.get(resource.address, ()), *policies.get(str(name), ())]
        self.loose = policies.get("", [])
        blocks = [block for one in own for block in one.values.blocks("rule")]
        self.rules = [rule for block in blocks if (rule := _rule(block)) is not None]

    def keeps(self, rest: str) -> Setting:
        """Until the blob, its versions, and what soft delete keeps of both are gone."""
        unread = next((rule for rule in self.rules if rule.unread), None)
        rules = [rule for rule in self.rules if not rule.unread and rule.acts_on(rest)]
        base = min((r for r in rules if r.base is not None), key=lambda r: r.base, default=None)
        if base is None and unread:
            return model.unreadable(unread.node, "a rule of the management policy")
        if base is None and self.loose:
            text = "nobody can tell of which account these rules are"
            return Setting(UNKNOWN, self.loose[0].fact(text, "unknown"))
        if base is None:
            text = "no rule deletes all that lies here"
            return Setting(None, self.resource.fact(text, "default"))
        return self._after(base, rules)

    def _after(self, base: Rule, rules: list[Rule]) -> Setting:
        days = base.base
        versions, node = self._flag("versioning_enabled")
        if versions is UNKNOWN:
            return model.unreadable(node, "whether versions are kept")
        if versions:
            gone = min((r.version for r in rules if r.version is not None), default=None)
            if gone is None:
                return Setting(None, node.fact("versions are kept, and no rule deletes them all"))
            days = max(days, gone)
        soft = self._soft()
        if soft is UNKNOWN:
            return model.unreadable(self.resource.values["blob_properties"], "soft delete")
        text = f"what lies here is deleted after {days} days"
        text += f", and by soft delete {soft} days later" if soft else ""
        return Setting(model.duration((days + soft) * model.DAY), base.node.fact(text))

    def _flag(self, key: str) -> tuple[Any, Node]:
        for block in self._properties():
            return block.flag(key), block[key]
        return False, self.resource.values

    def _soft(self) -> Any:
        """Days that a deleted blob stays; without the block none."""
        for block in self._properties():
            for policy in block.blocks("delete_retention_policy"):
                days = policy.number("days")
                return UNKNOWN if policy.hidden or days is UNKNOWN else max(days or 7, 0)
        return 0

    def _properties(self) -> Iterator[Node]:
        if not self.plan.computed(self.resource, "blob_properties"):
            yield from self.resource.values.blocks("blob_properties")


def _rule(block: Node) -> Rule | None:
    """A rule of a policy; None for one that is off or deletes nothing."""
    if block.hidden or block.flag("enabled") is UNKNOWN:
        return Rule(UNKNOWN, False, UNKNOWN, UNKNOWN, block)
    if block.flag("enabled") is not True:
        return None
    prefixes: Any = []
    narrow = False
    for part in block.blocks("filters"):
        prefixes = part.words("prefix_match")
        kinds = part.words("blob_types")
        narrow = bool(part["match_blob_index_tag"].value) or (
            kinds is not UNKNOWN and bool(kinds) and "blockBlob" not in kinds
        )
    base: Any = None
    version: Any = None
    node = block
    for action in block.blocks("actions"):
        for part in action.blocks("base_blob"):
            for key in _BASE:
                base, node = (base, node) if base is not None else (_days(part, key), part[key])
        for part in action.blocks("version"):
            version = _days(part, "delete_after_days_since_creation")
    return Rule(prefixes, narrow, base, version, node if base is not None else block)


def _days(block: Node, key: str) -> Any:
    days = block.number(key)
    return days if days is UNKNOWN or (days is not None and days >= 0) else None
