"""The real registry files: every registration lands, once, and nothing about people does."""

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from extract import run

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, real_registries: Path) -> Path:
    folder = tmp_path_factory.mktemp("real")
    run.import_paths([real_registries], home=folder)
    return folder


def query(home: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(run.database_of(home)), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_all_registrations_land(home: Path) -> None:
    distinct = {
        registry: query(home, f"select count(distinct registration_id) from raw.{registry}")[0][0]
        for registry in ("clinicaltrials_gov", "ictrp", "chictr", "chinadrugtrials")
    }
    assert distinct == {"clinicaltrials_gov": 2013, "ictrp": 1984, "chictr": 2, "chinadrugtrials": 27}
    everything = " union ".join(f"select registration_id from raw.{registry}" for registry in distinct)
    assert query(home, f"select count(*) from ({everything})") == [(4014,)]


def test_both_versions_of_what_two_exports_hold_are_kept(home: Path) -> None:
    twice = "select count(*) from (select 1 from raw.ictrp group by registration_id having count(*) = 2)"
    assert query(home, twice) == [(279,)]
    in_order = """
        select count(*) from (select registration_id, array_agg(record_date order by _dlt_valid_from) as dates
        from raw.ictrp group by registration_id having count(*) = 2) where dates[1] > dates[2]
    """
    assert query(home, in_order) == [(0,)]


def test_pages_of_search_results_are_refused_and_nothing_is_in_quarantine(home: Path) -> None:
    refused = query(home, "select source_file from quality.extract_batches where registry is null order by 1")
    assert [name for (name,) in refused] == [
        "README.md",
        "chictr/search-results-page-1.html",
        "chinadrugtrials/search-results-page-1.html",
    ]
    assert query(home, "select count(*) from quality.quarantine") == [(0,)]


def test_importing_again_changes_nothing(home: Path, real_registries: Path) -> None:
    report = run.import_paths([real_registries], home=home)
    assert (report.n_loaded, report.n_unchanged) == (0, 4305)


def test_no_double_encoding_and_no_addresses_are_left(home: Path) -> None:
    for registry in ("clinicaltrials_gov", "ictrp", "chictr", "chinadrugtrials"):
        for (document,) in query(home, f"select document from raw.{registry}"):
            assert not re.search(r"√[©¥≥¶]|‚Ä|_x000D_", document)
            assert not re.search(r"[\w.]+@[\w-]+\.[a-z]{2,}", document)
