"""ClinicalTrials.gov: the API v2, live and as saved files."""

from extract.clinicaltrials_gov import settings

__all__ = ["settings"]
