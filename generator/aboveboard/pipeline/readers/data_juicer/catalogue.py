"""What Data-Juicer's operators are, and what they take, in the version that its table names.

The names, kinds, keys and defaults in `catalogue_1_6_1.json` are read out of the tool's own
source; what an operator does to a field is judged here, since no signature says it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

VERSION: Final = "1.6.1"
SAID: Final = f"default of Data-Juicer {VERSION}"
_TABLE: Final = Path(__file__).with_name("catalogue_1_6_1.json")

# Each rewrites the text it is given, and nothing else.
IN_PLACE: Final = frozenset(
    [
        "chinese_convert_mapper",
        "clean_copyright_mapper",
        "clean_html_mapper",
        "expand_macro_mapper",
        "fix_unicode_mapper",
        "nlpaug_en_mapper",
        "nlpcda_zh_mapper",
        "punctuation_normalization_mapper",
        "remove_bibliography_mapper",
        "remove_comments_mapper",
        "remove_header_mapper",
        "remove_long_words_mapper",
        "remove_non_chinese_character_mapper",
        "remove_repeat_sentences_mapper",
        "remove_specific_chars_mapper",
        "remove_table_text_mapper",
        "remove_words_with_incorrect_substrings_mapper",
        "replace_content_mapper",
        "sentence_split_mapper",
        "text_chunk_mapper",
        "whitespace_normalization_mapper",
    ]
)
# Each replaces the media in its list by an edited copy, and keeps the path of the original.
EDITS_MEDIA: Final = {
    "audio_add_gaussian_noise_mapper": "audio_key",
    "audio_ffmpeg_wrapped_mapper": "audio_key",
    "image_blur_mapper": "image_key",
    "image_face_blur_mapper": "image_key",
    "image_remove_background_mapper": "image_key",
    "video_face_blur_mapper": "video_key",
    "video_ffmpeg_wrapped_mapper": "video_key",
    "video_remove_watermark_mapper": "video_key",
    "video_resize_aspect_ratio_mapper": "video_key",
    "video_resize_resolution_mapper": "video_key",
}
SOURCE_FILE: Final = "__dj__source_file__"
STATS: Final = "__dj__stats__"
META: Final = "__dj__meta__"
SUFFIX: Final = "__dj__suffix__"

# These hand rows to a server outside the run, whatever their parameters.
SENDS_OUT: Final = frozenset({"human_preference_annotation_mapper", "s3_upload_file_mapper"})
# Parameters by which an operator writes rows or media to a place of its own.
FILE_OUTPUTS: Final = frozenset(
    [
        "batch_meta_export_path",
        "cropping_face_video_temp_path",
        "face_track_bbox_path",
        "frame_dir",
        "original_data_save_path",
        "output_dir",
        "output_video_dir",
        "save_dir",
        "save_mesh_dir",
        "save_visualization_dir",
        "stats_export_path",
        "temp_save_path",
        "temp_video_path",
        "visualization_dir",
    ]
)
# Keys that the tool copies from the recipe's settings into every operator.
FROM_SETTINGS: Final = {
    "audio_key": "audio_key",
    "image_bytes_key": "image_bytes_key",
    "image_key": "image_key",
    "skip_op_error": "skip_op_error",
    "text_key": "text_keys",
    "turbo": "turbo",
    "video_key": "video_key",
    "work_dir": "work_dir",
}


class Operator(NamedTuple):
    """An operator of the catalogue: its kind, the keys of the fields it reads, its parameters."""

    name: str
    kind: str
    keys: tuple[str, ...]
    params: dict[str, Any]


class Catalogue(NamedTuple):
    """All that one version of the tool knows: operators, settings and their defaults."""

    operators: dict[str, Operator]
    base: dict[str, Any]
    settings: dict[str, Any]
    patterns: dict[str, str]
    no_stats: frozenset[str]

    def default(self, operator: str, param: str) -> Any:
        """The value that an operator's parameter has when the recipe gives none."""
        found = self.operators.get(operator)
        if found and param in found.params:
            return found.params[param]
        return self.base.get(param)

    def params(self, operator: str) -> set[str]:
        """Every parameter that an operator takes."""
        return {*self.base, *self.operators[operator].params}

    def below(self, group: str) -> set[str]:
        """The settings of a group such as `checkpoint`, by their last name."""
        start = f"{group}."
        return {name.removeprefix(start) for name in self.settings if name.startswith(start)}

    @property
    def top_level(self) -> set[str]:
        """Every key that may stand at the top of a recipe."""
        return {name.partition(".")[0] for name in self.settings}


@cache
def catalogue() -> Catalogue:
    """The table of the version that is assumed, read once."""
    table = json.loads(_TABLE.read_text(encoding="utf-8"))
    operators = {
        name: Operator(name, row["kind"], tuple(row["keys"]), row["params"])
        for name, row in table["operators"].items()
    }
    return Catalogue(
        operators,
        table["base"],
        table["settings"],
        table["patterns"],
        frozenset(table["no_stats"]),
    )
