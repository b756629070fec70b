"""The compiled schema is what pydantic reads from the entity classes today."""

import inspect

import pytest
from pydantic import TypeAdapter

from aboveboard.policy import compile as compiling
from aboveboard.policy import scope as scopes
from aboveboard.policy.entities import Use
from aboveboard.policy.schema import FILE, classes, fields_of, functions


def test_the_schema_is_compiled_from_the_classes_as_they_are() -> None:
    stale = "python -m aboveboard.policy.compile (make schema) writes it anew"
    assert FILE.read_text(encoding="utf-8") == compiling.compiled(), stale


@pytest.mark.parametrize("name", sorted(classes()))
def test_fields_are_those_that_the_class_declares(name: str) -> None:
    declared = {n for c in classes()[name].__mro__ for n in inspect.get_annotations(c)}
    hidden = {"__pydantic_extra__", "OTHER_KEYS", "model_config"}
    assert {field.name for field in fields_of(name)} == declared - hidden


def test_functions_that_a_schema_calls_have_names_of_their_own() -> None:
    assert functions()["or_rest"] is scopes.or_rest
    assert "Use" in classes() and "Scope" in classes()


def test_pydantic_can_still_write_json_schema() -> None:
    written = TypeAdapter(dict[str, Use]).json_schema(by_alias=True)
    use, scope = written["$defs"]["Use"], written["$defs"]["Scope"]
    assert "tell-before-change" in use["properties"] and use["additionalProperties"] is False
    assert scope["additionalProperties"] is not False
