"""The public word for each closed list of the policy: purposes, bases, strengths, duties."""

from __future__ import annotations

PURPOSES = {
    "provide-service": "Running the service",
    "train-model": "Training AI",
    "fine-tune-model": "Fine-tuning AI",
    "evaluate-model": "Testing AI",
    "improve-service": "Improving the service",
    "personalise": "Making it fit you",
    "analytics": "Statistics",
    "safety-and-abuse": "Safety",
    "human-review": "Review by people",
    "anonymise": "Making data that is less personal",
    "research": "Research",
    "support": "Support",
    "legal-duty": "Legal duties",
    "advertising": "Ads",
    "profiling": "Profiles of people",
    "sell-or-license": "Selling or licensing data",
    "contact": "Contacting people",
}
TRAINING = ("train-model", "fine-tune-model")
NOT_TRAINING = ("evaluate-model", "provide-service", "support", "human-review")

BASES = {
    "consent": "your consent",
    "explicit-consent": "your explicit consent",
    "contract": "our contract with you",
    "legal-obligation": "a legal duty",
    "vital-interests": "vital interests",
    "public-interest": "the public interest",
    "legitimate-interests": "legitimate interests",
    "research": "scientific research",
    "your-direction": "your own instruction",
}

SOURCES = {
    "public-web": "public web pages",
    "licensed": "data that we license",
    "users": "data of people who use our services",
    "crowd-workers": "work of people that we pay",
    "feedback": "feedback",
    "flagged": "flagged content",
    "synthetic": "text made by machines",
    "internal": "our own internal data",
}

# What a strength is called, and what it means; never more than the steps reach.
STRENGTHS = {
    "none": ("Used as it is", "We do not remove what points to you."),
    "unlinked": ("Unlinked", "We take your account off. The rest can still point to you."),
    "pseudonymised": (
        "Pseudonymised",
        "Your name and account number are gone, or a code stands in their place. The rest, or "
        "the key to the code, can still point to you.",
    ),
    "reduced": ("Reduced", "Fewer details point to you. A part of them stays."),
    "de-identified": (
        "De-identified",
        "Nothing in it is meant to name you. What you wrote can still point to you.",
    ),
    "aggregated": ("Counted in groups", "Only numbers about groups of people are left."),
    "anonymised": (
        "Anonymised",
        "Nobody can tell who it came from, whatever else they know. We use the word only for data "
        "of which this is true.",
    ),
}

RIGHTS = {
    "access": "Get a copy of your data",
    "correct": "Correct your data",
    "erase": "Erase your data",
    "restrict": "Limit what we do with your data",
    "port": "Take your data to another service",
    "object": "Object to a use",
    "withdraw": "Take back your consent",
    "complain": "Complain to an authority",
    "opt-out-of-sale": "Stop the sale of your data",
    "human-review": "Have a person look at a decision",
}

DUTIES = {
    "confidentiality": "keep the data secret",
    "delete-downstream": "delete the data when you delete it",
    "no-reidentification": "never try to find out who you are",
    "no-training": "never train AI with the data",
    "no-onward-sharing": "never pass the data on",
}

RECIPIENTS = {
    "staff": "People who work for us",
    "contractor": "People who work for us under contract",
    "processor": "A company that works on our orders",
    "model-provider": "A company that runs AI models for us",
    "affiliate": "A company of our group",
    "licensee": "A company that gets data under a licence",
    "your-organisation": "Your own organisation",
    "public": "Everyone",
    "authority": "An authority",
    "third-party": "Another company",
}
PEOPLE = ("staff", "contractor")

SPREADS = {
    "item": "for this one item only",
    "browser": "in this browser only",
    "device": "on this device only",
    "account": "for your account, on every device",
    "linked-accounts": "for your account and all accounts linked to it",
    "organisation": "for your whole organisation",
}

ACTORS = {"you": "you", "parent": "your parent", "admin": "your admin", "us": "we"}

FAMILIES = {
    "generative": "AI that writes or draws",
    "predictive": "AI that predicts",
    "safety": "AI that spots harm",
    "speech": "AI for speech",
    "ranking": "AI that sorts results",
    "embedding": "AI that compares texts",
}
SERVES = {"everyone": "Everyone", "one-customer": "One customer only", "us": "Only us"}

TOLD = {
    "e-mail": "by e-mail",
    "in-product": "in the product",
    "site": "on this site",
    "post": "by post",
}

# The number of a step in few words; a share is put in as one.
PARAMETERS = {
    "k": "at least {} people in a group",
    "min-people": "at least {} people in a group",
    "area-km2": "an area of at least {} square kilometres",
    "epsilon": "a privacy budget (epsilon) of {}",
    "delta": "a delta of {}",
    "sample-rate": "{}",
    "recall": "{} found",
    "min-length": "texts of at least {} characters",
}
