"""Constants of the ClinicalTrials.gov API v2."""

REGISTRY = "clinicaltrials_gov"

DEFAULT_BASE_URL = "https://clinicaltrials.gov/api/v2"
PAGE_SIZE = 1000
# Days that an incremental run looks back behind the last data cut, because post dates know no time zone.
OVERLAP_DAYS = 2
COUNTRY = "China"

SHAPES = ("api_page", "study_json", "study_array", "ndjson")

# The version stamp changes with every nightly refresh of the registry, whether or not the study did.
VOLATILE = (("derivedSection", "miscInfoModule", "versionHolder"),)

# Values of statusModule.overallStatus in the API's own enumeration (2.0.5).
STATUSES = (
    "ACTIVE_NOT_RECRUITING",
    "COMPLETED",
    "ENROLLING_BY_INVITATION",
    "NOT_YET_RECRUITING",
    "RECRUITING",
    "SUSPENDED",
    "TERMINATED",
    "WITHDRAWN",
    "AVAILABLE",
    "NO_LONGER_AVAILABLE",
    "TEMPORARILY_NOT_AVAILABLE",
    "APPROVED_FOR_MARKETING",
    "WITHHELD",
    "UNKNOWN",
)
