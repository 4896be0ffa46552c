"""Files to raw: counts that add up, versions, all or nothing, quarantine, the sample apart."""

import json
import multiprocessing
import os
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from extract import load, lock, run
from extract.errors import DatabaseBusy, GateFailed, NothingRecognised, UsageError
from extract.load import count_registrations, ensure_raw
from extract.report import ImportReport
from extract.spool import REGISTRIES
from tests.unit.extract.pages import CDE_SEARCH, CHICTR_SEARCH, cde_page, chictr_page

RAW_COLUMNS = {
    "registration_id": "VARCHAR",
    "document": "VARCHAR",
    "document_hash": "VARCHAR",
    "record_date": "DATE",
    "data_cut": "TIMESTAMP",
    "source_shape": "VARCHAR",
    "source_file": "VARCHAR",
    "source_position": "BIGINT",
    "retrieved_at": "TIMESTAMP WITH TIME ZONE",
    "is_sample": "BOOLEAN",
    "_dlt_valid_from": "TIMESTAMP WITH TIME ZONE",
    "_dlt_valid_to": "TIMESTAMP WITH TIME ZONE",
    "_dlt_load_id": "VARCHAR",
    "_dlt_id": "VARCHAR",
}


def study(number: int, updated: str = "2024-05-06", **identification: Any) -> dict[str, Any]:
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT9990{number:04d}",
                "briefTitle": f"Made-up study {number}",
                **identification,
            },
            "statusModule": {
                "overallStatus": "RECRUITING",
                "studyFirstSubmitDate": "2021-03-04",
                "lastUpdatePostDateStruct": {"date": updated},
            },
        }
    }


def write_page(file: Path, *studies: dict[str, Any]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"studies": studies}), encoding="utf-8")
    return file


