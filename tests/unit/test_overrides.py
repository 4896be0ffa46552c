"""Corrections become rows: what is written, and what is refused with a sentence."""

import csv
from datetime import date
from pathlib import Path

import pytest

from dbt_project.overrides import LABELS, LINKS, OverrideError, override_labels, override_link

DAY = date(2026, 1, 2)


def _seed(tmp_path: Path, original: Path) -> Path:
    copy = tmp_path / original.name
    copy.write_text(original.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    return copy


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_labels_are_written_in_order_the_primary_first(tmp_path: Path) -> None:
    seed = _seed(tmp_path, LABELS)
    override_labels("NCT99000001", "target", ["CD19", "CD22"], reason="title", reviewer="A", decided_on=DAY, file=seed)
    assert [(row["label"], row["position"], row["decided_on"]) for row in _rows(seed)] == [
        ("CD19", "1", "2026-01-02"),
        ("CD22", "2", "2026-01-02"),
    ]
    assert all(row["reason"] == "title" and row["reviewer"] == "A" and row["rule_id"] for row in _rows(seed))


@pytest.mark.parametrize(
    ("facet", "labels", "says"),
    [("colour", ["red"], "cell_type"), ("target", ["CD1999"], "CD19"), ("cell_type", [], "CAR-T")],
)
def test_what_is_not_in_the_closed_lists_is_refused(tmp_path: Path, facet: str, labels: list[str], says: str) -> None:
    seed = _seed(tmp_path, LABELS)
    with pytest.raises(OverrideError, match=says):
        override_labels("NCT99000001", facet, labels, reason="r", reviewer="A", decided_on=DAY, file=seed)
    assert _rows(seed) == []


def test_a_facet_is_decided_once(tmp_path: Path) -> None:
    seed = _seed(tmp_path, LABELS)
    override_labels("NCT99000001", "donor", ["autologous"], reason="r", reviewer="A", decided_on=DAY, file=seed)
    with pytest.raises(OverrideError, match="change that row"):
        override_labels("NCT99000001", "donor", ["allogeneic"], reason="r", reviewer="A", decided_on=DAY, file=seed)


def test_a_pair_is_written_once_whatever_its_order(tmp_path: Path) -> None:
    seed = _seed(tmp_path, LINKS)
    override_link("NCT99000001", "ChiCTR2000990001", "same", reason="r", reviewer="A", decided_on=DAY, file=seed)
    assert [(row["registration_id_a"], row["decision"]) for row in _rows(seed)] == [("ChiCTR2000990001", "same")]
    with pytest.raises(OverrideError, match="already decides"):
        override_link(
            "ChiCTR2000990001", "NCT99000001", "different", reason="r", reviewer="A", decided_on=DAY, file=seed
        )


@pytest.mark.parametrize(("second", "decision"), [("NCT99000001", "same"), ("NCT99000002", "maybe")])
def test_a_pair_needs_two_registrations_and_a_decision(tmp_path: Path, second: str, decision: str) -> None:
    with pytest.raises(OverrideError):
        override_link(
            "NCT99000001", second, decision, reason="r", reviewer="A", decided_on=DAY, file=_seed(tmp_path, LINKS)
        )
