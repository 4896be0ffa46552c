"""The published files read as the README says: DuckDB shell, pandas, polars, SQLAlchemy, and Parquet alone."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from landscape_runs import ROOT, Landscape

README = (ROOT / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)\n```", README, flags=re.DOTALL)
PROGRAMS = re.findall(r"```python\n(.*?)\n```", README, flags=re.DOTALL)
# The shell of the development environment, else the one of this machine.
SHELL = shutil.which("duckdb", path=str(Path(sys.executable).parent)) or shutil.which("duckdb")


@pytest.fixture(scope="module")
def n_trials(sample_landscape: Landscape) -> int:
    with duckdb.connect(sample_landscape.database, read_only=True) as connection:
        return int(connection.execute("select count(*) from marts.dim_trial").fetchall()[0][0])


@pytest.fixture
def beside_the_data(sample_landscape: Landscape, tmp_path: Path) -> Path:
    """Return a folder in which `data/published` is a copy of the published sample, as at the root of the project.

    A copy, because one process opens a file in one way only, and SQLAlchemy's driver opens it with settings of its own.
    """
    shutil.copytree(sample_landscape.home / "published", tmp_path / "data" / "published")
    return tmp_path


def test_the_readme_has_queries_and_programs_to_paste() -> None:
    assert len(QUERIES) == 3
    assert len(PROGRAMS) == 2
    assert "duckdb -readonly data/published/landscape.duckdb" in README


@pytest.mark.skipif(SHELL is None, reason="the duckdb shell is not on this machine: pip install duckdb-cli")
@pytest.mark.parametrize("query", QUERIES)
def test_queries_of_the_readme_run_when_pasted_into_the_duckdb_shell(beside_the_data: Path, query: str) -> None:
    assert SHELL is not None
    shown = subprocess.run(
        [SHELL, "-readonly", "-csv", "data/published/landscape.duckdb"],
        input=query,
        cwd=beside_the_data,
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stderr == ""
    assert len(shown.stdout.splitlines()) > 1


@pytest.mark.parametrize("program", PROGRAMS, ids=["duckdb_and_pandas", "sqlalchemy"])
def test_programs_of_the_readme_run_when_pasted(
    beside_the_data: Path, monkeypatch: pytest.MonkeyPatch, n_trials: int, program: str
) -> None:
    pytest.importorskip("duckdb_engine", reason="duckdb-engine is not installed")
    monkeypatch.chdir(beside_the_data)
    names: dict[str, Any] = {}
    exec(program, names)

    if "engine" in names:
        names["trials"] = pd.read_sql("select * from marts.dim_trial", names["engine"])
        names["engine"].dispose()
    assert len(names["trials"]) == n_trials
    # Dates are dates, shares lie between 0 and 1, nothing is nested.
    assert pd.api.types.is_datetime64_any_dtype(pd.to_datetime(names["trials"]["registration_date"]))


def test_sqlalchemy_shows_tables_and_types_and_refuses_to_write(beside_the_data: Path) -> None:
    pytest.importorskip("duckdb_engine", reason="duckdb-engine is not installed")
    sqlalchemy = pytest.importorskip("sqlalchemy")
    database = beside_the_data / "data" / "published" / "landscape.duckdb"
    engine = sqlalchemy.create_engine(f"duckdb:///{database}", connect_args={"read_only": True})
    # The driver's reflection of columns (get_columns) does not know SQLAlchemy 2.1 yet; the information schema does.
    columns = pd.read_sql(
        "select column_name, data_type from information_schema.columns where table_name = 'dim_trial'", engine
    )

    assert "mart_targets" in sqlalchemy.inspect(engine).get_table_names(schema="marts")
    assert {"trial_id", "cell_class"} <= set(columns["column_name"])
    assert dict(columns.itertuples(index=False))["registration_date"] == "DATE"
    with engine.connect() as connection, pytest.raises(sqlalchemy.exc.DatabaseError):
        connection.execute(sqlalchemy.text("delete from marts.dim_trial"))
    engine.dispose()


def test_polars_reads_the_file_and_the_parquet_alike(sample_landscape: Landscape, n_trials: int) -> None:
    polars = pytest.importorskip("polars")
    with duckdb.connect(sample_landscape.database, read_only=True) as connection:
        from_file = connection.sql("from marts.dim_trial order by trial_id").pl()
    from_parquet = polars.read_parquet(sample_landscape.home / "published" / "parquet" / "dim_trial.parquet")

    assert from_file.height == n_trials
    assert from_file.equals(from_parquet.sort("trial_id"))
    assert from_file.schema["registration_date"] == polars.Date


def test_every_mart_is_read_from_parquet_alone_by_pandas(sample_landscape: Landscape) -> None:
    published = sample_landscape.home / "published"
    with duckdb.connect(sample_landscape.database, read_only=True) as connection:
        counts = {
            name: connection.execute(f"select count(*) from marts.{name}").fetchall()[0][0]
            for (name,) in connection.execute(
                "select table_name from duckdb_tables() where schema_name = 'marts'"
            ).fetchall()
        }
    assert counts
    for name, count in counts.items():
        rows = pd.read_parquet(published / "parquet" / f"{name}.parquet")
        assert len(rows) == count, name


def test_types_are_those_that_a_reader_expects(sample_landscape: Landscape) -> None:
    with duckdb.connect(sample_landscape.database, read_only=True) as connection:
        columns = connection.execute(
            "select table_name, column_name, data_type, comment from duckdb_columns() where schema_name = 'marts'"
        ).fetchall()
        shares = [
            (table, column) for table, column, data_type, _ in columns if "share" in column and "DOUBLE" in data_type
        ]
        outside = [
            (table, column)
            for table, column in shares
            if connection.execute(
                f"select count(*) from marts.{table} where {column} < 0 or {column} > 1 + 1e-9"
            ).fetchall()[0][0]
        ]

    nested = [column for column in columns if re.search(r"JSON|STRUCT|MAP|\[\]", column[2])]
    dates = [column for column in columns if column[1].endswith(("_date", "_on")) and column[2] != "DATE"]
    assert nested == []
    assert dates == []
    assert shares
    assert outside == []
    assert [column[:2] for column in columns if not column[3]] == []


def test_a_reader_with_the_file_open_cannot_write(sample_landscape: Landscape) -> None:
    with (
        duckdb.connect(sample_landscape.database, read_only=True) as connection,
        pytest.raises(duckdb.InvalidInputException, match="read-only"),
    ):
        connection.execute("create table marts.more as select 1")
