"""Rank tests of planned enrolment, investigator-initiated against industry-sponsored: one row per scope and class."""

from typing import Any

import pandas as pd

from dbt_project.statistics import enrollment_tests


def model(dbt: Any, session: Any) -> pd.DataFrame:
    """Return one row per scope (world, china) and cell class; p_value is null where a group has no trial to compare."""
    dbt.config(materialized="table")
    trials = dbt.ref("dim_trial").df()
    return enrollment_tests(trials)
