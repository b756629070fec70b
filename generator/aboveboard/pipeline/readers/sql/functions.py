"""The catalogue: what functions of SQL do to a value. Read from sqlglot 30.30.0's trees.

`hash` is a keyed digest: one that a key, or a text that stands in the query, goes into. A digest
without one is no protection, since whoever guesses the value can check the guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from sqlglot import exp

from ...graph import Fact
from .effects import Effect, kinds, name_of
from .masks import MOST_SHOWN, coarse, encrypt, mask
from .patterns import found_by
from .trees import columns_in, plain

MIN_KEY: Final = 8  # letters of a text that can be a key


_DIGESTS: Final = kinds("MD5", "MD5Digest", "SHA", "SHA1Digest", "SHA2", "SHA2Digest")
_KEYED: Final = frozenset({"hmac", "hmac_sha256", "hmac_sha512", "hmac_sha1", "hmac_md5"})
_DIGEST_NAMES: Final = frozenset({
    "sha256", "sha512", "sha384", "sha224", "sha1_hex", "sha1_binary", "sha2_hex", "sha2_binary",
    "md5_hex", "md5_binary", "sha1", "digest", "hashbytes", "sha512_256", "blake3", "siphash64",
})  # fmt: skip
_SHORT: Final = frozenset({
    "hash", "farm_fingerprint", "xxhash64", "xxh64", "murmurhash3_32", "cityhash64", "hashtext",
    "crc32", "fnv_hash", "checksum", "binary_checksum", "murmur_hash",
})  # fmt: skip
_WRAPPERS: Final = kinds("Hex", "LowerHex", "ToBase64", "Encode", "Unhex", "Lower", "Upper")
_WRAPPER_NAMES: Final = frozenset({"to_hex", "encode", "hex_encode", "base64_encode", "to_base64"})
_SECRETS: Final = kinds("Parameter", "Placeholder", "SessionParameter")

_KEY_TEXT: Final = "keyed with what stands in the query"
CATALOGUE: Final[dict[str, str]] = {
    "MD5, SHA1, SHA2, SHA256, SHA512, DIGEST over the value and a text or parameter": "hash",
    "HMAC and its kin": "hash",
    "the same without a text or parameter; HASH, FARM_FINGERPRINT, XXHASH64": "none: whoever "
    "guesses the value can check the guess",
    "the same over the value and another column alone": "unknown: the salt may lie beside it",
    "REGEXP_REPLACE of every match, where the pattern finds all our samples of a kind": "redact",
    "REGEXP_REPLACE of the first match only (PostgreSQL, DuckDB without 'g')": "none",
    "REGEXP_REPLACE with a replacement that holds the match": "none",
    "REGEXP_REPLACE with any other pattern": "unknown: what it looks for cannot be read",
    f"REPEAT, a constant, LEFT, RIGHT or SUBSTR of at most {MOST_SHOWN} letters": "mask",
    "AES_ENCRYPT, ENCRYPT, PGP_SYM_ENCRYPT, AEAD.ENCRYPT": "encrypt",
    "DATE_TRUNC to a week or more, ROUND to whole numbers or less": "generalise",
    "a constant, or NULL": "the column holds nobody's data",
    "CAST, COALESCE with a constant": "the same data",
    "any other function that the dialect has": "made of its arguments",
    "a function of your own": "unknown, until an overlay or a binding says what it does",
}


def effect(node: exp.Expr) -> Effect | None:
    """What an expression does to the values within, if it is a protection or unknown."""
    for rule in _RULES:
        if found := rule(node):
            return found
    return None


# -- digests -------------------------------------------------------------------------------------


def _digest(node: exp.Expr) -> Effect | None:
    name = name_of(node)
    if isinstance(node, exp.Anonymous) and name in _KEYED:
        values = tuple(e for e in node.expressions if any(columns_in(e)))
        return Effect("hash", f"{name}, keyed", values)
    if name in _SHORT or isinstance(node, kinds("FarmFingerprint", "XXHash")):
        return _bare(node, f"{name} without a key")
    is_digest = isinstance(node, _DIGESTS) or name in _DIGEST_NAMES
    if not is_digest:
        return None
    values = tuple(_arguments(node))
    made_of = {c.sql() for value in values for c in columns_in(value)}
    if not made_of:
        return None
    if any(_has_key(value) for value in values):
        return Effect("hash", f"{name}, {_KEY_TEXT}", values)
    if len(made_of) > 1:
        text = f"{name} over several columns: whether one of them is a secret cannot be read"
        return Effect("map", text, values, unread=True)
    return _bare(node, f"{name} without a key")


def _bare(node: exp.Expr, text: str) -> Effect:
    said = f"{text}: whoever guesses the value can check the guess"
    return Effect("map", said, tuple(_arguments(node)), digest=True)


def _arguments(node: exp.Expr) -> Iterator[exp.Expr]:
    """What a digest is made of; its length and its name are none of it."""
    if isinstance(node, exp.Anonymous):
        yield from (e for e in node.expressions if any(True for _ in columns_in(e)))
        return
    yield from (e for e in (node.this, *node.expressions) if isinstance(e, exp.Expr))


def _has_key(node: exp.Expr) -> bool:
    """Whether anything but columns goes into a digest: a text that is long enough, a parameter."""
    for part in node.walk():
        if isinstance(part, exp.Literal) and part.is_string and len(str(part.this)) >= MIN_KEY:
            return not _names_something(part)
        if isinstance(part, _SECRETS):
            return True
    return False


def _names_something(literal: exp.Literal) -> bool:
    """Whether a text is the argument of something that only shapes: a format, a unit."""
    return isinstance(literal.parent, kinds("TimeToStr", "StrToTime", "ToChar", "DateTrunc"))


# -- replacing -----------------------------------------------------------------------------------


def _regexp(node: exp.Expr) -> Effect | None:
    if not isinstance(node, exp.RegexpReplace):
        return None
    inner = (node.this,)
    pattern, put = node.args.get("expression"), node.args.get("replacement")
    if _first_only(node):
        return Effect("map", "regexp_replace replaces the first match only", inner)
    if put is None:
        put = exp.Literal.string("")
    if not _is_text(pattern) or not _is_text(put):
        return Effect("redact", "regexp_replace with a pattern that cannot be read", inner,
                      entities_known=False)  # fmt: skip
    assert pattern is not None
    if _gives_back(str(put.this)):
        return Effect("redact", "regexp_replace puts back what it finds", inner, keeps_text=True)
    found = found_by(str(pattern.this), _flags(node))
    if not found:
        text = "regexp_replace with a pattern of which we do not know what it finds"
        return Effect("redact", text, inner, entities_known=False)
    return Effect("redact", f"regexp_replace takes out {', '.join(found)}", inner, tuple(found))


def _first_only(node: exp.Expr) -> bool:
    if node.args.get("single_replace") and "g" not in _flags(node):
        return True
    if any(isinstance(node.args.get(part), exp.Neg) for part in ("position", "occurrence")):
        return True
    return any(
        (value := node.args.get(part)) is not None and str(value.this) != usual
        for part, usual in (("position", "1"), ("occurrence", "0"))
    )


def _flags(node: exp.Expr) -> str:
    flags = node.args.get("modifiers")
    return str(flags.this) if isinstance(flags, exp.Literal) else ""


def _is_text(node: Any) -> bool:
    return isinstance(node, exp.Literal | exp.RawString) and bool(
        not isinstance(node, exp.Literal) or node.is_string
    )


def _gives_back(put: str) -> bool:
    return any(
        sign in "\\$" and put[at + 1 : at + 2] in "0123456789{&" and put[at + 1 : at + 2] != ""
        for at, sign in enumerate(put)
    ) or r"\g" in put  # fmt: skip


def _own(node: exp.Expr) -> Effect | None:
    """A function that the dialect does not have, or whose name we do not know."""
    name = name_of(node)
    if isinstance(node, exp.Anonymous | exp.AnonymousAggFunc) or (
        isinstance(node, exp.Dot) and isinstance(node.expression, exp.Anonymous)
    ):
        if name in _WRAPPER_NAMES or name in BUILT_IN:
            return None
        return Effect("map", f"what {name} does is not known", (node,), unread=True)
    return None


# Functions that sqlglot leaves by their names and that only compute something of their arguments.
BUILT_IN: Final = frozenset({
    "to_varchar", "to_char", "to_number", "to_date", "to_timestamp", "iff", "nvl2", "strpos",
    "instr", "position", "len", "reverse", "ltrim", "rtrim", "btrim", "lpad", "rpad", "initcap",
    "ascii", "chr", "greatest", "least", "mod", "div0", "sign", "split_part", "parse_json",
    "get", "get_path", "object_construct", "array_construct", "to_json", "to_jsonb", "age",
    "now", "getdate", "current_timestamp", "sysdate", "date_part", "datepart", "datename",
    "trim_array", "cardinality", "array_length", "array_size", "date_bin", "to_json_string",
    "format", "printf", "concat_ws", "string_split", "list_value", "struct_pack", "regexp_matches",
    "contains", "starts_with", "ends_with", "prefix", "suffix", "jsonb_build_object",
    "json_build_object", "bool", "safe_cast", "try_to_number", "try_to_date", "uuid_string",
    "gen_random_uuid", "generate_uuid", "random", "rand", "seq4", "seq8", "row",
})  # fmt: skip
_RULES: Final[tuple[Callable[[exp.Expr], Effect | None], ...]] = (
    _digest, _regexp, encrypt, mask, coarse, _own,
)  # fmt: skip


def unwrapped(node: exp.Expr) -> exp.Expr:
    """An expression without what only spells it otherwise: hex, base64, casts."""
    while True:
        inner = plain(node)
        wraps = isinstance(inner, _WRAPPERS) or (
            isinstance(inner, exp.Anonymous) and name_of(inner) in _WRAPPER_NAMES
        )
        if wraps:
            value = inner.expressions[0] if isinstance(inner, exp.Anonymous) else inner.this
            if isinstance(value, exp.Expr) and effect(plain(value)) is not None:
                node = value
                continue
        if isinstance(inner, exp.Cast | exp.TryCast) and effect(plain(inner.this)) is not None:
            node = inner.this
            continue
        return inner


def entity_facts(found: Effect, fact: Fact) -> dict[str, Fact]:
    """What a redaction takes out, each with its fact."""
    return {name: fact._replace(text=f"takes out {name}") for name in found.entities}
