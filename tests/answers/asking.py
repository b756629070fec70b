"""What tests of questions share: asking one of a policy, and the parts of its answer as text."""

from pathlib import Path

from tests.answers.policies import project

from aboveboard.answers.model import Answer, Table
from aboveboard.answers.questions import QUESTIONS


def ask(folder: Path, text: str, question: str) -> Answer:
    return QUESTIONS[question].answer(project(folder, text))


def short(answer: Answer) -> str:
    return " ".join(sentence.whole for sentence in answer.short)


def beside(answer: Answer) -> list[str]:
    return [s.whole for s in answer.exceptions.sentences] if answer.exceptions else []


def cells(answer: Answer) -> list[tuple[str, ...]]:
    tables = [block for block in answer.details if isinstance(block, Table)]
    return [tuple(cell.whole for cell in row) for table in tables for row in table.rows]
