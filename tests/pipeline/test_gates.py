"""The gate of the marts: it fails where it is made to fail, keeps what it found, and passes what is sound."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from dbt_project.gates.checks import MAX_FAILING_ROWS, CheckResult, failed
from dbt_project.gates.drift import Figures, compare, is_comparable, read_published_figures
from dbt_project.gates.marts_suite import CONTRACT, TOO_MANY_REGISTRATIONS, judge_drift, judge_marts
from dbt_project.gates.results import failed_checks

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 1, 1)
DICTIONARIES = {
    "cell_type": ["CAR-T", "MSC"],
    "indication_group": ["hematologic_malignancy", "infection"],
    "phase": ["phase_1", "not_reported"],
}


def trials(n: int = 40, **columns: Any) -> pd.DataFrame:
    """Return a sound dim_trial, with some columns set otherwise."""
    frame = pd.DataFrame(
        {
            "trial_id": [f"NCT9900{i:04d}" for i in range(n)],
            "cell_class": "immune_cell",
            "cell_type": "CAR-T",
            "indication_group": "hematologic_malignancy",
            "is_oncology": True,
            "phase": "phase_1",
            "sponsor_type": "IIT",
            "study_kind": "interventional",
            "registration_date": pd.Timestamp("2020-05-01"),
            "registration_year": 2020,
            "start_date": pd.Timestamp("2020-06-01"),
            "status": "recruiting",
            "target_enrollment": 20,
            "lead_sponsor": "A hospital",
            "is_china": True,
            "in_study_window": True,
            "public_title": "CAR-T cells",
            "n_registrations": 1,
        }
    )
    return frame.assign(**columns)


# What the sound test of the small project asserts.
SOUND = (
    "one row per id, language",
    "name is unique",
    "id is filled",
    "language is filled",
    "label is filled",
    "kind is one of cell, gene",
    "label is found in labels.label",
)


def judge(frame: pd.DataFrame) -> list[CheckResult]:
    return judge_marts({"dim_trial": frame}, DICTIONARIES, TODAY)


def problems(frame: pd.DataFrame) -> list[str]:
    return [result.check_name for result in failed(judge(frame))]


def test_a_sound_mart_passes() -> None:
    results = judge(trials())

    assert results
    assert all(result.success for result in results)


def test_a_label_outside_its_dictionary_stops_the_publication_and_shows_the_rows() -> None:
    results = failed(judge(trials(cell_type=["CAR-T"] * 10 + ["CAR-X"] * 30)))

    assert [result.check_name for result in results] == ["cell_type is a label of the dictionary"]
    assert results[0].observed == "30 of 40 rows fail"
    rows = json.loads(results[0].failing_rows or "")
    assert len(rows) == MAX_FAILING_ROWS
    assert rows[0]["cell_type"] == "CAR-X"
    assert rows[0]["registration_date"].startswith("2020-05-01")


def test_a_missing_column_of_the_contract_stops_the_publication() -> None:
    names = problems(trials().drop(columns="is_china"))

    assert names == ["column is_china of the contract is there"]


def test_a_mart_without_rows_stops_the_publication() -> None:
    assert "the mart is not empty" in problems(trials().head(0))


def test_a_trial_in_two_rows_stops_the_publication() -> None:
    assert problems(trials(trial_id="NCT99000001")) == ["a trial has one row"]


def test_a_chain_of_wrong_links_stops_the_publication() -> None:
    names = problems(trials(n_registrations=[1] * 39 + [TOO_MANY_REGISTRATIONS + 1]))

    assert names == [f"no chain of links makes a trial of more than {TOO_MANY_REGISTRATIONS} registrations"]


def test_dates_that_no_registration_can_have_stop_the_publication() -> None:
    assert problems(trials(registration_date=pd.Timestamp("2062-01-01"))) == [
        "trials are registered after 1980 and not in the future"
    ]


def test_what_real_files_may_do_is_a_warning_and_does_not_stop() -> None:
    results = judge(trials(phase="not_reported", registration_date=pd.NaT))

    assert not failed(results)
    warned = {result.check_name for result in results if not result.success}
    assert warned == {"most trials state a phase", "almost every trial has a date of registration"}


def test_shares_beyond_1_stop_the_publication() -> None:
    mart = pd.DataFrame(
        {"phase": ["phase_1"], "cell_class": ["immune_cell"], "registration_year": [2020], "is_china": [True],
         "n_trials": [3], "share_of_class": [1.5]}
    )  # fmt: skip

    results = failed(judge_marts({"mart_phases": mart}, DICTIONARIES, TODAY))

    assert [result.check_name for result in results] == ["share_of_class lies between 0 and 1"]


def test_an_empty_mart_of_links_is_no_failure() -> None:
    links = pd.DataFrame(columns=list(CONTRACT["fct_registration_link"]))

    assert not failed(judge_marts({"fct_registration_link": links}, DICTIONARIES, TODAY))


THRESHOLDS = pd.DataFrame(
    [
        ("drift-02", "trials", "drop", 0.2, 20, "error"),
        ("drift-05", "cell_class", "shift", 0.1, 200, "warning"),
    ],
    columns=["rule_id", "metric", "change", "max_change", "min_n", "severity"],
)


def figures(counts: dict[tuple[str, str], int], *, settings: str = "as_of=", is_sample: bool = False) -> Figures:
    frame = pd.DataFrame(
        [(metric, label, n) for (metric, label), n in counts.items()], columns=["metric", "label", "n"]
    )
    return Figures(frame.assign(whole=frame.groupby("metric")["n"].transform("sum")), settings, is_sample)


def test_a_landscape_that_loses_a_third_of_its_trials_is_stopped() -> None:
    before, now = figures({("trials", "all"): 300}), figures({("trials", "all"): 200})

    results = judge_drift(compare(now, before, THRESHOLDS))

    assert [result.severity for result in failed(results)] == ["error"]
    row = json.loads(results[0].failing_rows or "")[0]
    assert (row["before"], row["now"], round(row["change_found"], 3)) == (300, 200, 0.333)


def test_a_change_that_is_meant_passes_and_stays_visible() -> None:
    before, now = figures({("trials", "all"): 300}), figures({("trials", "all"): 200})

    results = judge_drift(compare(now, before, THRESHOLDS), accept=True)

    assert not failed(results)
    assert "accepted" in results[0].observed
    assert results[0].failing_rows


def test_growth_is_no_drift() -> None:
    before, now = figures({("trials", "all"): 300}), figures({("trials", "all"): 3000})

    assert all(result.success for result in judge_drift(compare(now, before, THRESHOLDS)))


def test_few_trials_are_not_judged() -> None:
    before, now = figures({("trials", "all"): 19}), figures({("trials", "all"): 2})

    assert compare(now, before, THRESHOLDS).empty


def test_a_shifted_share_warns_also_where_the_label_is_new_or_gone() -> None:
    before = figures({("cell_class", "immune_cell"): 300, ("cell_class", "stem_cell"): 100})
    now = figures({("cell_class", "immune_cell"): 300, ("cell_class", "other_somatic_cell"): 100})

    results = judge_drift(compare(now, before, THRESHOLDS))

    assert not failed(results)
    moved = {row["label"] for row in json.loads(results[0].failing_rows or "")}
    assert moved == {"stem_cell", "other_somatic_cell"}


def test_only_builds_of_one_kind_are_compared() -> None:
    plain = figures({("trials", "all"): 300})

    assert is_comparable(plain, figures({("trials", "all"): 1}))
    assert not is_comparable(plain, figures({("trials", "all"): 1}, settings="as_of=2020-01-01"))
    assert not is_comparable(plain, figures({("trials", "all"): 1}, is_sample=True))


def test_the_first_build_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    assert read_published_figures(tmp_path / "landscape.duckdb") is None
    duckdb.connect(tmp_path / "older.duckdb").close()
    assert read_published_figures(tmp_path / "older.duckdb") is None


def run_dbt(project: Path, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable, "-m", "dbt.cli.main", "--no-use-colors", *arguments, "--project-dir", str(project),
            "--profiles-dir", str(project), "--target-path", str(home / "target"), "--log-path", str(home / "logs"),
        ],
        cwd=ROOT, env=os.environ | {"LANDSCAPE_HOME": str(home)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """Return a dbt project of three models with the project's own macros for quality and its tests."""
    project = tmp_path / "project"
    (project / "models").mkdir(parents=True)
    (project / "tests" / "generic").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "dbt" / "generic" / "sound.sql", project / "tests" / "generic")
    shutil.copytree(ROOT / "dbt_project" / "macros" / "quality", project / "macros" / "quality")
    shutil.copy(ROOT / "dbt_project" / "macros" / "generate_schema_name.sql", project / "macros")
    shutil.copy(ROOT / "models" / "_groups.yml", project / "models")
    shutil.copy(ROOT / "tests" / "dbt" / "singular" / "marts_pass_their_gate.sql", project / "tests")
    (project / "profiles.yml").write_text(
        """
landscape:
  target: build
  outputs:
    build:
      type: duckdb
      path: "{{ env_var('LANDSCAPE_HOME') }}/build/landscape.duckdb"
""",
        encoding="utf-8",
    )
    (project / "dbt_project.yml").write_text(
        """
name: small
version: "1.0.0"
profile: landscape
vars: {broken: false}
on-run-start: "{{ create_quality_tables() }}"
on-run-end: "{{ record_check_results(results) }}"
""",
        encoding="utf-8",
    )
    (project / "models" / "some_mart.sql").write_text(
        "select n, case when n < 30 and {{ var('broken') }} then null else 'it''s {a}' end as label\n"
        "from range(50) as r(n)",
        encoding="utf-8",
    )
    (project / "models" / "marts_gate.sql").write_text(
        "{{ config(schema='quality') }}\n"
        "select 'marts' as suite, 'labels are known' as check_name, 'some_mart' as subject,\n"
        "    count(label) = count(*) as success, 'error' as severity, 'seen' as observed, '[]' as failing_rows\n"
        "from {{ ref('some_mart') }}",
        encoding="utf-8",
    )
    (project / "models" / "some_words.sql").write_text(
        """
select * from (values
    (1, 'en', 'cell', 'a', 'w1'),
    (2, 'en', 'gene', 'b', 'w2')
    {% if var('broken') %}
    , (2, 'en', 'gene', 'b', 'w2')
    , (3, null, 'it''s', 'c', null)
    , (null, 'zh', null, 'z', 'w4')
    , (5, 'zh', 'cell', null, 'w5')
    {% endif %}
) as words (id, language, kind, label, name)
""",
        encoding="utf-8",
    )
    (project / "models" / "labels.sql").write_text(
        "select label from (values ('a'), ('b'), ('c')) as labels (label)", encoding="utf-8"
    )
    (project / "models" / "models.yml").write_text(
        """
models:
  - name: some_words
    data_tests:
      - sound:
          name: sound_some_words
          arguments:
            one_row_per: [id, language]
            unique: [name]
            filled: [id, language, label]
            values: {kind: [cell, gene]}
            found_in: {label: labels.label}
  - name: some_mart
    columns:
      - name: label
        data_tests:
          - not_null: {config: {severity: "{{ 'warn' if var('broken') else 'error' }}"}}
  - name: marts_gate
    config: {group: warehouse, access: private}
""",
        encoding="utf-8",
    )
    return project


