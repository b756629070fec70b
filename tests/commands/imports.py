"""Documents that `import` reads, written for the tests: a Fides manifest and one of TILT."""

import json
from typing import Any

FIDES = """\
organization:
  - fides_key: default_organization
    name: Notewise
    controller: {name: Notewise Ltd, email: privacy@notewise.example, address: 1 Quay Street, phone: "1"}
dataset:
  - fides_key: app
    name: The app's tables
    collections:
      - name: notes
        fields:
          - {name: text, data_categories: [user.content]}
          - {name: owner, data_categories: [user.unique_id]}
          - {name: saved_at, data_categories: [system.operations]}
          - {name: mood}
          - name: place
            fields: [{name: city, data_categories: [user.location]}]
system:
  - fides_key: trainer
    name: Trainer
    system_type: Service
    privacy_declarations:
      - name: Train the helper.
        data_categories: [user.content, user.health_and_medical]
        data_use: train_ai_system
        data_subjects: [customer, employee]
        dataset_references: [app]
        legal_basis_for_processing: Consent
        retention_period: 2 years
        processes_special_category_data: true
        special_category_legal_basis: Explicit consent
      - name: Show adverts
        data_categories: [user.behavior]
        data_use: marketing.advertising.serving
        data_subjects: [customer]
        dataset_references: [gone]
        retention_period: as long as needed
        data_shared_with_third_parties: true
        third_parties: Adserver Inc.
      - name: Hire people
        data_categories: [user.name]
        data_use: employment.recruitment
        data_subjects: [job_applicant]
"""


def right(**more: Any) -> dict[str, Any]:
    return {
        "available": True,
        "description": "Use the form on our site.",
        "url": "https://notewise.example/rights",
        "email": "privacy@notewise.example",
        "identificationEvidences": ["E-mail"],
        **more,
    }


TILT: dict[str, Any] = {
    "meta": {
        "_id": "0b1c", "name": "Notewise", "created": "2026-01-02T10:00:00.0", "modified": "2026-11-01T10:00:00.0",
        "version": 3, "language": "en", "status": "active", "url": "https://notewise.example/privacy", "_hash": "a" * 64,
    },
    "controller": {
        "name": "Notewise Ltd", "division": "Notes", "address": "1 Quay Street", "country": "IE",
        "representative": {"name": "Ann Other", "email": "ann@notewise.example", "phone": "1"},
    },
    "dataProtectionOfficer": {"name": "Dee Pio", "address": "1 Quay Street", "country": "IE", "email": "dpo@notewise.example", "phone": "1"},
    "dataDisclosed": [
        {
            "_id": "1", "category": "E-mail address",
            "purposes": [
                {"purpose": "Newsletter", "description": "Once a month."},
                {"purpose": "Delivering your orders", "description": "So that they arrive."},
                {"purpose": "Quux", "description": "Nobody knows."},
            ],
            "legalBases": [{"reference": "GDPR-6-1-a", "description": "Consent."}, {"reference": "BDSG-26", "description": "Work."}],
            "legitimateInterests": [{"exists": True, "reasoning": "People like news."}],
            "recipients": [
                {"name": "Post Ltd", "division": "", "address": "", "country": "ES", "representative": {"name": "", "email": "", "phone": ""}, "category": "Carrier"},
                {"category": "Tax offices"},
            ],
            "storage": [
                {
                    "temporal": [{"description": "Orders", "ttl": "P2Y"}, {"description": "Backups", "ttl": "2020-08-09T18:31:42P3Y6M"}, {"description": "", "ttl": "soon"}],
                    "purposeConditional": ["Until the order is done."], "legalBasisConditional": [], "aggregationFunction": "max",
                }
            ],
            "nonDisclosure": {"legalRequirement": False, "contractualRegulation": False, "obligationToProvide": False, "consequences": "No parcel."},
        },
        {
            "_id": "2", "category": "Credit score", "purposes": [{"purpose": "Fraud prevention", "description": ""}],
            "legalBases": [], "legitimateInterests": [{"exists": False, "reasoning": ""}], "recipients": [],
            "storage": [{"temporal": [{"description": "", "ttl": "P1M"}, {"description": "", "ttl": "P10D"}], "purposeConditional": [], "legalBasisConditional": [], "aggregationFunction": "min"}],
            "nonDisclosure": {},
        },
    ],
    "thirdCountryTransfers": [{"country": "US", "adequacyDecision": {"available": True, "description": "2023"}}],
    "accessAndDataPortability": right(dataFormat="json", administrativeFee={"amount": 0, "currency": "EUR"}),
    "sources": [{"_id": "3", "dataCategory": "Credit score", "sources": [{"description": "An agency.", "url": "https://agency.example", "publiclyAvailable": False}]}],
    "rightToInformation": right(),
    "rightToRectificationOrDeletion": right(url="javascript:alert(1)"),
    "rightToDataPortability": right(available=False),
    "rightToWithdrawConsent": right(),
    "rightToComplain": right(supervisoryAuthority={"name": "The Commission", "country": "IE"}),
    "automatedDecisionMaking": {"inUse": False, "logicInvolved": "", "scopeAndIntendedEffects": ""},
    "changesOfPurpose": [],
}  # fmt: skip
TILT_TEXT = json.dumps(TILT, indent=1)
