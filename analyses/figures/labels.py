"""How labels of the warehouse are written in figures and on the page."""

from typing import Final

import pandas as pd

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
    "hsct_switch_off": "Standard blood stem-cell transplant",
    "dli_switch_off": "Donor lymphocytes",
    "in_vivo_car_switch_off": "In-vivo CAR",
    "mononuclear_switch_off": "Unselected mononuclear cells",
    "cell_free_product": "Cell-free product",
    "cells_only_history": "Cells only as history or context",
    "cells_only_measured": "Cells only measured",
    "no_cell_word": "No cell word and no listed product",
    "other": "Other named target",
    "field_stated_or_left_out": "Field stated or left out",
}

CLASSES: Final = ("immune_cell", "stem_cell", "other_somatic_cell")
PHASES: Final = (
    "early_phase_1",
    "phase_1",
    "phase_1_2",
    "phase_2",
    "phase_2_3",
    "phase_3",
    "phase_4",
    "not_applicable",
    "not_reported",
)
SPONSOR_TYPES: Final = ("IIT", "IST")
SPONSOR_RULES: Final = ("regulatory", "lead", "any_role", "agent")
#: The rule of a build in the words of a subtitle.
SPONSOR_RULE_IN_WORDS: Final = {
    "regulatory": "IST: approval stated or CDE registration",
    "lead": "IST: a company leads",
    "any_role": "IST: a company has any role",
    "agent": "IST: the product has a regulatory trial",
}
AGENCIES: Final = ("NMPA", "FDA", "EMA", "PMDA")


def written(label: object) -> str:
    """Return a label as a reader sees it: `phase_1_2` is Phase 1/2, `solid_tumor` Solid tumour, `CAR-T` itself."""
    if pd.isna(label):  # type: ignore[call-overload]  # any one value may come
        return "not stated"
    text = str(label)
    if text in _WRITTEN:
        return _WRITTEN[text]
    if "_" not in text and text != text.lower():
        return text
    spaced = text.replace("_", " ")
    return spaced[:1].upper() + spaced[1:]
