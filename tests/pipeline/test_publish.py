"""Publication: what is built comes out whole, described and marked, or the last publication stays."""

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from dbt_project import publish as publication
from dbt_project.cli import app
from dbt_project.dbt_runner import DbtRun
from dbt_project.publish import (
    BuildInfo,
    Manifest,
    PublicationError,
    RefusedPublicationError,
    publish,
    status,
    verify_publication,
)

ROOT = Path(__file__).parents[2]
BUILD = BuildInfo(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 0, 1, tzinfo=UTC), {"include_hsct": True})


def make_build(home: Path, *, build_id: str = "build-1", trials: int = 3, is_sample: bool = False) -> Path:
    """Write a build database with two small marts, described, and the checks of its build."""
    source = home / "build" / "landscape.duckdb"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.unlink(missing_ok=True)
    with duckdb.connect(source) as connection:
        connection.execute("create schema marts; create schema quality; create schema raw")
        connection.execute(
            """
            create table marts.dim_trial (trial_id varchar not null, public_title varchar, is_china boolean);
            comment on table marts.dim_trial is 'Trials. One row per trial.';
            comment on column marts.dim_trial.trial_id is 'Id of the trial; it''s the primary registration''s.';
            comment on column marts.dim_trial.public_title is '中文 and English.';
            comment on column marts.dim_trial.is_china is 'In China.';
            create table marts.dataset_versions (
                registry varchar not null, data_cut timestamp, data_cut_basis varchar, n_registrations integer,
                n_versions integer, documents_hash varchar, last_record_date date, rule_set_version varchar,
                code_version varchar, dbt_version varchar, engine_version varchar, build_id varchar, as_of date,
                settings varchar, is_sample boolean
            );
            comment on table marts.dataset_versions is 'Versions.';
            create table quality.check_results (
                run_id varchar not null, stage varchar not null, suite varchar not null, check_name varchar not null,
                subject varchar, success boolean not null, severity varchar not null, observed varchar,
                failing_rows varchar, checked_at timestamptz not null
            );
            create table raw.chictr (
                registration_id varchar, retrieved_at timestamptz, data_cut timestamp, is_sample boolean
            );
            """
        )
        for (column,) in connection.execute(
            "select column_name from duckdb_columns() where table_name = 'dataset_versions'"
        ).fetchall():
            connection.execute(f"comment on column marts.dataset_versions.{column} is 'About {column}.'")
        connection.execute(
            "insert into marts.dim_trial select 'ChiCTR99000000' || i, '试验 ' || i, i % 2 = 0 from range(?) as r(i)",
            [trials],
        )
        connection.execute("insert into raw.chictr select trial_id, now(), null, ? from marts.dim_trial", [is_sample])
        connection.execute(
            """
            insert into marts.dataset_versions values (
                'chictr', '2024-08-01', 'stated', ?, ?, 'abc', '2024-07-30', 'rules', 'code', 'dbt', 'duckdb', ?,
                null, 's=1', ?
            )
            """,
            [trials, trials, build_id, is_sample],
        )
        add_check(connection, build_id, success=True, severity="error")
        add_check(connection, build_id, success=False, severity="warning")
    return source


def add_check(connection: duckdb.DuckDBPyConnection, build_id: str, *, success: bool, severity: str) -> None:
    connection.execute(
        "insert into quality.check_results "
        "values (?, 'dbt', 'tests', 'not_null_x', 'dim_trial', ?, ?, null, null, now())",
        [build_id, success, severity],
    )


def read(home: Path, query: str) -> list[tuple]:
    with duckdb.connect(home / "published" / "landscape.duckdb", read_only=True) as connection:
        return connection.execute(query).fetchall()


def snapshot(home: Path) -> dict[str, bytes]:
    published = home / "published"
    return {str(path.relative_to(published)): path.read_bytes() for path in published.rglob("*") if path.is_file()}


def test_what_is_published_is_what_was_built(tmp_path: Path) -> None:
    make_build(tmp_path)

    manifest = publish(tmp_path, BUILD)

    assert manifest.row_counts == {"dim_trial": 3, "dataset_versions": 1}
    assert read(tmp_path, "select count(*) from marts.dim_trial") == [(3,)]
    parquet = tmp_path / "published" / "parquet" / "dim_trial.parquet"
    assert duckdb.sql(f"select count(*) from '{parquet}'").fetchall() == [(3,)]
    assert read(tmp_path, "select current_database()") == [("landscape",)]


