"""Forms of the identifiers that policies name. A pattern of a configuration is tried on them: it
takes an entity out only if it finds every form. None of them is anybody's.
"""

from __future__ import annotations

from typing import Final

SPECIMENS: Final[dict[str, tuple[str, ...]]] = {
    "email": (
        "ann@example.com",
        "ann.lee@mail.example.org",
        "ann_lee+news@example.co.uk",
        "ANN-LEE7@EXAMPLE.COM",
        "a.lee@sub-domain.example.io",
    ),
    "phone": (
        "+1 415 555 0132",
        "(415) 555-0132",
        "415-555-0132",
        "+442079460958",
        "+49 30 901820",
        "+353 1 679 2000",
    ),
    "card": (
        "4111111111111111",
        "4111 1111 1111 1111",
        "5555-5555-5555-4444",
        "378282246310005",
    ),
    "ip-address": (
        "192.0.2.17",
        "203.0.113.255",
        "2001:db8::ff00:42:8329",
        "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
    ),
    "mac-address": ("00:1b:44:11:3a:b7", "00-1B-44-11-3A-B7"),
    "iban": ("GB29NWBK60161331926819", "DE89 3704 0044 0532 0130 00"),
    "ssn": ("219-09-9999", "457-55-5462"),
    "token": (
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
        "eyJ0eXAiOiJKV1QifQ.eyJpc3MiOiJqb2UifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    ),
    "url": ("https://www.example.com/account?name=ann", "http://example.org/ann/lee"),
    "uuid": ("123e4567-e89b-12d3-a456-426614174000",),
}
