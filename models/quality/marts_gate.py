"""Great Expectations' judgement of the marts, and their drift from what is published: one row per check.

This is the gate in front of publication. It judges and never raises, so that its results are kept when it fails.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from dbt_project.gates import drift
from dbt_project.gates.marts_suite import judge_drift, judge_marts


def model(dbt: Any, session: Any) -> pd.DataFrame:
    """Return one row per check; the test on this model fails the build where a critical check does not hold."""
    dbt.config(materialized="table")
    marts = {
        "dim_trial": dbt.ref("dim_trial").df(),
        "bridge_trial_registration": dbt.ref("bridge_trial_registration").df(),
        "bridge_trial_cell_type": dbt.ref("bridge_trial_cell_type").df(),
        "bridge_trial_target": dbt.ref("bridge_trial_target").df(),
        "bridge_trial_indication": dbt.ref("bridge_trial_indication").df(),
        "fct_trial_sponsor": dbt.ref("fct_trial_sponsor").df(),
        "fct_registration_link": dbt.ref("fct_registration_link").df(),
        "fct_registration_screening": dbt.ref("fct_registration_screening").df(),
        "mart_targets": dbt.ref("mart_targets").df(),
        "mart_phases": dbt.ref("mart_phases").df(),
        "mart_sponsor_types": dbt.ref("mart_sponsor_types").df(),
        "mart_indications": dbt.ref("mart_indications").df(),
        "mart_cell_types": dbt.ref("mart_cell_types").df(),
        "mart_enrollment": dbt.ref("mart_enrollment").df(),
        "dataset_versions": dbt.ref("dataset_versions").df(),
    }
    # dbt finds references by reading this file: each needs a statement of its own.
    cell_types = dbt.ref("cell_types").df()
    indication_groups = dbt.ref("indication_groups").df()
    phases = dbt.ref("phases").df()
    study_kinds = dbt.ref("study_kinds").df()
    thresholds = dbt.ref("drift_thresholds").df()
    dictionaries = {
        "cell_class": cell_types["cell_class"].unique().tolist(),
        "cell_type": cell_types["cell_type"].tolist(),
        "indication_group": indication_groups["indication_group"].tolist(),
        "phase": phases["phase"].tolist(),
        "study_kind": study_kinds["study_kind"].tolist(),
    }
    results = judge_marts(marts, dictionaries)

    now = drift.read_figures(session)
    build_file = session.execute("select path from duckdb_databases() where database_name = current_database()")
    published = Path(build_file.fetchone()[0]).parents[1] / "published" / "landscape.duckdb"
    before = drift.read_published_figures(published)
    if before is not None and drift.is_comparable(now, before):
        accept = bool(dbt.config.get("accept_drift"))
        results += judge_drift(drift.compare(now, before, thresholds), accept=accept)
    return pd.DataFrame([asdict(result) for result in results])
