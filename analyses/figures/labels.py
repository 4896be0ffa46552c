"""How labels of the warehouse are written in figures and on the page."""

from typing import Final

# Only what differs from the label with its underscores as spaces stands here.
_WRITTEN: Final = {
    "immune_cell": "Immune cells",
    "stem_cell": "Stem cells",
    "other_somatic_cell": "Other somatic cells",
    "early_phase_1": "Early phase 1",
    "phase_1": "Phase 1",
    "phase_1_2": "Phase 1/2",
    "phase_2": "Phase 2",
    "phase_2_3": "Phase 2/3",
    "phase_3": "Phase 3",
    "phase_4": "Phase 4",
    "hematologic_malignancy": "Haematological malignancy",
    "solid_tumor": "Solid tumour",
    "cancer_unspecified": "Cancer, kind not stated",
    "hematologic_benign": "Benign haematological",
    "digestive_liver": "Digestive and liver",
    "endocrine_metabolic": "Endocrine and metabolic",
    "renal_urogenital": "Renal and urogenital",
    "skin_wound": "Skin and wounds",
    "healthy_or_other": "Healthy or other",
    "clinicaltrials_gov": "ClinicalTrials.gov",
    "chictr": "ChiCTR",
    "chinadrugtrials": "ChinaDrugTrials",
    "ictrp": "Other registers (ICTRP)",
    "china": "China",
    "outside_china": "Outside China",
    "IST": "Industry-sponsored (IST)",
    "IIT": "Investigator-initiated (IIT)",
    "ESC_iPSC": "ESC/iPSC",
    "lung_basal": "Lung basal",
    "other_immune": "Other immune",
    "other_stem": "Other stem",
    "other_somatic": "Other somatic",
}

CLASSES: Final = ("immune_cell", "stem_cell", "other_somatic_cell")
PHASES: Final = (
    "early_phase_1", "phase_1", "phase_1_2", "phase_2", "phase_2_3", "phase_3", "phase_4", "not_applicable", "not_reported",
)  # fmt: skip
SPONSOR_TYPES: Final = ("IIT", "IST")
SPONSOR_RULES: Final = ("regulatory", "lead", "any_role", "agent")
AGENCIES: Final = ("NMPA", "FDA", "EMA", "PMDA")


def written(label: object) -> str:
    """Return a label as a reader sees it: `phase_1_2` is Phase 1/2, `solid_tumor` Solid tumour, `CAR-T` itself."""
    if label is None or label != label:  # noqa: PLR0124 (NaN is the one value that differs from itself)
        return "not stated"
    text = str(label)
    if text in _WRITTEN:
        return _WRITTEN[text]
    if "_" not in text and text != text.lower():
        return text
    spaced = text.replace("_", " ")
    return spaced[:1].upper() + spaced[1:]
