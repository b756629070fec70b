"""Further wordings of the questions, which only the search knows: what else people call a subject.

The wordings of a question itself are shown to readers, in A to Z. These are the nouns and verbs of
its subject, so that any of them finds it.
"""

from __future__ import annotations

from typing import Final

WORDINGS: Final[dict[str, tuple[str, ...]]] = {
    "used-for-training": (
        "does the model learn from what I write, paste or upload",
        "training on conversations, stories, code and pasted text",
        "are you training with my messages",
    ),
    "what-counts": (
        "kinds and categories of data that are collected",
        "personal information that you hold about me",
        "what do you know, record and watch",
    ),
    "never-used": (
        "what is excluded and off limits",
        "data that training never takes",
        "name, address, account and password in training",
    ),
    "connected-and-uploads": (
        "linked mailbox, calendar and cloud drive",
        "documents, spreadsheets and PDF files that I attach",
        "integrations, plugins and web pages",
    ),
    "voice-and-images": (
        "microphone, speech and audio recordings",
        "photos, selfies, screenshots and camera",
        "sharing my screen, video calls",
    ),
    "inferred-data": (
        "guesses and predictions about me",
        "scores, tone, mood and language that are detected",
        "data that is derived or generated, such as replies",
    ),
    "sources": (
        "where the knowledge of the model comes from",
        "what the models were trained on",
        "scraping of the web, books and licensed data",
        "synthetic data and paid writers",
    ),
    "other-purposes": (
        "everything else that information is used for",
        "list of purposes",
        "what happens with my information",
    ),
    "kinds-of-model": (
        "generative, safety, speech and ranking models",
        "classifiers and predictive models",
    ),
    "ads-or-sold": (
        "selling information, making money, data brokers",
        "targeted advertising and marketing",
        "do advertisers see it",
    ),
    "personalised": (
        "memory of earlier conversations",
        "tailored answers and recommendations",
        "does it know me from last time",
    ),
    "legal-basis": (
        "what gives you the right",
        "consent, contract and legitimate interests in law",
        "lawful processing",
    ),
    "by-plan": (
        "free, paid and business subscriptions",
        "does paying protect me",
        "do I get more privacy if I pay",
    ),
    "work-or-school": (
        "what my boss, teacher or company sees",
        "accounts of organisations, universities and teams",
        "administrator rights",
    ),
    "by-region": (
        "rules of my country or state",
        "laws of Europe, the UK, America and elsewhere",
        "do other rules hold abroad",
    ),
    "signed-out": ("using it as a guest", "without logging in or registering"),
    "children-and-teens": (
        "my daughter or son uses it",
        "minimum age, parents and pupils",
        "teenagers and underage users",
    ),
    "non-users": (
        "people who never registered",
        "people who have not signed up, and are known all the same",
        "somebody wrote about me, and I have no account",
        "friends, family and strangers in chats of others",
    ),
    "on-by-default": (
        "was it enabled without asking me",
        "preset and automatic settings",
        "did I consent",
    ),
    "how-to-switch-off": (
        "where do I refuse, disable or deactivate it",
        "the toggle in the settings",
        "I do not want my data in the model",
        "refuse training, and keep chats out of it",
        "how to opt out of it",
    ),
    "when-choice-takes-effect": (
        "how quickly an opt-out works",
        "does it apply to the past, to earlier and old conversations",
        "changing my mind and allowing it again",
    ),
    "choice-follows-me": (
        "is it set on all devices, browsers and accounts",
        "laptop, tablet and phone",
    ),
    "what-i-lose": (
        "disadvantages and consequences of refusing",
        "downsides of saying no",
        "is the service worse or limited afterwards",
    ),
    "still-used-after-refusal": (
        "why is it used although I refused",
        "exceptions and limits of the opt-out",
        "training that goes on",
    ),
    "rating": (
        "likes, dislikes, stars and comments",
        "what a vote or bug report sends",
        "feedback form",
    ),
    "private-chats": ("chats that leave no history", "secret and unsaved conversations"),
    "deadline": (
        "silence, no answer, closing the banner",
        "until which date must I choose",
        "the pop-up that asks me",
    ),
    "anonymised": (
        "are names, phone numbers and addresses removed",
        "redaction of passwords and personal details",
        "pseudonyms and masking",
        "removing PII",
    ),
    "linked-back": (
        "can it be traced or tied to my account",
        "identification and de-anonymisation of a person",
        "does it know who I am",
        "can anybody tell that it is me",
    ),
    "could-repeat": (
        "can others get my text from the model",
        "memorised sentences and secrets",
        "leaks and verbatim output",
    ),
    "people-read": (
        "do humans, staff or strangers look at chats",
        "human reviewers and moderators",
        "is somebody watching or spying",
    ),
    "who-else-gets-it": (
        "partners, suppliers, subprocessors and affiliates",
        "sharing with others outside the company",
        "who has access",
    ),
    "where-stored": (
        "countries and places of servers and data centres",
        "international transfers",
        "hosting and cloud regions",
    ),
    "how-long": (
        "retention time in days, months and years",
        "how long are conversations stored",
        "does anything expire or stay forever",
    ),
    "after-deletion": (
        "backups and copies that remain",
        "is a deleted conversation gone for good",
        "what is kept after I close my account or leave",
        "deleting all of it",
    ),
    "take-out-of-model": (
        "removing what a model learned",
        "retraining and forgetting",
        "erasure from trained models",
    ),
    "my-rights": (
        "access request, copy and portability",
        "erasure, closing the account, deleting everything about me",
        "correcting what is wrong about me",
    ),
    "object-or-complain": (
        "objection, complaint and regulator",
        "supervisory authority, ombudsman and lawsuit",
        "taking back consent",
    ),
    "sensitive-information": (
        "health, illness, religion, sexuality and politics",
        "what should I not type: passwords, bank details, trade secrets",
        "confidential business documents",
    ),
    "what-changed": (
        "new version, updates and announcements",
        "notice before new rules hold",
        "date of the policy",
    ),
    "who-is-responsible": (
        "the company behind it, its address and contact",
        "data protection officer and representative",
        "whom do I write to",
    ),
    "how-to-check": (
        "proof, evidence, tests and audits",
        "is this honest, or a lie",
        "can I trust and verify it",
    ),
    "learned-bias": (
        "racism, sexism and discrimination",
        "fairness between men, women and groups",
        "tests for prejudice",
    ),
    "is-it-real": ("is it a fake or invented company", "a demo and no real product"),
}
