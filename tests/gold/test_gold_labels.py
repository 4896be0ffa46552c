"""The hand-made labels hold to their own rules: closed labels, reproducible splits, enough rows of each kind.

`labels.csv` measures the classifier, so a slip in it (a label outside the taxonomy, a row in the wrong half) would
show up as a false figure there. The label lists are those of `seeds/dictionaries`, not a copy of them.
"""

import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

GOLD = Path(__file__).parent
DICTIONARIES = GOLD.parents[1] / "seeds" / "dictionaries"

# column of labels.csv -> column that holds its labels in one of the seeds of `seeds/dictionaries`
LABEL_COLUMNS = {
    "cell_class": "cell_class",
    "cell_types": "cell_type",
    "targets": "target",
    "indication_groups": "indication_group",
    "phase": "phase",
    "cell_source": "cell_source",
    "donor": "donor",
    "study_kind": "study_kind",
}
CLOSED_VALUES = {
    "source": {"registries", "texts", "made_up"},
    "split": {"tune", "test", "holdout"},
    "is_cell_therapy": {"true", "false"},
    "lead_is_company": {"true", "false", ""},
    "is_in_vivo": {"true", "false", ""},
    "language": {"en", "zh"},
}
# Reasons of negatives whose text names cells, receptors or their look-alikes. `drug` and `other` are the plain ones.
HARD_REASONS = {
    "hsct", "dli", "measures_cells", "context_only", "cell_free", "transfusion", "tissue_graft", "cell_vaccine",
    "gene_therapy", "unlisted_code", "drug_near_cells", "other_near_cells",
}  # fmt: skip
PLAIN_REASONS = {"drug", "other"}
LABELS_OF_CELL_THERAPY = (
    "cell_class", "cell_types", "targets", "indication_groups", "phase", "lead_is_company", "cell_source", "donor",
    "study_kind", "is_in_vivo",
)  # fmt: skip


def split_of(registration_id: str) -> str:
    """Return the half a registration is in: test when the last hex digit of sha256(id) is even, else tune."""
    return "test" if int(hashlib.sha256(registration_id.encode()).hexdigest()[-1], 16) % 2 == 0 else "tune"


def labels_in(value: str) -> list[str]:
    """Return the labels of a `;` list, the primary one first; none for an empty cell."""
    return value.split(";") if value else []