def test_every_check_of_a_run_is_kept_and_a_failed_gate_fails_the_build(small_project: Path, tmp_path: Path) -> None:
    home = tmp_path / "it's home"
    (home / "build").mkdir(parents=True)

    sound = run_dbt(small_project, "build", home=home)
    broken = run_dbt(small_project, "build", "--vars", "{broken: true}", home=home)

    assert sound.returncode == 0, sound.stdout
    assert broken.returncode == 1, broken.stdout
    with duckdb.connect(home / "build" / "landscape.duckdb", read_only=True) as connection:
        rows = connection.execute(
            "select run_id, stage, check_name, subject, success, severity, observed, failing_rows "
            "from quality.check_results order by checked_at, check_name"
        ).fetchall()
    first, second = ([row[1:] for row in rows if row[0] == run_id] for run_id in dict.fromkeys(row[0] for row in rows))
    assert {(row[0], row[1], row[3]) for row in first} == {
        ("dbt", "marts_pass_their_gate", True),
        ("dbt", "not_null_some_mart_label", True),
        ("marts", "labels are known", True),
        *(("dbt", name, True) for name in SOUND),
    }
    kept = {row[1]: row for row in second}
    assert kept["labels are known"][3] is False
    assert kept["marts_pass_their_gate"][3:5] == (False, "error")
    warned = kept["not_null_some_mart_label"]
    assert warned[2:6] == ("some_mart", False, "warning", "30 rows fail")
    examples = json.loads(warned[6])
    assert len(examples) == MAX_FAILING_ROWS
    assert set(examples[0]) == {"label"}
    broken_words = {name: [(row["id"], row["found"]) for row in json.loads(kept[name][6])] for name in SOUND}
    assert broken_words == {
        "one row per id, language": [(2, None), (2, None)],
        "name is unique": [(2, "w2"), (2, "w2")],
        "id is filled": [(None, None)],
        "language is filled": [(3, None)],
        "label is filled": [(5, None)],
        "kind is one of cell, gene": [(3, "it's")],
        "label is found in labels.label": [(None, "z")],
    }
    assert {kept[name][2:4] for name in SOUND} == {("some_words", False)}
    assert failed_checks(home / "build" / "landscape.duckdb")[0] == "some_mart: labels are known (seen)"
    assert (
        'some_words: kind is one of cell, gene (1 rows fail); for example {"id": 3, "found": "it\'s"}'
        in failed_checks(home / "build" / "landscape.duckdb")
    )


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return dbt's manifest of the project."""
    home = tmp_path_factory.mktemp("parse")
    parsed = run_dbt(ROOT, "parse", home=home)
    assert parsed.returncode == 0, parsed.stdout
    return json.loads((home / "target" / "manifest.json").read_text(encoding="utf-8"))


