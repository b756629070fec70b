"""What a team changes about the questions of its FAQ: other words, another order, its own."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from .types import After, Strict, Text, Texts


def is_place(value: int) -> int:
    if value < 1:
        raise ValueError("'place' counts from 1")
    return value


class Question(Strict):
    """A question of the FAQ in a team's own words, order or answer, or why it is left out."""

    ask: Text | None = None
    group: (
        Literal[
            "is-my-data-used",
            "for-what",
            "who-it-applies-to",
            "my-choices",
            "anonymous-and-who-sees-it",
            "how-long-and-my-rights",
            "trust-and-change",
        ]
        | None
    ) = None
    place: Annotated[int, After(is_place)] | None = None
    paraphrases: Texts = []
    about: Texts = []
    answer: Text | None = None
    left_out: Text | None = None

    def checked(self) -> Self:
        said = (self.ask, self.group, self.place, self.paraphrases, self.about, self.answer)
        if self.left_out and any(said):
            raise ValueError("a question that is 'left-out' says nothing else")
        if not self.left_out and not any(said):
            raise ValueError(
                "say what changes: 'ask', 'place', 'answer', 'left-out' or another key"
            )
        return self
