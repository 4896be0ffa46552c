"""What counts as right, and how it is counted, when labels are measured."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from dbt_project.evaluate_labels import Gold, is_correct, read_gold, score, wilson

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


def test_labels_count_only_where_reader_and_screen_agree_on_cell_therapy() -> None:
    gold = [
        Gold("A", "tune", {"is_cell_therapy": ("true",), "targets": ("CD19", "CD22")}),
        Gold("B", "tune", {"is_cell_therapy": ("true",), "targets": ("BCMA",)}),
        Gold("C", "tune", {"is_cell_therapy": ("false",)}),
    ]
    scores = score(
        gold,
        {
            "A": {"is_cell_therapy": ("true",), "targets": ("CD19", "CD20")},
            "B": {"is_cell_therapy": ("false",)},
            "C": {"is_cell_therapy": ("true",)},
        },
    )
    screen, targets = scores["is_cell_therapy"], scores["targets"]
    assert (screen.true_positive, screen.false_positive, screen.false_negative) == (1, 1, 1)
    assert (targets.true_positive, targets.false_positive, targets.false_negative) == (1, 1, 1)
    assert targets.f1 == 0.5


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