def test_nothing_but_staging_reads_raw(manifest: dict[str, Any]) -> None:
    readers = {
        node["name"]: node["schema"]
        for node in manifest["nodes"].values()
        if node["resource_type"] in {"model", "snapshot"}
        and any(parent.startswith("source.cell_therapy_landscape.raw.") for parent in node["depends_on"]["nodes"])
    }

    assert readers
    assert set(readers.values()) == {"staging"}


def test_every_mart_of_the_contract_is_there_with_its_columns(manifest: dict[str, Any]) -> None:
    marts = {
        node["name"]: node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] == "marts"
    }

    assert set(CONTRACT) | {"mart_approved_products", "mart_paper_comparison"} <= set(marts)
    for name, columns in CONTRACT.items():
        assert set(columns) <= set(marts[name]["columns"]), name


def test_every_mart_is_public_under_contract_and_described(manifest: dict[str, Any]) -> None:
    for node in manifest["nodes"].values():
        if node["resource_type"] != "model" or node["schema"] != "marts":
            continue
        assert node["access"] == "public", node["name"]
        assert node["config"]["contract"]["enforced"], node["name"]
        assert node["description"].strip(), node["name"]
        for column in node["columns"].values():
            assert column["description"].strip(), f"{node['name']}.{column['name']}"
            assert column["data_type"], f"{node['name']}.{column['name']}"


