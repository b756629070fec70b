"""Data-Juicer redaction: what is taken out, where, and what errors do."""

import pytest
from tests.pipeline.recipes import only, read, step

from aboveboard.pipeline.graph import UNKNOWN


@pytest.mark.parametrize(
    ("operator", "entities", "known", "keeps"),
    [
        ("clean_email_mapper: ", {"email"}, True, False),
        ("clean_ip_mapper: {repl: '[IP]'}", {"ip-address"}, True, False),
        ("clean_links_mapper: {repl: null}", {"url"}, True, False),
        (r"clean_links_mapper: {repl: '<a>\1</a>'}", {"url"}, True, True),
        (r"clean_email_mapper: {repl: '[E]\g<0>[/E]'}", {"email"}, True, True),
        ("clean_email_mapper: {pattern: '.*@x'}", set(), False, False),
        ("clean_email_mapper: {pattern: '${P}'}", set(), False, False),
        ("clean_email_mapper: {repl: '${R}'}", set(), False, False),
        ("image_face_blur_mapper: ", {"face"}, True, False),
        ("image_face_blur_mapper: {radius: 0}", {"face"}, True, True),
        ("video_face_blur_mapper: {radius: 0, blur_type: mean}", {"face"}, True, False),
        ("image_face_blur_mapper: {cv_classifier: cats.xml}", set(), False, False),
    ],
)
def test_what_is_redacted(operator: str, entities: set[str], known: bool, keeps: bool) -> None:
    found = only(f"process: [{{{operator}}}]")
    assert (found.op, set(found.entities)) == ("redact", entities)
    assert (found.entities_known, found.keeps_text) == (known, keeps)


def test_pii_redaction_covers_what_its_switches_say() -> None:
    part = read("""
        process:
          - pii_redaction_mapper:
              mask_phones: false
              mask_urls: true
              mask_secrets: null
              mask_ips: ${IPS}
              path_replacement: '\\g<0>'
    """)
    found = step(part, "pii_redaction_mapper")
    assert found.fields[:5] == ("text", "query", "response", "dialog_history", "messages")
    assert {"phone", "path", "secret", "ip-address"}.isdisjoint(found.entities)
    assert (found.entities["url"].grade, found.entities["url"].location.line) == ("observed", 8)
    default = found.entities["email"]
    assert default.text == "mask_emails is true, default of Data-Juicer 1.6.1"
    assert (default.grade, default.location.line) == ("default", 6)
    assert not found.entities_known


def test_pii_redaction_skips_nested_keys() -> None:
    part = read("process: [{pii_redaction_mapper: {redact_keys: [text, meta.bio]}}]")
    assert step(part, "pii_redaction_mapper").fields[0] == "text"
    assert "meta.bio" not in step(part, "pii_redaction_mapper").fields
    assert "'meta.bio' is a nested field" in part.findings[0].message


def test_a_blurred_image_leaves_the_original_path_in_the_export() -> None:
    part = read("process: [{image_face_blur_mapper: }]")
    before, blur = (
        step(part, "image_face_blur_mapper-originals"),
        step(part, "image_face_blur_mapper"),
    )
    assert before.writes == {"__dj__source_file__": ("images",)}
    assert (blur.inputs, blur.fields) == ((before.id,), ("images",))


def test_a_replacement_of_ones_own_protects_nothing_by_itself() -> None:
    found = only("process: [{replace_content_mapper: {pattern: '[0-9]+', repl: ''}}]")
    assert (found.op, found.writes, found.entities) == ("map", {"text": ("text",)}, {})
    assert "an overlay may say" in found.fact.text


@pytest.mark.parametrize(
    ("text", "does", "grade"),
    [
        ("process: [{clean_email_mapper: }]", "drop", "default"),
        ("skip_op_error: true\nprocess: [{clean_email_mapper: }]", "drop", "observed"),
        ("skip_op_error: false\nprocess: [{clean_email_mapper: }]", "fail", "observed"),
        ("skip_op_error: ${X}\nprocess: [{clean_email_mapper: }]", "drop", "observed"),
        ("process: [{clean_email_mapper: {skip_op_error: false}}]", "fail", "observed"),
        ("process: [{specified_field_filter: {field_key: a}}]", "drop", "default"),
        ("process: [{specified_numeric_field_filter: {field_key: a}}]", "pass", "default"),
        ("process: [{random_selector: }]", "fail", "default"),
        ("process: [{own_mapper: }]", UNKNOWN, "unknown"),
    ],
)
def test_what_becomes_of_a_row_that_fails(text: str, does: object, grade: str) -> None:
    found = only(text).on_error
    assert found is not None
    assert (found.does.value, found.does.fact.grade) == (does, grade)
