"""The codes that a policy may use. A test holds those of the feeds to the feeds' contracts."""

from typing import Literal

OrgType = Literal["government", "department", "institution", "township", "enterprise", "other"]
Element = Literal["full_name", "uscc", "content", "item_list", "complaint_channel"]
Copy = Literal["word", "stamped"]
PublicationChannel = Literal["website", "credit_portal", "window", "media", "card"]
ComplaintChannel = Literal["hotline", "inquiry", "petition", "credit_office", "breach_platform", "other"]
TermPart = Literal["accept", "resolve", "max_extension"]
RecordKind = Literal["judgment", "listing", "penalty", "discipline", "accountability", "circular", "breach"]
Step = Literal[
    "participation",
    "experts",
    "risk",
    "legality",
    "integrity",
    "collective",
    "opinions",
    "adviser",
    "prepublication",
    "survey",
]
Metric = Literal["fulfilment_ratio", "on_time_ratio", "acceptance_rate", "resolution_rate", "satisfaction_rate"]
Item = Literal["commitment", "complaint", "rectification"]
Feed = Literal[
    "organizations",
    "commitment_letters",
    "commitments",
    "publications",
    "complaints",
    "court_cases",
    "dishonest_debtors",
    "accountability",
    "record_actions",
    "arrears",
    "identity_decisions",
    "procedures",
    "inventories",
    "transfers",
    "rectifications",
    "evaluations",
    "honours",
    "proposals",
    "opinions",
    "tasks",
    "listing_notices",
]
#: Keys of the maps by type of unit and by channel: `default` stands for the rest.
OrgTypeKey = Literal["default", OrgType]
ComplaintKey = Literal["default", ComplaintChannel]
