"""Words we use: what the few words that mean something exact mean on this site.

The ids are those of the terms in the word lists: a term of art that has no entry here is a finding.
"""

from __future__ import annotations

from .terms import STRENGTHS
from .wording import upper

# id, word, meaning
WORDS = (
    ("matches-settings", "Matches settings", "A program compared the sentence with the settings "
     "of our data pipeline. They agree, on every path, on the date shown."),
    ("stated", "Stated", "We say so. It agrees with our own description, or it is about people "
     "or law, where no setting can show it."),
    ("pipeline", "Pipeline", "The programs that data goes through after you send it, step by "
     "step."),
    ("setting", "Setting", "A line in a file that tells a program what to do. We compare our "
     "words with these lines."),
    *((id_, *said) for id_, said in STRENGTHS.items() if id_ != "none"),
    ("opt-out", "On until you switch it off", "We use it unless you say no."),
    ("opt-in", "Off until you allow it", "We use it only after you say yes."),
    ("route", "Another way in", "Something you or others do, such as a rating, that lets data in "
     "even when a switch is off. Each “no” lists these."),
    ("legitimate-interests", "Legitimate interests", "A reason in law: somebody needs the data, "
     "and your rights do not outweigh that. You can object."),
    ("controller", "Controller", "Whoever decides what data is used for, and answers for it."),
    ("classifier", "Classifier", "A model that sorts things, such as chats that do harm and "
     "chats that do not."),
    ("training", "Training", "A model learns from examples. It keeps patterns from them, and it "
     "cannot unlearn one of them."),
)  # fmt: skip


def explained(own: dict[str, str]) -> list[tuple[str, str, str]]:
    """Id, word and meaning, by word; what a team explains itself takes the place of ours."""
    theirs = [(id_, upper(id_.replace("-", " ")), meaning) for id_, meaning in own.items()]
    known = [*(word for word in WORDS if word[0] not in own), *theirs]
    return sorted(known, key=lambda word: word[1].casefold())
