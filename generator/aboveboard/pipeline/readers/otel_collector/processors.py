"""Which processors are known, and what each is as steps. What is not known is opaque."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ...graph import UNKNOWN
from .attributes import add_attributes, add_resource
from .chain import Chain, Component, store, unique
from .fields import RECORD, field
from .filters import add_filter, add_sampler
from .redaction import add_redaction
from .transform import add_transform

# Each passes every field of every record as it is; why it is there.
HARMLESS: Final = {
    "batch": "groups records",
    "cumulativetodelta": "changes the values of metrics",
    "deltatocumulative": "changes the values of metrics",
    "deltatorate": "changes the values of metrics",
    "groupbytrace": "groups spans by trace",
    "interval": "sends metrics less often",
    "k8sattributes": "adds attributes of the pod to the resource",
    "logdedup": "sends equal logs once",
    "memorylimiter": "refuses data when memory is short",
    "resourcedetection": "adds attributes of the host to the resource",
}
KEYS: Final = {
    "batch": (
        "metadata_cardinality_limit",
        "metadata_keys",
        "send_batch_max_size",
        "send_batch_size",
        "timeout",
    ),
    "memorylimiter": (
        "check_interval",
        "limit_mib",
        "limit_percentage",
        "max_gc_interval_when_hard_limited",
        "min_gc_interval_when_hard_limited",
        "min_gc_interval_when_soft_limited",
        "spike_limit_mib",
        "spike_limit_percentage",
    ),
    "probabilisticsampler": (
        "attribute_source",
        "fail_closed",
        "from_attribute",
        "hash_seed",
        "mode",
        "sampling_percentage",
        "sampling_precision",
        "sampling_priority",
    ),
    "groupbyattrs": ("keys",),
}


def add_processor(chain: Chain, component: Component) -> None:
    """The steps of one processor, in the chain of its pipeline."""
    config, kind = chain.config, component.kind
    if kind in KEYS:
        config.check(component.path, KEYS[kind], component.id.partition("/")[0])
    if config.at(component.path) is UNKNOWN or not config.has(component.path):
        fact = config.fact(component.path, f"what {component.id} does cannot be read", "unknown")
        chain.opaque(component.id, fact)
    elif kind in PROCESSORS:
        PROCESSORS[kind](chain, component)
    else:
        fact = config.fact(component.path, f"{component.id} is not in our catalogue")
        chain.opaque(component.id, fact)


def _harmless(chain: Chain, component: Component) -> None:
    fact = chain.config.fact(component.path, f"{component.id} {HARMLESS[component.kind]}")
    chain.add(component.id, "copy", fact)


def _group_by(chain: Chain, component: Component) -> None:
    """Keys of the record become keys of the resource."""
    path = (*component.path, "keys")
    keys = chain.config.texts(path)
    if UNKNOWN in keys:
        chain.opaque(component.id, chain.config.fact(path, "its keys cannot be read", "unknown"))
        return
    fact = chain.config.fact(
        path, f"{component.id} moves {', '.join(keys) or 'nothing'} to the resource"
    )
    writes = {f"resource.{key}": (f"{RECORD}.{key}", f"resource.{key}") for key in keys}
    chain.add(
        component.id, "rename", fact, writes=writes, fields=tuple(f"{RECORD}.{k}" for k in keys)
    )


def _span(chain: Chain, component: Component) -> None:
    """A span is called by its attributes, or its name is taken apart into attributes."""
    config, path = chain.config, component.path
    if chain.signal != "traces":
        chain.add(component.id, "copy", config.fact(path, f"{component.id} acts on spans"))
        return
    if config.at((*path, "name", "to_attributes")) is not None:
        fact = config.fact((*path, "name"), f"{component.id} takes attributes from the name")
        chain.opaque(component.id, fact)
        return
    keys = [key for key in config.texts((*path, "name", "from_attributes")) if key is not UNKNOWN]
    sources = tuple(field(RECORD, key) for key in keys)
    fact = config.fact(path, f"{component.id} names spans by {', '.join(keys) or 'nothing'}")
    chain.add(component.id, "map", fact, writes={"name": (*sources, "name")} if keys else {})


def _tap(chain: Chain, component: Component) -> None:
    """Whoever connects is shown the records as they pass."""
    fact = chain.config.fact(component.path, f"{component.id} shows records to whoever connects")
    chain.add(component.id, "copy", fact)
    name = unique(f"{chain.config.stem}/taps/{component.id}", chain.taken)
    chain.steps[-1].outputs = (store(chain.part, name, fact, "external"),)


PROCESSORS: Final[dict[str, Callable[[Chain, Component], None]]] = {
    "attributes": add_attributes,
    "filter": add_filter,
    "groupbyattrs": _group_by,
    "probabilisticsampler": add_sampler,
    "redaction": add_redaction,
    "remotetap": _tap,
    "resource": add_resource,
    "span": _span,
    "tailsampling": add_sampler,
    "transform": add_transform,
    **dict.fromkeys(HARMLESS, _harmless),
}
