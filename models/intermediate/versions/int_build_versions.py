"""Versions of the rules, the code and the tools that this build runs with: one row."""

from typing import Any

import pandas as pd

from dbt_project.versions import build_versions


def model(dbt: Any, session: Any) -> pd.DataFrame:
    """Return one row with the versions that the build runs with."""
    dbt.config(materialized="table")
    return pd.DataFrame([build_versions()])
