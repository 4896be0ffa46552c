"""`landscape report` on a whole build: of the bundled sample everywhere, of the real registry files where they are."""

import os
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from landscape_runs import Landscape, run_landscape

from analyses.published import FOLDER, Published
from analyses.report.exhibits import plans
from analyses.statistics import enrollment_comparisons


def own_copy(landscape: Landscape, folder: Path) -> Path:
    """Return a home of the test's own with the publication of another, which other tests read at the same time."""
    shutil.copytree(landscape.home / "published", folder / "published", ignore=shutil.ignore_patterns("report", ".*"))
    return folder


def test_the_report_of_the_sample_is_drawn_and_marked(sample_landscape: Landscape, tmp_path: Path) -> None:
    home = own_copy(sample_landscape, tmp_path)
    result = run_landscape(home, "report")
    page = home / "published" / "report" / "index.html"
    html = page.read_text(encoding="utf-8")

    assert str(page) in result.stdout.replace("\n", "")
    assert "<title>SAMPLE: " in html
    assert len(list((page.parent / "figures").glob("*.svg"))) == len(plans())
    comparison = pd.read_csv(page.parent / "data" / "comparison.csv", comment="#")
    assert comparison.empty


def test_the_analyses_say_what_the_core_marts_say(sample_landscape: Landscape) -> None:
    with Published.open(sample_landscape.home) as published:
        exhibit = published.result("efig_5_trials_per_year_by_target").groupby("target")["n_trials"].sum()
        mart = published.query(
            """
            select target, sum(n_trials_in_study_window) as n_trials
            from marts.mart_targets
            where is_china and target <> 'not_stated'
            group by target
            having sum(n_trials_in_study_window) > 0
            """
        ).set_index("target")["n_trials"]

        assert exhibit.sort_index().to_dict() == mart.sort_index().to_dict()
        found = enrollment_comparisons(published.result("fig_2e_target_enrollment")).set_index("cell_class")
        tests = published.query("select distinct cell_class, p_value_china from marts.mart_enrollment").dropna()
        for row in tests.itertuples():
            assert found.loc[row.cell_class, "p_value"] == pytest.approx(row.p_value_china)


def test_every_analysis_is_one_that_dbt_compiles(sample_landscape: Landscape) -> None:
    with Published.open(sample_landscape.home) as published:
        marts = set(published.query("select table_name from duckdb_tables() where schema_name = 'marts'")["table_name"])
    for path in FOLDER.glob("*.sql"):
        assert set(re.findall(r"ref\('(\w+)'\)", path.read_text(encoding="utf-8"))) <= marts, path.name


@pytest.mark.real
def test_the_report_of_the_real_registrations_takes_less_than_a_minute(
    real_landscape: Landscape, tmp_path: Path
) -> None:
    home = own_copy(real_landscape, tmp_path)
    # Seconds of computing, which a busy machine does not lengthen.
    before = os.times()
    run_landscape(home, "report")
    after = os.times()
    page = home / "published" / "report" / "index.html"

    assert after.children_user + after.children_system - before.children_user - before.children_system < 60
    assert page.stat().st_size < 12_000_000
    comparison = pd.read_csv(page.parent / "data" / "comparison.csv", comment="#")
    assert comparison.loc[comparison["unit"] == "count", "rebuilt"].notna().all()
    assert {"trials_default", "sponsor_lead", "phase_apart_all"} <= set(comparison["reading_id"])
