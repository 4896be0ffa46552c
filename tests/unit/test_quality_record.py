"""What a measurement writes for the publication."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from dbt_project.evaluate_labels import Gold, Judged, Prediction
from dbt_project.linkage.evaluate import CurvePoint, Evaluation, Measure, Share
from dbt_project.quality_record import FOLDER, provenance_of, record_labels, record_links

PROVENANCE = {"rule_set_version": "r", "code_version": "c", "gold_hash": "g", "measured_on": "2024-08-01"}
GOLD = [
    Gold("A", "tune", {"is_cell_therapy": ("true",), "targets": ("CD19",)}),
    Gold("B", "holdout", {"is_cell_therapy": ("true",), "targets": ()}),
]


def said(target: str) -> tuple[Prediction, ...]:
    return (
        Prediction("is_cell_therapy", "true", "public_title", "CAR-T", "cell_type:car-t"),
        Prediction("targets", target, "public_title", target, f"target:{target}"),
    )


JUDGED = Judged({"A": said("CD20"), "B": said("CD20")}, {}, {"target:CD20": 7, "target:other": 2})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in FOLDER.glob("*.csv"):
        shutil.copy(file, tmp_path)
    return tmp_path


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_labels_are_recorded_by_split_source_facet_and_measure(folder: Path) -> None:
    record_labels(GOLD, JUDGED, ["tune"], PROVENANCE, folder)
    recorded = {
        (row["split"], row["source"], row["facet"], row["measure"]): row for row in rows(folder / "label_quality.csv")
    }
    assert {key[0] for key in recorded} == {"tune"}, "the holdout is recorded only when it is asked for"
    targets = recorded["tune", "all", "targets", "precision"]
    assert (targets["value"], targets["numerator"], targets["denominator"]) == ("0.0", "0", "1")
    assert recorded["tune", "made_up", "targets", "precision"]["value"] == "", "nothing to count is no figure"


def test_confusions_and_rules_are_those_of_the_tune_split(folder: Path) -> None:
    record_labels(GOLD, JUDGED, ["tune", "holdout"], PROVENANCE, folder)
    (confusion,) = rows(folder / "label_confusions.csv")
    assert (confusion["facet"], confusion["expected"], confusion["found"]) == ("targets", "CD19", "CD20")
    rules = {row["rule_id"]: row for row in rows(folder / "rule_quality.csv")}
    assert (rules["target:CD20"]["n_registrations"], rules["target:CD20"]["n_gold_false"]) == ("7", "1")
    assert (rules["target:other"]["n_registrations"], rules["target:other"]["n_gold_false"]) == ("2", "0")


def test_a_measurement_of_labels_leaves_the_note_on_links(folder: Path) -> None:
    before = {row["subject"]: row for row in rows(folder / "quality_measurements.csv")}
    record_labels(GOLD, JUDGED, ["tune"], PROVENANCE, folder)
    after = {row["subject"]: row for row in rows(folder / "quality_measurements.csv")}
    assert after["link"] == before["link"]
    assert after["label"] == {"subject": "label", **PROVENANCE}


def test_links_are_recorded_with_decoys_and_curve(folder: Path) -> None:
    evaluation = Evaluation(
        measures=[Measure("pairs labelled by reading", "test", Share(19, 19), Share(19, 21))],
        curve=[CurvePoint("test", 4.0, Share(3, 4), Share(3, 5))],
        by_decoy={"orphan": Share(67, 67)},
        trials_with_two_of_one_register=0,
    )
    record_links(evaluation, PROVENANCE, folder)
    recorded = {(row["pair_set"], row["measure"], row["threshold"]): row for row in rows(folder / "link_quality.csv")}
    assert set(recorded) == {
        ("pairs labelled by reading", "precision", ""),
        ("pairs labelled by reading", "recall", ""),
        ("decoys: orphan", "apart", ""),
        ("match weight", "precision", "4.0"),
        ("match weight", "recall", "4.0"),
    }
    recall = recorded["pairs labelled by reading", "recall", ""]
    assert (recall["value"], recall["numerator"], recall["denominator"]) == ("0.9048", "19", "21")


def test_other_columns_than_those_of_the_seed_are_refused(folder: Path) -> None:
    (folder / "label_quality.csv").write_text("split,value\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"label_quality\.csv has the columns"):
        record_labels(GOLD, JUDGED, ["tune"], PROVENANCE, folder)


def test_gold_labels_have_the_same_name_with_other_line_ends(tmp_path: Path) -> None:
    unix, windows = tmp_path / "unix.csv", tmp_path / "windows.csv"
    unix.write_bytes(b"a\nb\n")
    windows.write_bytes(b"a\r\nb\r\n")
    day = date(2024, 8, 1)
    assert provenance_of(unix, day)["gold_hash"] == provenance_of(windows, day)["gold_hash"]
