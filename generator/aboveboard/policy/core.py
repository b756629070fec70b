"""pydantic_core's validator, without the types of its schemas.

Importing pydantic_core makes some eighty TypedDicts in `core_schema` that only type checkers and
pydantic itself read. That takes longer than reading a policy, so here an empty module stands in
for them while pydantic_core is imported, and makes room again at once: whoever imports pydantic
later gets the real ones.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_TYPES = "pydantic_core.core_schema"

if "pydantic_core" not in sys.modules:
    stand_in = ModuleType(_TYPES)
    vars(stand_in)["__getattr__"] = lambda name: Any
    sys.modules[_TYPES] = stand_in
    try:
        import pydantic_core

        vars(pydantic_core).pop("core_schema", None)
    finally:
        del sys.modules[_TYPES]

from pydantic_core import SchemaValidator, ValidationError  # noqa: E402  after its stand-in

__all__ = ["SchemaValidator", "ValidationError"]
