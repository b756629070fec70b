"""What a module of a question offers."""

from __future__ import annotations

from typing import Protocol

from ...project import Project
from ..model import Answer


class Asked(Protocol):
    """A question in a reader's words, other words for it, and how facts answer it.

    ID is its address and never changes. PARAPHRASES are what people type into a search.
    """

    @property
    def ID(self) -> str: ...

    @property
    def GROUP(self) -> str: ...

    @property
    def ASKS(self) -> str: ...

    @property
    def PARAPHRASES(self) -> tuple[str, ...]: ...

    @property
    def RELATED(self) -> tuple[str, ...]: ...

    def answer(self, project: Project) -> Answer: ...
