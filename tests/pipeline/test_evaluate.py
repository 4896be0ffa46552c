"""`landscape evaluate labels`: a scratch warehouse of real files and made-up registrations, measured per facet."""

import os
from pathlib import Path

import pytest
from landscape_runs import ROOT, run_landscape

from dbt_project.evaluate_labels import LabelReport, evaluate_labels, prepare, read_gold, read_predictions

GOLD = ROOT / "tests" / "gold" / "labels.csv"
FILE = ROOT / "extract" / "sample" / "registries" / "chictr" / "ChiCTR2300994108.html"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("labels")


@pytest.fixture(scope="module")
def tune(home: Path) -> str:
    """Return what the command prints of a folder that holds no gold registration: made-up ones are always there."""
    return run_landscape(home / "unused", "evaluate", "labels", str(FILE), "--home", str(home / "scratch")).stdout


def test_made_up_registrations_are_judged_without_any_gold_registration_in_the_files(tune: str) -> None:
    rows = [row for row in read_gold(GOLD) if row.split == "tune"]
    made_up = sum(not row.is_real for row in rows)
    assert f"0 of {len(rows) - made_up} could be judged" in tune
    assert f"{made_up} of {len(rows)} could be judged" in tune


def test_labels_of_made_up_registrations_are_right(tune: str, home: Path) -> None:
    judged = read_predictions(home / "scratch" / "build" / "landscape.duckdb")
    scores = evaluate_labels(read_gold(GOLD), judged, "tune", "made_up").scores
    assert scores["is_cell_therapy"].f1.share >= 0.95
    assert scores["cell_types"].f1.share >= 0.95
    assert scores["phase"].accuracy.share == 1.0


def test_the_warehouse_that_people_use_is_not_touched(tune: str, home: Path) -> None:
    assert not (home / "unused").exists()


def test_without_folders_the_last_build_is_measured_and_of_the_test_split_only_counts_are_shown(
    tune: str, home: Path
) -> None:
    shown = run_landscape(home / "scratch", "evaluate", "labels", "--split", "test").stdout
    assert "Labels on the test split" in shown
    assert "gold registrations are not in this build" in shown
    assert "expected" in tune
    assert "expected" not in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--record"], "name their folders"),
        (["nowhere"], "nowhere does not exist"),
        ([], "nothing is built yet"),
    ],
)
def test_what_cannot_be_measured_says_what_to_do(tmp_path: Path, arguments: list[str], message: str) -> None:
    result = run_landscape(tmp_path, "evaluate", "labels", *arguments, check=False)
    assert result.returncode == 2
    assert message in result.stderr


@pytest.fixture(scope="module")
def measured(real_registries: Path, real_texts: Path, tmp_path_factory: pytest.TempPathFactory) -> LabelReport:
    if not os.environ.get("LANDSCAPE_MEASURE"):
        pytest.skip("measuring is not part of the suite: set LANDSCAPE_MEASURE=1 to do it")
    laboratory = prepare([real_registries, real_texts], tmp_path_factory.mktemp("real"))
    return evaluate_labels(read_gold(GOLD), read_predictions(laboratory.database), "test")


@pytest.mark.real
@pytest.mark.benchmark
def test_labels_are_as_good_as_the_readme_says(measured: LabelReport) -> None:
    """Floors a little below what was measured when they were set, so that they fall only when something broke."""
    assert not measured.missing
    assert measured.scores["is_cell_therapy"].f1.share >= 0.96
    assert measured.scores["cell_class"].accuracy.share >= 0.97
    assert measured.scores["primary_cell_type"].accuracy.share >= 0.96
    assert measured.scores["cell_types"].f1.share >= 0.95
    assert measured.scores["targets"].f1.share >= 0.91
    assert measured.scores["primary_indication"].accuracy.share >= 0.95
    assert measured.scores["indication_groups"].f1.share >= 0.93
    assert measured.scores["lead_is_company"].accuracy.share >= 0.97
    assert measured.scores["phase"].accuracy.share >= 0.99
