"""What Data-Juicer's operators are, and what they take, in each version that has a table.

The names, kinds, keys and defaults in the tables are read out of the tool's own source by
`tests/operations/data_juicer_table.py`; what an operator does to a field is judged here, since no
signature says it. The sources of 1.5.5, 1.6.0 and 1.6.1 were compared: what is said here holds in
all three, but for what a table marks (`strict_preflight`, `unary`).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

# Version -> its table, the newest first.
TABLES: Final = {
    "1.6.1": "catalogue_1_6_1.json",
    "1.6.0": "catalogue_1_6_0.json",
    "1.5.5": "catalogue_1_5_5.json",
}

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
    """All that one version of the tool knows: operators, settings and their defaults.

    version: "" for what any of the versions knows, of which no default is to be taken.
    no_stats: filters that decide without a statistic. unary: conditions may say `not`.
    """

    version: str
    operators: dict[str, Operator]
    base: dict[str, Any]
    settings: dict[str, Any]
    patterns: dict[str, str]
    no_stats: frozenset[str]
    unary: bool

    @property
    def name(self) -> str:
        """The tool as messages call it."""
        return f"Data-Juicer {self.version}".rstrip()

    @property
    def strict(self) -> bool:
        """Whether it can check a recipe against the data before it runs."""
        return "strict_preflight" in self.settings

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
def catalogue(version: str) -> Catalogue:
    """The table of a version, read once."""
    path = Path(__file__).with_name(TABLES[version])
    table = json.loads(path.read_text(encoding="utf-8"))
    operators = {
        name: Operator(name, row["kind"], tuple(row["keys"]), row["params"])
        for name, row in table["operators"].items()
    }
    return Catalogue(
        version,
        operators,
        table["base"],
        table["settings"],
        table["patterns"],
        frozenset(table["no_stats"]),
        table["unary"],
    )


@cache
def any_version() -> Catalogue:
    """What some version knows, as the newest of them has it: names, but no defaults."""
    newest, *older = (catalogue(version) for version in TABLES)
    return Catalogue(
        "",
        {
            name: found
            for table in (*older[::-1], newest)
            for name, found in table.operators.items()
        },
        newest.base,
        {name: None for table in (newest, *older) for name in table.settings},
        newest.patterns,
        newest.no_stats.union(*(table.no_stats for table in older)),
        all(table.unary for table in (newest, *older)),
    )
