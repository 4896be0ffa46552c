"""What counts as right, and how it is counted, when labels are measured."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from dbt_project.evaluate_labels import (
    Gold,
    Judged,
    Prediction,
    count_rule_hits,
    evaluate_labels,
    is_correct,
    prepare,
    read_gold,
    score,
    wilson,
)
from dbt_project.laboratory import Laboratory

COLUMNS = (
    "source,registration_id,split,is_cell_therapy,exclusion_reason,cell_class,cell_types,targets,indication_groups,phase,"
    "lead_is_company,cell_source,donor,study_kind,is_in_vivo,language,note"
)


def test_wilson_interval_of_ten_in_ten_does_not_reach_certainty() -> None:
    interval = wilson(10, 10)
    assert interval.share == 1.0
    assert interval.low == pytest.approx(0.722, abs=0.001)
    assert math.isnan(wilson(0, 0).share)


@pytest.mark.parametrize(
    ("facet", "expected", "found", "right"),
    [
        ("targets", ("CD19", "CD22"), ("CD22", "CD19"), True),
        ("targets", ("CD19",), ("CD19", "CD22"), False),
        ("targets", (), (), True),
        ("donor", ("autologous", "allogeneic"), ("allogeneic",), True),
        ("phase", ("phase_1",), ("phase_2",), False),
    ],
)
def test_sets_are_equal_and_of_two_donors_either_will_do(
    facet: str, expected: tuple[str, ...], found: tuple[str, ...], right: bool
) -> None:
    assert is_correct(facet, expected, found) is right


def judged(**labels: dict[str, tuple[str, ...]]) -> Judged:
    """Return what a build says: registration → facet → labels, each by a rule of that facet and label."""
    return Judged(
        {
            registration_id: tuple(
                Prediction(facet, label, "public_title", label, f"{facet}:{label}")
                for facet, found in of_registration.items()
                for label in found
            )
            for registration_id, of_registration in labels.items()
        },
        {},
    )


GOLD = [
    Gold("A", "tune", {"is_cell_therapy": ("true",), "cell_types": ("CAR-T",), "targets": ("CD19", "CD22")}),
    Gold("B", "tune", {"is_cell_therapy": ("true",), "targets": ("BCMA",)}),
    Gold("C", "tune", {"is_cell_therapy": ("false",)}),
]
SAID = judged(
    A={"is_cell_therapy": ("true",), "cell_types": ("CAR-T",), "targets": ("CD19", "CD20")},
    B={"is_cell_therapy": ("false",)},
    C={"is_cell_therapy": ("true",), "cell_types": ("MSC",), "targets": ("CD20",)},
)


def test_labels_count_only_where_reader_and_screen_agree_on_cell_therapy() -> None:
    scores = score(GOLD, SAID)
    screen, targets = scores["is_cell_therapy"], scores["targets"]
    assert (screen.true_positive, screen.false_positive, screen.false_negative) == (1, 1, 1)
    assert (targets.true_positive, targets.false_positive, targets.false_negative) == (1, 1, 1)
    assert targets.f1.share == 0.5


def test_interval_of_f1_holds_it_and_narrows_with_more_labels() -> None:
    few = score(GOLD, SAID)["targets"].f1
    many = score(
        [Gold(f"{row.registration_id}{n}", "tune", row.labels) for row in GOLD for n in range(20)],
        Judged({f"{i}{n}": said for i, said in SAID.predictions.items() for n in range(20)}, {}),
    )["targets"].f1
    assert few.low < many.low < many.share == few.share < many.high < few.high


def test_rules_are_judged_by_the_labels_that_they_decided() -> None:
    assert count_rule_hits(GOLD, SAID) == {
        "is_cell_therapy:true": (1, 1),
        "is_cell_therapy:false": (0, 1),
        "cell_types:CAR-T": (1, 0),
        "cell_types:MSC": (0, 1),  # the reader says that C is no cell therapy; of its target nothing is known
        "targets:CD19": (1, 0),
        "targets:CD20": (0, 1),
    }


@pytest.mark.parametrize("split", ["test", "holdout"])
def test_of_test_and_holdout_nothing_but_counts_is_shown(split: str) -> None:
    gold = [Gold(row.registration_id, split, row.labels) for row in GOLD]
    report = evaluate_labels(gold, SAID, split)
    assert report.scores["targets"].registrations == 1
    assert not report.errors
    assert not count_rule_hits(gold, SAID)


def test_errors_of_the_tune_split_carry_the_words_that_were_read() -> None:
    (error,) = [error for error in evaluate_labels(GOLD, SAID).errors if error.facet == "targets"]
    assert error.expected == ("CD19", "CD22")
    assert [said.matched_text for said in error.found] == ["CD19", "CD20"]


def test_registrations_that_a_build_lacks_are_named_and_not_counted() -> None:
    report = evaluate_labels([*GOLD, Gold("D", "tune", {"is_cell_therapy": ("true",)})], SAID)
    assert report.missing == ("D",)
    assert (report.n_judged, report.n_gold) == (3, 4)


def test_real_and_made_up_registrations_are_measured_apart() -> None:
    gold = [*GOLD[:2], Gold("C", "tune", {"is_cell_therapy": ("false",)}, source="made_up")]
    assert [evaluate_labels(gold, SAID, source=source).n_gold for source in ("real", "made_up", "all")] == [2, 1, 3]


def test_the_same_files_are_imported_once_and_classified_every_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def fill(home: Path, paths: object, progress: object) -> Laboratory:
        (home / "build").mkdir(parents=True)
        done.append("filled")
        return Laboratory(home / "build" / "landscape.duckdb")

    monkeypatch.setattr("dbt_project.evaluate_labels.fill", fill)
    monkeypatch.setattr(Laboratory, "insert", lambda *_: done.append("made-up ones inserted"))
    monkeypatch.setattr(Laboratory, "build", lambda *_, **__: done.append("classified"))
    files, home = tmp_path / "registry.xml", tmp_path / "home"
    files.write_text("<Trials/>", encoding="utf-8")
    for _ in range(2):
        prepare([files], home)
    assert done == ["filled", *(["made-up ones inserted", "classified"] * 2)]


def test_empty_phase_of_a_text_is_not_judged(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text(f"{COLUMNS}\ntexts,A,tune,true,,stem_cell,MSC,,infection,,,,not_stated,interventional,false,en,\n")
    (row,) = read_gold(file)
    assert row.labels["phase"] is None
    assert row.labels["primary_cell_type"] == ("MSC",)


def test_a_split_that_is_neither_names_its_line(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text(f"{COLUMNS}\ntexts,A,dev,true,,,,,,,,,,,,,\n")
    with pytest.raises(ValueError, match=r"labels\.csv:2"):
        read_gold(file)