def query(home: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(run.database_of(home)), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def versions(home: Path, registry: str = "clinicaltrials_gov") -> int:
    return int(query(home, f"select count(*) from raw.{registry}")[0][0])


def raw_columns(home: Path, registry: str) -> dict[str, str]:
    types = f"""
        select column_name, data_type from duckdb_columns()
        where schema_name = 'raw' and table_name = '{registry}'
    """
    return dict(query(home, types))


def assert_counts_add_up(report: ImportReport) -> None:
    for count in report.files:
        assert count.read == count.loaded + count.unchanged + count.quarantined + count.refused, count


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A LANDSCAPE_HOME whose path has a blank and letters that are not ASCII."""
    return tmp_path / "Zell Therapie 细胞"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return tmp_path / "files"


def test_files_of_all_registries_are_loaded_and_refusals_said(home: Path, files: Path) -> None:
    write_page(files / "wrong-name.html", study(1), study(2))
    (files / "chictr.json").write_text(chictr_page(), encoding="utf-8")
    (files / "cde.xml").write_text(cde_page(), encoding="utf-8")
    (files / "list1.html").write_text(CHICTR_SEARCH, encoding="utf-8")
    (files / "list2.html").write_text(CDE_SEARCH, encoding="utf-8")
    (files / "empty.json").touch()
    (files / "notes.md").write_text("Some notes", encoding="utf-8")
    (files / ".hidden").write_text("{}", encoding="utf-8")

    report = run.import_paths([files], home=home)

    assert_counts_add_up(report)
    sums = {name: (count.read, count.loaded, count.refused) for name, count in report.by_registry().items()}
    assert sums == {
        "clinicaltrials_gov": (2, 2, 0),
        "chictr": (1, 1, 0),
        "chinadrugtrials": (1, 1, 0),
        "(refused files)": (4, 0, 4),
    }
    assert len(report.refusals) == 4
    assert any("list1.html" in refusal and "search results" in refusal for refusal in report.refusals)
    assert query(home, "select sum(n_read), sum(n_loaded), sum(n_refused) from quality.extract_batches") == [(8, 4, 4)]
    assert query(home, "select source_file, source_shape, source_position from raw.chictr") == [
        ("chictr.json", "detail_html", 1)
    ]


def test_importing_again_changes_nothing(home: Path, files: Path) -> None:
    write_page(files / "a.json", study(1), study(2))
    run.import_paths([files], home=home)
    before = query(home, "select * from raw.clinicaltrials_gov order by all")

    again = run.import_paths([files], home=home)

    assert (again.n_loaded, again.n_unchanged) == (0, 2)
    assert query(home, "select * from raw.clinicaltrials_gov order by all") == before


def test_an_older_file_after_a_newer_one_adds_a_version_and_both_again_change_nothing(home: Path, files: Path) -> None:
    new = write_page(files / "new.json", study(1, "2024-05-06"), study(2))
    old = write_page(files / "old.json", study(1, "2023-01-01"))
    run.import_paths([new], home=home)
    assert run.import_paths([old], home=home).n_loaded == 1
    assert versions(home) == 3
    for path in (new, old, new):
        assert run.import_paths([path], home=home).n_loaded == 0
    assert versions(home) == 3
    newest = "select record_date::varchar from raw.clinicaltrials_gov where registration_id = 'NCT99900001' order by 1"
    assert query(home, newest) == [("2023-01-01",), ("2024-05-06",)]


def test_versions_of_one_registration_in_one_import_are_all_kept_in_order_of_their_dates(
    home: Path, files: Path
) -> None:
    write_page(files / "a.json", study(1, "2024-05-06"), study(1, "2022-02-02"), study(1, "2024-05-06"))
    write_page(files / "b.json", study(1, "2023-03-03"))

    report = run.import_paths([files], home=home)

    assert (report.n_loaded, report.n_unchanged) == (3, 1)
    rows = query(
        home,
        "select record_date::varchar, _dlt_valid_to is null from raw.clinicaltrials_gov order by _dlt_valid_from",
    )
    assert rows == [("2022-02-02", False), ("2023-03-03", False), ("2024-05-06", True)]


def test_a_registration_that_a_file_does_not_mention_is_not_retired(home: Path, files: Path) -> None:
    run.import_paths([write_page(files / "a.json", study(1))], home=home)
    run.import_paths([write_page(files / "b.json", study(2))], home=home)
    assert query(home, "select count(*) from raw.clinicaltrials_gov where _dlt_valid_to is null") == [(2,)]


def test_unreadable_records_go_to_quarantine_and_the_rest_loads(home: Path, files: Path) -> None:
    text = json.dumps({"studies": [study(1), study(2), study(3)]}).replace('"NCT99900002"', '"NCT2"')
    files.mkdir()
    (files / "a.json").write_text(text, encoding="utf-8")

    report = run.import_paths([files], home=home)

    assert_counts_add_up(report)
    assert (report.n_read, report.n_loaded, report.n_quarantined) == (3, 2, 1)
    rows = query(home, "select registry, source_file, source_position, reason from quality.quarantine")
    assert rows == [("clinicaltrials_gov", "a.json", 2, "'NCT2' is not an NCT number")]
    assert report.quarantine_file is not None
    (line,) = report.quarantine_file.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["source_position"] == 2
    assert report.quarantine_file.parent == home / "quarantine"


def test_zips_are_opened_and_files_of_one_name_kept_apart(home: Path, files: Path) -> None:
    write_page(files / "one" / "a.json", study(1))
    write_page(files / "two" / "a.json", study(2))
    with zipfile.ZipFile(files / "b.zip", "w") as archive:
        archive.writestr("inner/c.json", json.dumps(study(3)))
        archive.writestr("__MACOSX/._c.json", "x")
        archive.writestr("d.txt", "")
    (files / "broken.zip").write_bytes(b"PK\x03\x04 cut off")
    damaged = bytearray((files / "b.zip").read_bytes())
    damaged[45] ^= 0xFF
    (files / "damaged.zip").write_bytes(damaged)

    names = ("one/a.json", "two/a.json", "b.zip", "broken.zip", "damaged.zip")
    report = run.import_paths([files / name for name in names], home=home)

    assert_counts_add_up(report)
    assert report.n_loaded == 3
    assert query(home, "select source_file from raw.clinicaltrials_gov order by registration_id") == [
        ("a.json",),
        ("a.json",),
        ("b.zip!inner/c.json",),
    ]
    assert [refusal.partition(":")[0] for refusal in report.refusals] == [
        "b.zip!d.txt",
        "broken.zip",
        "damaged.zip!d.txt",
        "damaged.zip!inner/c.json",
    ]
    assert "cannot be opened" in report.refusals[-1]


def test_a_failed_gate_loads_nothing_of_any_file_and_says_why(home: Path, files: Path) -> None:
    run.import_paths([write_page(files / "before.json", study(9))], home=home)
    before = query(home, "select * from raw.clinicaltrials_gov")
    good = write_page(files / "good.json", study(1), study(2))
    untitled = [study(number, briefTitle="") for number in range(10, 30)]
    bad = write_page(files / "bad.json", *untitled)
    (files / "chictr.html").write_text(chictr_page(), encoding="utf-8")

    with pytest.raises(GateFailed) as failure:
        run.import_paths([good, bad, files / "chictr.html"], home=home)

    assert "bad.json: a title is stated in 95% of the records (20 of 20 rows fail)" in str(failure.value)
    assert "NCT99900010" in str(failure.value)
    assert query(home, "select * from raw.clinicaltrials_gov") == before
    assert versions(home, "chictr") == 0
    assert_counts_add_up(failure.value.report)
    results = query(
        home,
        "select distinct stage, suite, subject, severity, failing_rows is not null "
        "from quality.check_results where not success",
    )
    assert results == [("extract", "extract_clinicaltrials_gov", "bad.json", "error", True)]
    batches = query(
        home, "select source_file, n_loaded, n_refused, reason from quality.extract_batches where reason is not null"
    )
    assert ("bad.json", 0, 20, "the gate failed on this file") in batches
    assert ("good.json", 0, 2, "the gate failed on this import") in batches


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"studyFirstSubmitDate": "2999-01-01"}, "the date of registration is between"),
        ({"studyFirstSubmitDate": "some day"}, "a stated date of registration can be read"),
        ({"lastUpdatePostDateStruct": {"date": "2999-01-01"}}, "the date of the last update is between"),
        ({"overallStatus": "GONE_FISHING"}, "overallStatus is one of the API's"),
    ],
)
def test_what_the_gate_stops(home: Path, files: Path, change: dict[str, Any], check: str) -> None:
    studies = [study(number) for number in range(1, 21)]
    for each in studies[:2]:
        each["protocolSection"]["statusModule"] |= change
    with pytest.raises(GateFailed, match=check):
        run.import_paths([write_page(files / "a.json", *studies)], home=home)
    assert versions(home) == 0


def test_studies_without_a_status_load_with_a_warning(home: Path, files: Path) -> None:
    """A search that asked for few fields leaves the status out."""
    studies = [study(number) for number in range(1, 21)]
    for each in studies:
        each["protocolSection"]["statusModule"]["overallStatus"] = None
    run.import_paths([write_page(files / "a.json", *studies)], home=home)
    assert versions(home) == 20
    warned = query(home, "select severity from quality.check_results where not success")
    assert warned == [("warning",)]


def test_a_page_that_repeats_one_number_fails_the_gate(home: Path, files: Path) -> None:
    studies = [study(1, briefTitle=f"Title {number}") for number in range(10)]
    with pytest.raises(GateFailed, match="at most 5 documents of one date"):
        run.import_paths([write_page(files / "a.json", *studies)], home=home)


def test_a_file_of_which_most_cannot_be_read_fails_the_gate(home: Path, files: Path) -> None:
    studies = [study(number) for number in range(1, 21)]
    for each in studies[:15]:
        each["protocolSection"]["identificationModule"]["nctId"] = "NCT0"
    with pytest.raises(GateFailed, match="15 of 20 records went to quarantine"):
        run.import_paths([write_page(files / "a.json", *studies)], home=home)
    assert query(home, "select count(*) from quality.quarantine") == [(15,)]


def test_nothing_recognised(home: Path, files: Path) -> None:
    files.mkdir()
    with pytest.raises(NothingRecognised, match="there is no file"):
        run.import_paths([files], home=home)
    (files / "list.html").write_text(CHICTR_SEARCH, encoding="utf-8")
    with pytest.raises(NothingRecognised, match=r"list\.html: This is a ChiCTR page of search results"):
        run.import_paths([files], home=home)
    with pytest.raises(FileNotFoundError):
        run.import_paths([files / "absent"], home=home)


def test_the_sample_and_real_registrations_never_mix(home: Path, files: Path) -> None:
    sample = write_page(files / "sample.json", study(1), study(2))
    real = write_page(files / "real.json", study(3))
    run.import_paths([sample], home=home, is_sample=True)
    assert query(home, "select distinct is_sample from raw.clinicaltrials_gov") == [(True,)]

    report = run.import_paths([real], home=home)

    assert any("sample" in note for note in report.notes)
    assert query(home, "select registration_id, is_sample from raw.clinicaltrials_gov") == [("NCT99900003", False)]
    assert query(home, "select count(*) from quality.extract_batches where batch_id like 'sample-%'") == [(0,)]
    with pytest.raises(UsageError, match="real registrations"):
        run.import_paths([sample], home=home, is_sample=True)


def test_a_real_load_that_fails_leaves_the_sample(home: Path, files: Path) -> None:
    run.import_paths([write_page(files / "sample.json", study(1))], home=home, is_sample=True)
    with pytest.raises(GateFailed):
        run.import_paths([write_page(files / "real.json", study(3, briefTitle=""))], home=home)
    assert query(home, "select registration_id from raw.clinicaltrials_gov") == [("NCT99900001",)]


def test_raw_and_quality_are_there_before_anything_is_loaded_and_stay_as_they_are(home: Path, files: Path) -> None:
    database = run.database_of(home)
    ensure_raw(database)
    ensure_raw(database)
    assert count_registrations(database) == 0
    for registry in REGISTRIES:
        assert raw_columns(home, registry) == RAW_COLUMNS
    tables = {name for (name,) in query(home, "select table_name from duckdb_tables() where schema_name = 'quality'")}
    assert {"extract_batches", "quarantine", "check_results"} <= tables
    run.import_paths([write_page(files / "a.json", study(1))], home=home)
    for registry in REGISTRIES:
        assert raw_columns(home, registry) == RAW_COLUMNS


def test_nothing_is_left_beside_the_database(home: Path, files: Path) -> None:
    run.import_paths([write_page(files / "a.json", study(1))], home=home)
    assert {path.name for path in (home / "build").iterdir()} == {"landscape.duckdb", "import.lock"}


def test_an_apostrophe_in_the_path_of_the_data_does_no_harm(tmp_path: Path, files: Path) -> None:
    home = tmp_path / "Anna's data"
    run.import_paths([write_page(files / "a.json", study(1, "2020-01-01"))], home=home)
    run.import_paths([write_page(files / "b.json", study(1, "2021-01-01"), study(2))], home=home)
    assert versions(home) == 3
    assert {path.name for path in (home / "build").iterdir()} == {"landscape.duckdb", "import.lock"}


def test_a_load_that_fails_half_way_is_taken_back(home: Path, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run.import_paths([write_page(files / "a.json", study(1, "2020-01-01"))], home=home)
    before = query(home, "select * from raw.clinicaltrials_gov")
    genuine = load._run_dlt
    calls: list[int] = []

    def failing(*arguments: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise OSError("disk full")
        genuine(*arguments)

    monkeypatch.setattr(load, "_run_dlt", failing)
    two_versions = write_page(files / "b.json", study(1, "2021-01-01"), study(1, "2022-01-01"), study(2))
    with pytest.raises(OSError, match="disk full"):
        run.import_paths([two_versions], home=home)
    assert query(home, "select * from raw.clinicaltrials_gov") == before
    monkeypatch.undo()
    assert run.import_paths([two_versions], home=home).n_loaded == 3


def _import_and_die(home: str, file: str) -> None:
    genuine = load._run_dlt
    calls: list[int] = []

    def dying(*arguments: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            os._exit(9)
        genuine(*arguments)

    load._run_dlt = dying
    run.import_paths([Path(file)], home=Path(home))


def test_a_killed_run_leaves_raw_whole_and_the_next_one_works(home: Path, files: Path) -> None:
    run.import_paths([write_page(files / "a.json", study(1, "2020-01-01"))], home=home)
    before = query(home, "select * from raw.clinicaltrials_gov")
    two_versions = write_page(files / "b.json", study(1, "2021-01-01"), study(1, "2022-01-01"))
    process = multiprocessing.get_context("spawn").Process(target=_import_and_die, args=(str(home), str(two_versions)))
    process.start()
    process.join(60)
    assert process.exitcode == 9
    assert versions(home) == 2

    ensure_raw(run.database_of(home))
    assert query(home, "select * from raw.clinicaltrials_gov") == before
    assert run.import_paths([two_versions], home=home).n_loaded == 2
    assert {path.name for path in (home / "build").iterdir()} == {"landscape.duckdb", "import.lock"}


def _hold_database(database: str, held: Any, done: Any) -> None:
    with duckdb.connect(database):
        held.set()
        done.wait(60)


def _hold_lock(database: str, held: Any, done: Any) -> None:
    with lock.held(Path(database).parent):
        held.set()
        done.wait(60)


@pytest.mark.parametrize(("hold", "sentence"), [(_hold_database, "in use"), (_hold_lock, "another import")])
def test_a_database_in_use_is_said_to_be_so(home: Path, files: Path, hold: Any, sentence: str) -> None:
    database = run.database_of(home)
    ensure_raw(database)
    context = multiprocessing.get_context("spawn")
    held, done = context.Event(), context.Event()
    process = context.Process(target=hold, args=(str(database), held, done))
    process.start()
    try:
        assert held.wait(60)
        with pytest.raises(DatabaseBusy, match=sentence):
            run.import_paths([write_page(files / "a.json", study(1))], home=home)
    finally:
        done.set()
        process.join(60)
