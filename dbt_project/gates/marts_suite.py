"""The suite that judges the marts of a build as a whole, and the drift from what is published.

The dbt tests prove grains, keys and sums; this suite asks what a reader of the marts would ask: are the columns of the
contract there, is every label of its closed list, is any figure beyond what trials can be. What can only be a bug is
critical and stops the publication; what real files may do is a warning that is kept.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.expectations.expectation import Expectation

from dbt_project.gates.checks import CheckResult, rows_as_json, run_checks

SUITE = "marts"
DRIFT_SUITE = "marts_drift"

# The contract: what readers outside rely on. A mart may have more columns, never fewer.
CONTRACT: dict[str, tuple[str, ...]] = {
    "dim_trial": (
        "trial_id",
        "cell_class",
        "cell_type",
        "indication_group",
        "is_oncology",
        "phase",
        "sponsor_type",
        "study_kind",
        "registration_date",
        "registration_year",
        "start_date",
        "status",
        "target_enrollment",
        "lead_sponsor",
        "is_china",
        "in_study_window",
        "public_title",
        "n_registrations",
    ),
    "bridge_trial_registration": ("trial_id", "registry", "source_register", "registration_id", "is_primary"),
    "bridge_trial_cell_type": (
        "trial_id",
        "cell_class",
        "cell_type",
        "is_primary",
        "registration_id",
        "field",
        "matched_text",
        "rule_id",
    ),
    "bridge_trial_target": ("trial_id", "target", "registration_id", "field", "matched_text", "rule_id"),
    "bridge_trial_indication": (
        "trial_id",
        "indication_group",
        "is_primary",
        "registration_id",
        "field",
        "matched_text",
        "rule_id",
    ),
    "fct_trial_sponsor": ("trial_id", "rule", "sponsor_type", "registration_id", "field", "matched_text", "rule_id"),
    "fct_registration_link": (
        "registration_id_a",
        "registration_id_b",
        "rule",
        "score",
        "decision",
        "field",
        "matched_text",
    ),
    "fct_registration_screening": ("registration_id", "decision", "reason", "trial_id"),
    "mart_targets": ("target", "cell_class", "registration_year", "is_china", "n_trials"),
    "mart_phases": ("phase", "cell_class", "registration_year", "is_china", "n_trials"),
    "mart_sponsor_types": ("rule", "sponsor_type", "cell_class", "registration_year", "is_china", "n_trials"),
    "mart_indications": ("indication_group", "cell_class", "registration_year", "is_china", "n_trials"),
    "mart_cell_types": ("cell_type", "cell_class", "registration_year", "is_china", "n_trials"),
    "mart_enrollment": ("cell_class", "sponsor_type", "n", "median", "q1", "q3", "test", "statistic", "p_value"),
    "dataset_versions": ("registry", "data_cut", "documents_hash", "rule_set_version", "code_version"),
}

# Marts that may not be empty: a build without a trial is no landscape.
NEVER_EMPTY = ("dim_trial", "bridge_trial_registration", "fct_registration_screening", "dataset_versions")

# The largest trial known has 8 registrations (2026-11-22); a chain of wrong links makes components far beyond it.
MOST_REGISTRATIONS = 12
TOO_MANY_REGISTRATIONS = 40
# Registers opened in 1997 and took older trials in; the oldest cell transplantations registered began in the 1970s.
EARLIEST_REGISTRATION = date(1980, 1, 1)
# Registries of whole populations (cord blood, transplant outcomes) reach hundreds of thousands.
MOST_PARTICIPANTS = 1_000_000
# Shares of trials that real files stay below (2026-11-22); beyond them a reader or a lexicon has lost a field.
MOST_WITHOUT_DATE = 0.05
MOST_WITHOUT_PHASE = 0.6
MOST_WITHOUT_SIZE = 0.3


def contract_expectations(mart: str) -> list[Expectation]:
    """Return what every mart of the contract owes its readers: the columns, and rows where it may not be empty."""
    expectations: list[Expectation] = [
        gxe.ExpectColumnToExist(column=column, description=f"column {column} of the contract is there")
        for column in CONTRACT[mart]
    ]
    if mart in NEVER_EMPTY:
        expectations.append(gxe.ExpectTableRowCountToBeBetween(min_value=1, description="the mart is not empty"))
    return expectations


def trial_expectations(dictionaries: Mapping[str, Sequence[str]], today: date) -> list[Expectation]:
    """Return what a plausible dim_trial holds; `dictionaries` gives the closed list of each label column."""
    labels: list[Expectation] = [
        gxe.ExpectColumnValuesToBeInSet(
            column=column, value_set=list(values), description=f"{column} is a label of the dictionary"
        )
        for column, values in dictionaries.items()
    ]
    return [
        *labels,
        gxe.ExpectColumnValuesToBeUnique(column="trial_id", description="a trial has one row"),
        gxe.ExpectColumnValuesToNotBeNull(column="cell_type", description="a trial has a primary cell type"),
        gxe.ExpectColumnValuesToNotBeNull(column="sponsor_type", description="a trial has a sponsor type"),
        gxe.ExpectColumnValuesToNotBeNull(
            column="registration_date",
            mostly=1 - MOST_WITHOUT_DATE,
            severity="warning",
            description="almost every trial has a date of registration",
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="registration_day",
            min_value=_days(EARLIEST_REGISTRATION),
            max_value=_days(today + timedelta(days=1)),
            mostly=0.99,
            description="trials are registered after 1980 and not in the future",
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="target_enrollment",
            min_value=0,
            max_value=MOST_PARTICIPANTS,
            mostly=0.99,
            description="planned enrolment is a number of people",
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="n_registrations",
            min_value=1,
            max_value=MOST_REGISTRATIONS,
            severity="warning",
            description=f"a trial has no more than {MOST_REGISTRATIONS} registrations",
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="n_registrations",
            min_value=1,
            max_value=TOO_MANY_REGISTRATIONS,
            description=f"no chain of links makes a trial of more than {TOO_MANY_REGISTRATIONS} registrations",
        ),
        gxe.ExpectColumnValuesToNotBeInSet(
            column="phase",
            value_set=["not_reported"],
            mostly=1 - MOST_WITHOUT_PHASE,
            severity="warning",
            description="most trials state a phase",
        ),
        gxe.ExpectColumnValuesToNotBeNull(
            column="target_enrollment",
            mostly=1 - MOST_WITHOUT_SIZE,
            severity="warning",
            description="most trials state a planned enrolment",
        ),
        gxe.ExpectColumnValuesToNotBeNull(
            column="public_title", mostly=0.99, severity="warning", description="a trial has a title"
        ),
    ]


def share_expectations(frame: pd.DataFrame) -> list[Expectation]:
    """Return what holds for every share of a mart: it lies between 0 and 1."""
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column=column, min_value=0, max_value=1, description=f"{column} lies between 0 and 1"
        )
        for column in frame.columns
        if column.startswith("share_") or "_share_" in column
    ]


def enrollment_expectations() -> list[Expectation]:
    """Return what holds for the enrolment mart: quartiles in order, p a probability."""
    return [
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="median",
            column_B="q1",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            description="the median is not below the lower quartile",
        ),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="q3",
            column_B="median",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            description="the upper quartile is not below the median",
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="p_value", min_value=0, max_value=1, description="p_value is a probability"
        ),
    ]


def judge_marts(
    marts: Mapping[str, pd.DataFrame],
    dictionaries: Mapping[str, Sequence[str]],
    today: date | None = None,
) -> list[CheckResult]:
    """Judge the marts of a build (by name), with the closed list of each label column of dim_trial."""
    day = today or datetime.now(UTC).date()
    results: list[CheckResult] = []
    for mart, frame in marts.items():
        expectations = contract_expectations(mart) if mart in CONTRACT else []
        expectations += share_expectations(frame)
        if mart == "dim_trial":
            frame = frame.assign(registration_day=_day_numbers(frame["registration_date"]))  # noqa: PLW2901
            expectations += trial_expectations(dictionaries, day)
        if mart == "mart_enrollment":
            expectations += enrollment_expectations()
        if expectations:
            results += run_checks(frame, expectations, suite=SUITE, subject=mart)
    return results


def judge_drift(comparison: pd.DataFrame, *, accept: bool = False) -> list[CheckResult]:
    """Turn the comparison with the last publication into checks, one per threshold; `accept` lets them pass."""
    results = []
    for (rule_id, metric, change, severity), rows in comparison.groupby(["rule_id", "metric", "change", "severity"]):
        beyond = rows[~rows["is_within"]]
        observed = f"{len(beyond)} of {len(rows)} figures moved further than the threshold"
        if not beyond.empty:
            observed += "; accepted by accept_drift" if accept else "; if it is meant, build with accept_drift: true"
        results.append(
            CheckResult(
                suite=DRIFT_SUITE,
                check_name=f"{metric}: {change} of at most {rows['max_change'].iloc[0]:g} ({rule_id})",
                subject="dim_trial" if metric != "registrations" else "fct_registration_screening",
                success=beyond.empty or accept,
                severity=str(severity),
                observed=observed,
                failing_rows=None if beyond.empty else rows_as_json(beyond.head(20)),
            )
        )
    return results


def _days(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _day_numbers(dates: pd.Series) -> pd.Series:
    """Return dates as days since 1970, which expectations compare alike whatever type the column came in."""
    return (pd.to_datetime(dates, errors="coerce") - pd.Timestamp(0)).dt.days.astype("Float64")
