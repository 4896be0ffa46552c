"""The command line as people use it: usage, exit codes, and what a failed build leaves behind."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from landscape_runs import ROOT, Landscape, run_landscape

from dbt_project.cli import EXAMPLE_QUERIES

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "command", ["", "extract", "import", "build", "report", "status", "explain", "evaluate", "override"]
)
def test_every_command_explains_itself(command: str, tmp_path: Path) -> None:
    result = run_landscape(tmp_path, *command.split(), "--help")
    assert "Usage:" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "way_out"),
    [
        (("build", "--vars", "{include_hsctt: true}"), "include_hsct"),
        (("build", "--vars", "[1, 2]"), "mapping"),
        (("build", "--as-of", "last week"), "YYYY-MM-DD"),
        (("import", "no/such/file"), "does not exist"),
        (("import", "--sample", "README.md"), "not both"),
        (("import",), "inbox"),
        (("extract", "chictr"), "landscape import"),
        (("extract", "--since", "01/02/2024"), "YYYY-MM-DD"),
        (("report",), "landscape build"),
        (("explain", "NCT00000000"), "landscape build"),
    ],
)
def test_usage_errors_leave_with_2_and_name_the_way_out(
    arguments: tuple[str, ...], way_out: str, tmp_path: Path
) -> None:
    result = run_landscape(tmp_path, *arguments, check=False)
    assert result.returncode == 2, result.stdout + result.stderr
    assert way_out in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unreachable_registry_leaves_with_4(tmp_path: Path) -> None:
    result = run_landscape(
        tmp_path,
        "extract",
        check=False,
        LANDSCAPE_CTGOV_URL="http://127.0.0.1:9/api/v2",
        LANDSCAPE_REQUEST_INTERVAL="0",
    )
    assert result.returncode == 4, result.stderr


def test_readme_queries_are_those_of_the_command_line_and_run(sample_landscape: Landscape) -> None:
    blocks = re.findall(r"```sql\n(.*?)\n```", README, flags=re.DOTALL)
    assert blocks == [query for _, query in EXAMPLE_QUERIES]
    with duckdb.connect(str(sample_landscape.database), read_only=True) as connection:
        for query in blocks:
            assert connection.execute(query).fetchall(), f"no row for:\n{query}"


def test_status_tells_what_is_published(sample_landscape: Landscape) -> None:
    shown = run_landscape(sample_landscape.home, "status").stdout
    assert "sample" in shown.lower()
    for _, query in EXAMPLE_QUERIES:
        assert query in shown


def test_a_failed_gate_leaves_with_3_and_keeps_the_last_publication(
    sample_landscape: Landscape, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_landscape.home, home)
    before = (home / "published" / "manifest.json").read_bytes()
    with duckdb.connect(str(home / "build" / "landscape.duckdb")) as connection:
        connection.execute("delete from raw.clinicaltrials_gov where hash(registration_id) % 2 = 0")
    result = run_landscape(home, "build", check=False)
    assert result.returncode == 3, result.stdout + result.stderr
    assert "accept_drift" in result.stderr
    assert "untouched" in result.stderr
    assert (home / "published" / "manifest.json").read_bytes() == before


def test_a_second_build_publishes_while_a_reader_has_the_file_open(sample_landscape: Landscape, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_landscape.home, home)
    with duckdb.connect(str(home / "published" / "landscape.duckdb"), read_only=True) as reader:
        trials = reader.execute("select count(*) from marts.dim_trial").fetchone()
        run_landscape(home, "build")
        assert reader.execute("select count(*) from marts.dim_trial").fetchone() == trials
    with duckdb.connect(str(home / "published" / "landscape.duckdb"), read_only=True) as reader:
        assert reader.execute("select count(*) from marts.dim_trial").fetchone() == trials
