"""Patterns of paths, as a shell reads them."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=1024)
def _regex(pattern: str) -> re.Pattern[str]:
    """`**` for any folders, `*` and `?` within one, `[abc]` for one letter."""
    found = []
    for part in re.findall(r"\*\*/?|\*|\?|\[[^\]]*\]|[^*?\[]+|\[", pattern):
        if part.startswith("**"):
            found.append(r"(?:[^/]*/)*" if part.endswith("/") else r".*")
        elif part in "*?":
            found.append(r"[^/]*" if part == "*" else r"[^/]")
        elif re.fullmatch(r"\[!?[\w.*?-]+\]", part):
            found.append("[^" + part[2:] if part.startswith("[!") else part)
        else:
            found.append(re.escape(part))
    return re.compile("".join(found))


def covers(pattern: str, other: str) -> bool:
    """Whether all that another path or pattern means is surely among what a pattern matches."""
    return pattern == other or bool(_regex(pattern).fullmatch(other))


def meets(pattern: str, path: str) -> bool:
    """Whether a pattern matches a path; `FOLDER/**` stands for files of any name below a folder."""
    if path.endswith("/**"):
        start = re.split(r"[*?\[]", pattern, maxsplit=1)[0]
        return start.startswith(path[:-2])
    return covers(pattern, path)