def test_every_mart_has_a_reader(manifest: dict[str, Any]) -> None:
    read = {parent for exposure in manifest["exposures"].values() for parent in exposure["depends_on"]["nodes"]}

    for name in CONTRACT:
        assert f"model.cell_therapy_landscape.{name}" in read, name


def test_models_below_the_marts_are_private(manifest: dict[str, Any]) -> None:
    for node in manifest["nodes"].values():
        if node["resource_type"] == "model" and node["schema"] in {"staging", "intermediate", "quality"}:
            assert node["access"] == "private", node["name"]


def test_every_model_says_first_what_it_is_and_its_grain(manifest: dict[str, Any]) -> None:
    for node in manifest["nodes"].values():
        if node["resource_type"] != "model":
            continue
        first = next(line for line in node["raw_code"].splitlines() if line.strip())
        assert first.startswith(("-- ", '"""', "{#")), f"{node['original_file_path']}: {first}"


def test_what_stopped_a_build_is_said_with_an_example(tmp_path: Path) -> None:
    database = tmp_path / "landscape.duckdb"
    with duckdb.connect(database) as connection:
        connection.execute(
            """
            create schema quality;
            create table quality.check_results (
                run_id varchar, stage varchar, suite varchar, check_name varchar, subject varchar, success boolean,
                severity varchar, observed varchar, failing_rows varchar, checked_at timestamptz
            );
            insert into quality.check_results values
                ('old', 'dbt', 'tests', 'a', 'x', false, 'error', '1 rows fail', null, '2026-01-01'),
                ('new', 'dbt', 'tests', 'b', 'dim_trial', false, 'error', '2 rows fail', '[{"n": 1, "label": null}]',
                 '2026-01-02'),
                ('new', 'dbt', 'tests', 'c', 'dim_trial', false, 'skipped', 'not run', null, '2026-01-02'),
                ('new', 'dbt', 'tests', 'd', 'dim_trial', false, 'warning', '3 rows fail', null, '2026-01-02'),
                ('new', 'dbt', 'tests', 'marts_pass_their_gate', 'marts_gate', false, 'error', '1', null, '2026-01-02');
            """
        )

    assert failed_checks(database) == ['dim_trial: b (2 rows fail); for example {"n": 1}']
