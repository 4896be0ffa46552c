"""The hand-made pairs of registrations hold together: closed labels, no pair twice, no contradiction between pairs.

`registration_pairs.csv` measures the linkage, so a slip in it would show up as a false link or a missed one.
"""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

PAIRS = Path(__file__).parent / "registration_pairs.csv"

KINDS_OF_LABEL = {
    "same": {"cross_registration", "alias", "duplicate", "published"},
    "different": {"look_alike", "same_sponsor", "sibling"},
}


@pytest.fixture(scope="module")
def pairs() -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ids_of(pair: dict[str, str]) -> tuple[str, str]:
    """Return the two registration ids of a row."""
    return pair["registration_id_a"], pair["registration_id_b"]


def test_pair_stands_once_and_rows_are_sorted(pairs: list[dict[str, str]]) -> None:
    keys = [ids_of(pair) for pair in pairs]
    assert all(first < second for first, second in keys)
    assert keys == sorted(set(keys))


def test_labels_kinds_and_splits_are_closed(pairs: list[dict[str, str]]) -> None:
    assert {pair["split"] for pair in pairs} == {"tune", "test"}
    assert [pair for pair in pairs if pair["kind"] not in KINDS_OF_LABEL[pair["label"]]] == []


def test_pairs_do_not_contradict_each_other(pairs: list[dict[str, str]]) -> None:
    """What chains of `same` join into one trial is nowhere labelled `different`."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        if pair["label"] == "same":
            first, second = ids_of(pair)
            neighbours[first].add(second)
            neighbours[second].add(first)

    def trial_of(registration_id: str) -> set[str]:
        """Return all registrations that chains of `same` reach."""
        reached, open_ids = {registration_id}, [registration_id]
        while open_ids:
            new = neighbours[open_ids.pop()] - reached
            reached |= new
            open_ids += new
        return reached

    wrong = [ids_of(p) for p in pairs if p["label"] == "different" and ids_of(p)[1] in trial_of(ids_of(p)[0])]
    assert wrong == []


@pytest.mark.real
def test_registrations_of_the_pairs_exist(pairs: list[dict[str, str]], real_registries: Path) -> None:
    files = [path for path in sorted(real_registries.rglob("*.*")) if path.suffix in {".json", ".csv", ".xml", ".html"}]
    text = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)
    wanted = {registration_id for pair in pairs if pair["kind"] != "published" for registration_id in ids_of(pair)}
    assert sorted(registration_id for registration_id in wanted if registration_id not in text) == []
