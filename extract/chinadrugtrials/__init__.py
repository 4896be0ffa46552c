"""ChinaDrugTrials, the registration platform of the CDE (NMPA): saved detail pages."""

from extract.chinadrugtrials import settings

__all__ = ["settings"]
