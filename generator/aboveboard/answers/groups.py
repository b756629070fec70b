"""The groups that questions stand in, in the order of the site."""

from __future__ import annotations

GROUPS: dict[str, str] = {
    "is-my-data-used": "Is my data used, and which data?",
    "for-what": "What is it used for?",
    "who-it-applies-to": "Who do these rules apply to?",
    "my-choices": "What can I choose?",
    "anonymous-and-who-sees-it": "Is it anonymous, and who sees it?",
    "how-long-and-my-rights": "How long is it kept, and what are my rights?",
    "trust-and-change": "Why trust this, and what changed?",
}
