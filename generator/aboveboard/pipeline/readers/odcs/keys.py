"""The keys of a contract of version 3, as in the model of open-data-contract-standard 3.2.0."""

from __future__ import annotations

from typing import Final

_ALL = "id description customProperties authoritativeDefinitions tags"
_NAMED = f"{_ALL} name physicalName physicalType logicalType businessName deprecated synonyms"

TOP: Final = frozenset(
    f"{_ALL} version kind apiVersion name status tenant dataProduct domain schema support price "
    "team roles slaDefaultElement slaProperties servers contractCreatedTs context".split()
)
OBJECT: Final = frozenset(
    f"{_NAMED} dataGranularityDescription properties relationships quality context".split()
)
PROPERTY: Final = frozenset(
    f"{_NAMED} primaryKey primaryKeyPosition logicalTypeOptions semanticType required unique "
    "partitioned partitionKeyPosition classification encryptedName transformSourceObjects "
    "transformLogic transformDescription examples enum criticalDataElement relationships quality "
    "properties items map".split()
)
LEVEL: Final = frozenset(
    f"{_ALL} property value valueExt unit element driver scheduler schedule".split()
)
