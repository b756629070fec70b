"""What Data-Juicer's redacting operators take out, and from which fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ...graph import UNKNOWN, Fact, Setting, Step
from .recipe import Call

CLEANERS: Final = {
    "clean_email_mapper": "email",
    "clean_ip_mapper": "ip-address",
    "clean_links_mapper": "url",
}
# pii_redaction_mapper: the switch, what it covers, and what is put in its place.
MASKS: Final = (
    ("mask_paths", "path", "path_replacement"),
    ("mask_emails", "email", "email_replacement"),
    ("mask_secrets", "secret", "secret_replacement"),
    ("mask_ids", "user-id", "id_replacement"),
    ("mask_phones", "phone", "phone_replacement"),
    ("mask_id_cards", "id-card", "id_card_replacement"),
    ("mask_channel_ids", "channel-id", "channel_id_replacement"),
    ("mask_platform_open_ids", "platform-id", "channel_id_replacement"),
    ("mask_pem", "private-key", "pem_replacement"),
    ("mask_jwt", "token", "jwt_replacement"),
    ("mask_urls", "url", "url_replacement"),
    ("mask_ips", "ip-address", "ip_replacement"),
    ("mask_macs", "mac-address", "mac_replacement"),
)
# Besides its keys, pii_redaction_mapper looks into these wherever they stand.
_ALWAYS: Final = ("file_path", "path", "file", "arguments", "file_paths")
_USUAL: Final = ("query", "response", "dialog_history")
_BACKREFERENCE: Final = re.compile(r"\\(?:[1-9]|g<)")


def redaction(call: Call) -> Step:
    """The step of an operator that redacts."""
    return REDACTORS[call.name](call)


def _step(call: Call, text: str) -> Step:
    return Step(call.id, "redact", call.fact(text), ())


def _clean(call: Call) -> Step:
    """clean_email_mapper and its kin: one pattern, taken out of one field."""
    entity, key = CLEANERS[call.name], call.key("text_key")
    step = _step(call, f"{call.name} takes {entity} out of {key.value}")
    _act_on(step, call, "text_key")
    pattern = call.setting("pattern")
    if pattern.value in (None, call.recipe.table.patterns[call.name]):
        step.entities = {entity: call.default(f"the pattern finds {entity}")}
    else:
        step.entities_known = False
        if pattern.known:
            step.fact = call.fact(f"{call.name} takes out what a pattern of its own finds")
    put = call.setting("repl")
    if not put.known:
        step.entities, step.entities_known = {}, False
    step.keeps_text = _keeps(put)
    return step


def _keeps(put: Setting) -> bool:
    """Whether a replacement puts back what was found."""
    return isinstance(put.value, str) and bool(_BACKREFERENCE.search(put.value))


def _act_on(step: Step, call: Call, param: str) -> None:
    """The step acts on the field of a key; a dotted key only if a column has that very name."""
    key = call.key(param)
    if not isinstance(key.value, str):
        step.all_fields, step.runs = True, Setting(UNKNOWN, key.fact)
        return
    step.fields = (key.value,)
    checked = param == "text_key" and call.recipe.strict is True
    if "." in key.value and not checked:
        text = f"{param} {key.value}: a nested field is read, but not written back"
        step.runs = Setting(UNKNOWN, Fact(text, "unknown", key.fact.location))


def _pii(call: Call) -> Step:
    """pii_redaction_mapper: the kinds that are switched on, in the keys that it looks at."""
    step = _step(call, "pii_redaction_mapper redacts what its patterns find")
    _pii_fields(step, call)
    for switch, entity, replacement in MASKS:
        on, put = call.flag(switch), call.setting(replacement)
        if not on.known or (on.value and not put.known):
            step.entities_known = False
        elif on.value and not _keeps(put):
            step.entities[entity] = on.fact
        else:
            step.spared[entity] = put.fact if on.value else on.fact
    if call.setting("extra_patterns").value:
        step.entities_known = False
    return step


def _pii_fields(step: Step, call: Call) -> None:
    listed = call.setting("redact_keys")
    if listed.value is None:
        _act_on(step, call, "text_key")
        step.fields = (*step.fields, *_USUAL, *_messages(call), *_ALWAYS)
        return
    if not isinstance(listed.value, list):
        fact = Fact("redact_keys cannot be read", "unknown", listed.fact.location)
        step.runs = Setting(UNKNOWN, fact)
        return
    names = [name for name in listed.value if isinstance(name, str)]
    for name in names:
        if "." in name:
            message = f"'{name}' is a nested field: {call.recipe.table.name} skips it"
            hint = "redact_keys are names of columns"
            call.recipe.find(call.place("redact_keys"), message, "unknown-setting", hint)
    step.fields = (*(name for name in names if "." not in name), *_ALWAYS)


def _messages(call: Call) -> tuple[str, ...]:
    """A list of messages is redacted under the name of `messages_key` alone."""
    return ("messages",) if call.setting("messages_key").value == "messages" else ()


def _face(call: Call) -> Step:
    """Face blurring: every face that the detector finds, in every image or video."""
    param = "image_key" if call.name.startswith("image") else "video_key"
    step = _step(call, f"{call.name} blurs the faces that it detects")
    _act_on(step, call, param)
    detector, kind, radius = (call.setting(p) for p in ("cv_classifier", "blur_type", "radius"))
    if detector.value == "":
        step.entities = {"face": call.default("the detector finds faces")}
    else:
        step.entities_known = False
    if kind.value != "mean" and radius.value == 0:
        step.keeps_text = True
    if not (kind.known and radius.known):
        step.entities, step.entities_known = {}, False
    return step


REDACTORS: Final[dict[str, Callable[[Call], Step]]] = {
    **dict.fromkeys(CLEANERS, _clean),
    "image_face_blur_mapper": _face,
    "pii_redaction_mapper": _pii,
    "video_face_blur_mapper": _face,
}