def seed_rows(column: str) -> list[dict[str, str]]:
    """Return the rows of the dictionary seed that has the column as its first."""
    for path in sorted(DICTIONARIES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames and reader.fieldnames[0] == column:
                return list(reader)
    raise LookupError(f"no seed in {DICTIONARIES} has {column} as its first column: name the seed's key column so")


@pytest.fixture(scope="module")
def labels() -> list[dict[str, str]]:
    with (GOLD / "labels.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made_up() -> list[dict[str, object]]:
    return [json.loads(line) for line in (GOLD / "made_up.jsonl").read_text(encoding="utf-8").splitlines()]


def test_registration_stands_once_and_rows_are_sorted(labels: list[dict[str, str]]) -> None:
    keys = [(row["source"], row["registration_id"]) for row in labels]
    assert keys == sorted(keys)
    repeated = [key for key, count in Counter(row["registration_id"] for row in labels).items() if count > 1]
    assert repeated == []


def test_split_follows_from_the_id(labels: list[dict[str, str]]) -> None:
    """A registration is in the half that its id decides, unless it was drawn for the holdout."""
    halves = [row for row in labels if row["split"] != "holdout"]
    assert [row["registration_id"] for row in halves if row["split"] != split_of(row["registration_id"])] == []


def test_both_halves_are_about_as_large(labels: list[dict[str, str]]) -> None:
    splits = Counter(row["split"] for row in labels)
    assert 0.4 < splits["test"] / (splits["tune"] + splits["test"]) < 0.6


def test_holdout_is_complete_and_real(labels: list[dict[str, str]]) -> None:
    """All that was drawn is there: a row that went missing, or a made-up one, would flatter the figures."""
    sources = Counter(row["source"] for row in labels if row["split"] == "holdout")
    assert sources == {"registries": 175, "texts": 24}


def test_holdout_holds_every_verdict(labels: list[dict[str, str]]) -> None:
    holdout = [row for row in labels if row["split"] == "holdout"]
    assert sum(row["is_cell_therapy"] == "true" for row in holdout) == 165
    assert sum(row["exclusion_reason"] in HARD_REASONS for row in holdout) == 16
    assert sum(row["exclusion_reason"] in PLAIN_REASONS for row in holdout) == 18


@pytest.mark.parametrize(("column", "seed_column"), LABEL_COLUMNS.items())
def test_labels_are_in_the_dictionary(labels: list[dict[str, str]], column: str, seed_column: str) -> None:
    allowed = {row[seed_column] for row in seed_rows(seed_column)}
    unknown = {
        (row["registration_id"], label) for row in labels for label in labels_in(row[column]) if label not in allowed
    }
    assert unknown == set()


@pytest.mark.parametrize(("column", "allowed"), CLOSED_VALUES.items())
def test_closed_values(labels: list[dict[str, str]], column: str, allowed: set[str]) -> None:
    assert {(row["registration_id"], row[column]) for row in labels if row[column] not in allowed} == set()


def test_negatives_carry_a_reason_and_no_label(labels: list[dict[str, str]]) -> None:
    for row in labels:
        if row["is_cell_therapy"] == "false":
            assert row["exclusion_reason"] in HARD_REASONS | PLAIN_REASONS, row
            assert not any(row[column] for column in LABELS_OF_CELL_THERAPY), row


def test_cell_therapies_carry_every_label(labels: list[dict[str, str]]) -> None:
    for row in labels:
        if row["is_cell_therapy"] == "true":
            # a text without sponsor and phase has none to label
            judged = row["source"] != "texts"
            assert bool(row["phase"]) == bool(row["lead_is_company"]) == judged, row
            for column in ("cell_class", "cell_types", "indication_groups", "cell_source", "donor", "study_kind"):
                assert row[column], row
            assert row["is_in_vivo"] and not row["exclusion_reason"], row
            for column in ("cell_types", "targets", "indication_groups"):
                assert len(set(labels_in(row[column]))) == len(labels_in(row[column])), row


def test_class_is_that_of_the_primary_type(labels: list[dict[str, str]]) -> None:
    class_of = {row["cell_type"]: row["cell_class"] for row in seed_rows("cell_type")}
    wrong = [
        row["registration_id"]
        for row in labels
        if row["cell_types"] and row["cell_class"] != class_of[labels_in(row["cell_types"])[0]]
    ]
    assert wrong == []


def test_targets_belong_to_types_that_have_an_antigen(labels: list[dict[str, str]]) -> None:
    antigen_of = {row["cell_type"]: row["antigen"] for row in seed_rows("cell_type")}
    for row in labels:
        antigens = {antigen_of[cell_type] for cell_type in labels_in(row["cell_types"])}
        if "required" in antigens:
            assert row["targets"], row
        elif antigens == {"none"}:
            assert not row["targets"], row


def test_in_vivo_products_are_receptor_products(labels: list[dict[str, str]]) -> None:
    receptor_types = {row["cell_type"] for row in seed_rows("cell_type") if row["antigen"] == "required"}
    assert all(set(labels_in(row["cell_types"])) & receptor_types for row in labels if row["is_in_vivo"] == "true")


def test_there_are_enough_rows_of_each_kind(labels: list[dict[str, str]]) -> None:
    sources = Counter(row["source"] for row in labels)
    assert sources["registries"] >= 400
    assert sources["texts"] >= 100
    assert sum(row["exclusion_reason"] in HARD_REASONS for row in labels) >= 100
    assert sum(row["language"] == "zh" for row in labels) >= 40


def test_made_up_registrations_are_marked_and_labelled(
    labels: list[dict[str, str]], made_up: list[dict[str, object]]
) -> None:
    ids = [str(record["registration_id"]) for record in made_up]
    assert sorted(ids) == [row["registration_id"] for row in labels if row["source"] == "made_up"]
    assert all(re.fullmatch(r"MADEUP\d{4}", registration_id) for registration_id in ids)
    assert all(record["made_up"] is True for record in made_up)


def test_notes_stay_notes(labels: list[dict[str, str]]) -> None:
    """Registry text stays out of the project: a note is a few words of our own."""
    assert [row["registration_id"] for row in labels if len(row["note"]) > 120] == []


def ids_in(folder: Path) -> Iterator[str]:
    """Yield what looks like a registration id in every file below a folder."""
    pattern = re.compile(r"NCT\d{8}|ChiCTR[-A-Z]*\d{8,10}|CTR20\d{6}|\b[A-Z]{3,}[\w/-]*\d{5,}[\w/-]*")
    for path in sorted(folder.rglob("*.*")):
        yield path.stem
        yield from pattern.findall(path.read_text(encoding="utf-8", errors="replace"))


@pytest.mark.real
def test_labelled_registrations_exist(labels: list[dict[str, str]], real_registries: Path, real_texts: Path) -> None:
    for source, folder in (("registries", real_registries), ("texts", real_texts)):
        known = set(ids_in(folder))
        missing = [r["registration_id"] for r in labels if r["source"] == source and r["registration_id"] not in known]
        assert missing == []