def test_comments_and_constraints_travel_with_the_marts(tmp_path: Path) -> None:
    make_build(tmp_path)

    publish(tmp_path, BUILD)

    comments = dict(
        read(tmp_path, "select column_name, comment from duckdb_columns() where table_name = 'dim_trial'"),
    )
    assert comments["trial_id"] == "Id of the trial; it's the primary registration's."
    assert comments["public_title"] == "中文 and English."
    assert read(tmp_path, "select is_nullable from duckdb_columns() where table_name = 'dim_trial'")[0] == (False,)


def test_the_manifest_names_every_file_by_its_hash(tmp_path: Path) -> None:
    make_build(tmp_path)

    publish(tmp_path, BUILD)

    published = tmp_path / "published"
    manifest = json.loads((published / "manifest.json").read_text(encoding="utf-8"))
    files = {str(path.relative_to(published)) for path in published.rglob("*") if path.is_file()} - {"manifest.json"}
    assert set(manifest["files"]) == files
    for name, facts in manifest["files"].items():
        content = (published / name).read_bytes()
        assert facts == {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    assert manifest["build_id"] == "build-1"
    assert manifest["data_cuts"] == {"chictr": "2024-08-01T00:00:00"}
    assert manifest["variables"] == {"include_hsct": True}
    assert manifest["checks"] == {"passed": 1, "warnings": 1}
    assert verify_publication(published) == []


def test_a_sample_is_marked_wherever_it_could_be_read(tmp_path: Path) -> None:
    make_build(tmp_path, is_sample=True)

    manifest = publish(tmp_path, BUILD)

    assert manifest.is_sample
    assert read(tmp_path, "select bool_and(is_sample) from marts.dataset_versions") == [(True,)]
    for (comment,) in read(tmp_path, "select comment from duckdb_tables() where schema_name = 'marts'"):
        assert comment.startswith("SAMPLE")
    parquet = tmp_path / "published" / "parquet" / "dim_trial.parquet"
    marks = dict(duckdb.sql(f"select decode(key), decode(value) from parquet_kv_metadata('{parquet}')").fetchall())
    assert marks["is_sample"] == "true"
    assert "SAMPLE" in status(tmp_path)["published"]["build"]


def test_a_sample_never_takes_the_place_of_real_registrations(tmp_path: Path) -> None:
    make_build(tmp_path)
    publish(tmp_path, BUILD)
    before = snapshot(tmp_path)
    make_build(tmp_path, build_id="sample", is_sample=True)

    with pytest.raises(RefusedPublicationError, match="sample never takes"):
        publish(tmp_path, BUILD)

    assert snapshot(tmp_path) == before


def test_a_landscape_without_trials_keeps_the_last_publication(tmp_path: Path) -> None:
    make_build(tmp_path)
    publish(tmp_path, BUILD)
    before = snapshot(tmp_path)
    make_build(tmp_path, build_id="empty", trials=0)

    with pytest.raises(RefusedPublicationError, match="empty landscape"):
        publish(tmp_path, BUILD)

    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("severity", ["error", "skipped"])
def test_a_build_whose_checks_did_not_hold_is_not_published(tmp_path: Path, severity: str) -> None:
    source = make_build(tmp_path)
    with duckdb.connect(source) as connection:
        add_check(connection, "build-1", success=False, severity=severity)

    with pytest.raises(RefusedPublicationError, match="not_null_x"):
        publish(tmp_path, BUILD)

    assert snapshot(tmp_path) == {}


def test_a_column_without_a_description_is_not_published(tmp_path: Path) -> None:
    source = make_build(tmp_path)
    with duckdb.connect(source) as connection:
        connection.execute("alter table marts.dim_trial add column undescribed integer")

    with pytest.raises(RefusedPublicationError, match=r"dim_trial\.undescribed"):
        publish(tmp_path, BUILD)


def test_a_copy_that_differs_from_the_build_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_build(tmp_path)
    publish(tmp_path, BUILD)
    before = snapshot(tmp_path)
    make_build(tmp_path, build_id="build-2", trials=5)
    export = publication._export_parquet

    def export_and_lose_a_value(folder: Path, *arguments) -> None:
        export(folder, *arguments)
        parquet = folder / "parquet" / "dim_trial.parquet"
        lossy = f"select trial_id, 'lost' as public_title, is_china from '{parquet}'"
        duckdb.sql(f"copy ({lossy}) to '{parquet}.new' (format parquet)")
        Path(f"{parquet}.new").replace(parquet)

    monkeypatch.setattr(publication, "_export_parquet", export_and_lose_a_value)

    with pytest.raises(RefusedPublicationError, match="other values in as many rows"):
        publish(tmp_path, BUILD)

    assert snapshot(tmp_path) == before


def test_a_corrupted_copy_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_build(tmp_path)
    publish(tmp_path, BUILD)
    before = snapshot(tmp_path)
    make_build(tmp_path, build_id="build-2", trials=5)
    export = publication._export_parquet

    def export_and_damage(folder: Path, *arguments) -> None:
        export(folder, *arguments)
        database = folder / "landscape.duckdb"
        content = bytearray(database.read_bytes())
        content[len(content) // 3 : len(content) // 3 * 2] = b"\0" * (len(content) // 3 * 2 - len(content) // 3)
        database.write_bytes(content)

    monkeypatch.setattr(publication, "_export_parquet", export_and_damage)

    with pytest.raises(PublicationError):
        publish(tmp_path, BUILD)

    assert snapshot(tmp_path) == before


def test_a_full_disk_is_no_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_build(tmp_path)
    publish(tmp_path, BUILD)
    before = snapshot(tmp_path)
    make_build(tmp_path, build_id="build-2", trials=5)
    fill_the_disk(monkeypatch)

    with pytest.raises(PublicationError, match="No space left on device") as raised:
        publish(tmp_path, BUILD)

    assert not isinstance(raised.value, RefusedPublicationError)
    assert snapshot(tmp_path) == before


def fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(publication, "_export_parquet", fail)


def test_a_gate_leaves_with_3_and_anything_else_that_stops_a_publication_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANDSCAPE_HOME", str(tmp_path))
    monkeypatch.setattr("extract.load.ensure_raw", lambda _database: None)
    monkeypatch.setattr("extract.load.count_registrations", lambda _database: 1)
    monkeypatch.setattr("dbt_project.dbt_runner.run_dbt", lambda *_arguments: DbtRun(exit_code=0))

    make_build(tmp_path, trials=0)
    refused = CliRunner().invoke(app, ["build"])
    make_build(tmp_path)
    published = CliRunner().invoke(app, ["build"])
    shutil.move(tmp_path / "published", tmp_path / "elsewhere")
    (tmp_path / "published").write_text("a file where a folder should be", encoding="utf-8")
    unwritable = CliRunner().invoke(app, ["build"])
    (tmp_path / "published").unlink()
    fill_the_disk(monkeypatch)
    full = CliRunner().invoke(app, ["build"])

    assert [run.exit_code for run in (refused, published, unwritable, full)] == [3, 0, 1, 1]
    assert "No space left on device" in full.stderr


def test_a_published_file_that_was_changed_is_noticed(tmp_path: Path) -> None:
    make_build(tmp_path)
    publish(tmp_path, BUILD)
    parquet = tmp_path / "published" / "parquet" / "dim_trial.parquet"
    parquet.write_bytes(parquet.read_bytes() + b"x")

    assert "SHA-256 differs" in verify_publication(tmp_path / "published")[0]
    assert "SHA-256 differs" in status(tmp_path)["published"]["files"]


def test_a_reader_keeps_the_old_file_and_a_new_one_gets_the_new(tmp_path: Path) -> None:
    make_build(tmp_path)
    publish(tmp_path, BUILD)
    program = (
        "import duckdb, sys\n"
        f"c = duckdb.connect({str(tmp_path / 'published' / 'landscape.duckdb')!r}, read_only=True)\n"
        "print('open', flush=True)\n"
        "sys.stdin.readline()\n"
        "print(c.execute('select count(*) from marts.dim_trial').fetchone()[0])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "open\n"
        make_build(tmp_path, build_id="build-2", trials=5)

        publish(tmp_path, BUILD)

        assert read(tmp_path, "select count(*) from marts.dim_trial") == [(5,)]
        answer, _ = reader.communicate("\n")
    assert answer == "3\n"


def test_a_mart_that_is_no_longer_built_is_no_longer_published(tmp_path: Path) -> None:
    source = make_build(tmp_path)
    with duckdb.connect(source) as connection:
        connection.execute(
            "create table marts.old_mart as select 1 as n; comment on table marts.old_mart is 'Old.';"
            "comment on column marts.old_mart.n is 'A number.'"
        )
    publish(tmp_path, BUILD)
    assert (tmp_path / "published" / "parquet" / "old_mart.parquet").is_file()
    target = tmp_path / "build" / "dbt" / "target"
    target.mkdir(parents=True)
    nodes = {
        name: {"resource_type": "model", "schema": "marts", "alias": name} for name in ("dim_trial", "dataset_versions")
    }
    (target / "manifest.json").write_text(json.dumps({"nodes": nodes}), encoding="utf-8")

    manifest = publish(tmp_path, BUILD)

    assert set(manifest.row_counts) == {"dim_trial", "dataset_versions"}
    assert not (tmp_path / "published" / "parquet" / "old_mart.parquet").exists()


@pytest.mark.parametrize("moment", ["_export_parquet", "_write_synced", "_move_into_place"])
def test_a_killed_publication_leaves_one_whole_publication(tmp_path: Path, moment: str) -> None:
    """Killed while writing: the old one stays. Killed while moving files into place: the next command ends it."""
    make_build(tmp_path)
    publish(tmp_path, BUILD)
    make_build(tmp_path, build_id="build-2", trials=5)
    program = (
        "import os, signal, sys\n"
        "from datetime import datetime, UTC\n"
        "from pathlib import Path\n"
        "from dbt_project import publish as p\n"
        f"original = p.{moment}\n"
        "def die(*arguments):\n"
        f"    if {moment!r} == '_move_into_place':\n"
        "        ready, published = arguments\n"
        "        (ready / 'landscape.duckdb').replace(published / 'landscape.duckdb')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        f"p.{moment} = die\n"
        "now = datetime.now(UTC)\n"
        f"p.publish(Path({str(tmp_path)!r}), p.BuildInfo(now, now))\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False
    )
    assert killed.returncode == -signal.SIGKILL

    status(tmp_path)

    published = tmp_path / "published"
    expected = 5 if moment == "_move_into_place" else 3
    assert verify_publication(published) == []
    assert Manifest.read(published / "manifest.json").row_counts["dim_trial"] == expected
    assert read(tmp_path, "select count(*) from marts.dim_trial") == [(expected,)]
    assert not [path for path in published.iterdir() if path.name.startswith(".")]


def test_nothing_built_is_said_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="landscape build"):
        publish(tmp_path, BUILD)


def test_the_verification_is_kept_among_the_checks(tmp_path: Path) -> None:
    source = make_build(tmp_path)

    publish(tmp_path, BUILD)

    with duckdb.connect(source, read_only=True) as connection:
        rows = connection.execute(
            "select subject, success from quality.check_results where stage = 'publish'"
        ).fetchall()
    assert sorted(rows) == [("dataset_versions", True), ("dim_trial", True)]


def test_status_says_what_is_loaded_built_and_published(tmp_path: Path) -> None:
    make_build(tmp_path)
    publish(tmp_path, BUILD)

    lines = status(tmp_path)

    assert lines["loaded"]["chictr"].startswith("3 registrations in 3 versions")
    assert lines["built"]["trials"] == "3, of which 2 in China"
    assert lines["built"]["checks"] == "2, of which 0 failed and 1 gave a warning"
    assert lines["published"]["trials"] == "3"
    assert lines["published"]["data cut of chictr"] == "2024-08-01"


def test_status_tells_the_marts_from_a_later_run_that_failed(tmp_path: Path) -> None:
    source = make_build(tmp_path)
    publish(tmp_path, BUILD)
    with duckdb.connect(source) as connection:
        add_check(connection, "build-2", success=False, severity="error")
        add_check(connection, "tests-only", success=True, severity="error")

    lines = status(tmp_path)

    assert lines["built"]["build"] == "build-1"
    assert lines["built"]["last run"].startswith("build-2")
    assert lines["published"]["build"] == "build-1"


def test_status_of_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    lines = status(tmp_path)

    assert "landscape import" in lines["loaded"]["registrations"]
    assert "landscape build" in lines["published"]["publication"]


def test_status_while_another_command_writes_says_so(tmp_path: Path) -> None:
    source = make_build(tmp_path)
    publish(tmp_path, BUILD)
    program = (
        f"import duckdb, sys; c = duckdb.connect({str(source)!r}); print('open', flush=True); sys.stdin.readline()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"

        lines = status(tmp_path)

        writer.communicate("\n")
    assert "running" in lines["loaded"]["registrations"]
    assert lines["published"]["trials"] == "3"


def test_a_folder_with_spaces_and_quotes_works(tmp_path: Path) -> None:
    home = tmp_path / "Jürgen's 数据 folder"
    make_build(home)

    assert publish(home, BUILD).row_counts["dim_trial"] == 3
    shutil.rmtree(home)
