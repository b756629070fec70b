"""The questions of the FAQ, one module each; a new one is a file and a line in `QUESTIONS`."""

from __future__ import annotations

from . import (
    ads_or_sold,
    after_deletion,
    anonymised,
    by_plan,
    by_region,
    children_and_teens,
    how_long,
    how_to_switch_off,
    learned_bias,
    legal_basis,
    linked_back,
    my_rights,
    never_used,
    object_or_complain,
    on_by_default,
    other_purposes,
    people_read,
    rating,
    sources,
    still_used_after_refusal,
    take_out_of_model,
    used_for_training,
    what_counts,
    what_i_lose,
    when_choice_takes_effect,
    who_else_gets_it,
    who_is_responsible,
)
from .asked import Asked

QUESTIONS: dict[str, Asked] = {
    module.ID: module
    for module in (
        used_for_training,
        what_counts,
        never_used,
        sources,
        other_purposes,
        ads_or_sold,
        legal_basis,
        by_plan,
        by_region,
        children_and_teens,
        on_by_default,
        how_to_switch_off,
        when_choice_takes_effect,
        what_i_lose,
        still_used_after_refusal,
        rating,
        anonymised,
        linked_back,
        people_read,
        who_else_gets_it,
        how_long,
        after_deletion,
        take_out_of_model,
        my_rights,
        object_or_complain,
        who_is_responsible,
        learned_bias,
    )
}
