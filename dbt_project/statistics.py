"""Statistics that SQL has no function for."""

import pandas as pd
from scipy.stats import mannwhitneyu

TEST = "mann_whitney_u"
_COLUMNS = {
    "scope": "string",
    "cell_class": "string",
    "test": "string",
    "n_iit": "Int64",
    "n_ist": "Int64",
    "statistic": "Float64",
    "p_value": "Float64",
}


def rank_test(first: "pd.Series[float]", second: "pd.Series[float]") -> tuple[float, float] | None:
    """Return U of the first sample and the two-sided p of a Mann-Whitney test, or None when a sample is empty.

    Ties get mid-ranks. scipy takes the exact distribution for small samples without ties, and otherwise the normal
    approximation with tie and continuity correction. Where every value is the same, ranks cannot differ: p is 1.
    """
    if first.empty or second.empty:
        return None
    if pd.concat([first, second]).nunique() == 1:
        return len(first) * len(second) / 2, 1.0
    result = mannwhitneyu(first.to_numpy(), second.to_numpy(), alternative="two-sided", method="auto")
    return float(result.statistic), float(result.pvalue)


def enrollment_tests(trials: pd.DataFrame) -> pd.DataFrame:
    """Compare planned enrolment of IIT with that of IST in each class, for the world and for China in the study window.

    `trials` has the columns of dim_trial; trials without a planned enrolment, or with one of 0 (withdrawn before the
    first participant), are left out. The statistic is U of the investigator-initiated trials. Returns the columns
    scope, cell_class, test, n_iit, n_ist, statistic, p_value.
    """
    sized = trials[trials["target_enrollment"].fillna(0) > 0]
    scopes = {"world": sized, "china": sized[sized["is_china"] & sized["in_study_window"]]}
    rows = []
    for scope, scoped in scopes.items():
        for cell_class in sorted(trials["cell_class"].dropna().unique()):
            of_class = scoped[scoped["cell_class"] == cell_class]
            iit = of_class.loc[of_class["sponsor_type"] == "IIT", "target_enrollment"].astype(float)
            ist = of_class.loc[of_class["sponsor_type"] == "IST", "target_enrollment"].astype(float)
            outcome = rank_test(iit, ist)
            statistic, p_value = outcome if outcome else (None, None)
            rows.append((scope, cell_class, TEST, len(iit), len(ist), statistic, p_value))
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)
