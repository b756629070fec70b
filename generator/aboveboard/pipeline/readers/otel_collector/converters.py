"""The functions of OTTL that make a value, and what a value is made of.

From pkg/ottl/ottlfuncs of opentelemetry-collector-contrib 0.164.
"""

from __future__ import annotations

from typing import Any, Final

from . import ottl

# Converters that are a hash of their one argument, none with a key: whoever guesses the value can
# check the guess, so that nothing is claimed of them.
HASHES: Final = {
    "FNV": "FNV",
    "MD5": "MD5",
    "Murmur3Hash": "Murmur3",
    "Murmur3Hash128": "Murmur3",
    "SHA1": "SHA-1",
    "SHA256": "SHA-256",
    "SHA512": "SHA-512",
    "XXH128": "XXH128",
    "XXH3": "XXH3",
}
# Converters that make a value of their arguments alone, or of nothing.
CONVERTERS: Final = frozenset({
    "Base64Decode", "Base64Encode", "Bool", "Coalesce", "CommunityID", "Concat",
    "ContainsValue", "ConvertAttributesToElementsXML", "ConvertCase",
    "ConvertTextToElementsXML", "Day", "Decode", "Double", "Duration", "ExtractGrokPatterns",
    "ExtractPatterns", "Format", "FormatTime", "GetXML", "HasPrefix", "HasSuffix", "Hex",
    "Hour", "Hours", "Index", "InsertXML", "Int", "IsBool", "IsDouble", "IsInCIDR", "IsInt",
    "IsList", "IsMap", "IsMatch", "IsRootSpan", "IsString", "IsValidLuhn", "Keys", "Len", "Log",
    "Microseconds", "Milliseconds", "Minute", "Minutes", "Month", "Nanosecond", "Nanoseconds",
    "Now", "ParseCEF", "ParseCLF", "ParseCSV", "ParseELF", "ParseInt", "ParseJSON",
    "ParseKeyValue", "ParseLEEF", "ParseSeverity", "ParseSimplifiedXML", "ParseXML",
    "ProfileID", "RemoveXML", "Second", "Seconds", "SliceToMap", "Sort", "SpanID", "Split",
    "String", "Substring", "Time", "ToCamelCase", "ToKeyValueString", "ToLowerCase",
    "ToSnakeCase", "ToUpperCase", "TraceID", "Trim", "TrimPrefix", "TrimSuffix", "TruncateTime",
    "URL", "UUID", "UUIDv7", "Unix", "UnixMicro", "UnixMilli", "UnixNano", "UnixSeconds",
    "UserAgent", "Values", "Weekday", "Year",
})  # fmt: skip
# Those of them that make a value of nothing, and always do.
_NEW: Final = frozenset({"Now", "UUID", "UUIDv7", "SpanID", "TraceID", "ProfileID"})


def makes_anew(value: Any) -> bool:
    """Whether a value is made of nothing that the record holds."""
    return is_known(value) and not list(ottl.paths(value)) and called(value) <= _NEW


def called(node: Any) -> set[str]:
    """The functions that an expression calls."""
    if isinstance(node, ottl.Call):
        return {node.function}.union(*(called(value) for _, value in node.args))
    if isinstance(node, ottl.Several):
        return set[str]().union(*map(called, node.parts))
    return set()


def is_known(node: Any) -> bool:
    """Whether all of an expression is made by functions that read their arguments alone."""
    if isinstance(node, ottl.Call):
        known = node.function in CONVERTERS or node.function in HASHES
        return known and all(is_known(value) for _, value in node.args)
    if isinstance(node, ottl.Several):
        return all(is_known(part) for part in node.parts)
    return isinstance(node, ottl.Path | ottl.Literal | ottl.Symbol)
