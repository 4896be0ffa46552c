"""The product dictionary is closed, unambiguous and free of names that are ordinary words or other drugs."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
HAN = re.compile(r"[\u4e00-\u9fff]")
MATCH_KINDS = {"en": {"exact"}, "zh": {"cjk"}}
SHORTEST_NAME = {"en": 4, "zh": 3}

# Words that registries use in other senses: a brand that is also a word needs something beside it.
ORDINARY_WORDS = {
    "anchor", "armor", "aurora", "cells", "china", "compass", "contego", "elpis", "genesis", "habit", "hank",
    "hope", "horizon", "joint", "legend", "mission", "natural", "novel", "orca", "origin", "phoenix", "pivot",
    "rejoin", "resolve", "revive", "shield", "stem", "trace", "universal", "vision",
}  # fmt: skip

# Codes that also name a small molecule, an antibody or a marker: a text with one of them need not be about cells.
CODES_OF_OTHER_DRUGS = {
    "kd025": "belumosudil",
    "ct011": "pidilizumab",
    "imc001": "an anti-PD-L1 antibody",
    "imc002": "an anti-CD47 antibody",
    "mb102": "relmapirazin",
    "um171": "the small molecule that expands the cells",
    "js001": "toripalimab",
    "azd5492": "a bispecific antibody",
    "ima401": "a bispecific T-cell engager",
    "ima402": "a bispecific T-cell engager",
}


@cache
def rows(path: str) -> list[dict[str, str]]:
    """The rows of a seed, given as its path below `seeds/`."""
    with (SEEDS / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def labels(path: str, column: str) -> set[str]:
    """One column of a dictionary seed as a set."""
    return {row[column] for row in rows(path)}


def without_separators(term: str) -> str:
    """What two spellings of a name share: the term as the lexicon compares it."""
    return re.sub("[ ~-]", "", term)


def repeated(values: list[str]) -> list[str]:
    """The values that stand more than once."""
    return sorted(value for value, count in Counter(values).items() if count > 1)


@pytest.mark.parametrize(
    ("path", "column"),
    [
        ("lexicon/products.csv", "product_id"),
        ("lexicon/product_labels.csv", "rule_id"),
        ("lexicon/product_terms.csv", "rule_id"),
    ],
)
def test_ids_are_unique(path: str, column: str) -> None:
    assert repeated([row[column] for row in rows(path)]) == []


def test_every_product_has_a_name_and_a_cell_type() -> None:
    products = labels("lexicon/products.csv", "product_id")
    typed = {row["product_id"] for row in rows("lexicon/product_labels.csv") if row["facet"] == "cell_type"}
    assert labels("lexicon/product_terms.csv", "label") == products
    assert typed == products
    assert labels("lexicon/product_labels.csv", "product_id") == products


def test_labels_are_in_the_closed_lists() -> None:
    allowed = {
        "cell_type": labels("dictionaries/cell_types.csv", "cell_type"),
        "target": labels("dictionaries/targets.csv", "target") - {"not_stated"},
    }
    wrong = [row["rule_id"] for row in rows("lexicon/product_labels.csv") if row["label"] not in allowed[row["facet"]]]
    assert wrong == []
    assert labels("lexicon/products.csv", "donor") <= labels("dictionaries/donors.csv", "donor")
    sources = labels("dictionaries/cell_sources.csv", "cell_source") | {""}
    assert labels("lexicon/products.csv", "cell_source") <= sources
    assert labels("lexicon/products.csv", "is_in_vivo") <= {"true", "false"}


def test_only_cells_that_can_have_an_antigen_have_a_target() -> None:
    antigen = {row["cell_type"]: row["antigen"] for row in rows("dictionaries/cell_types.csv")}
    types: dict[str, list[str]] = {}
    for row in rows("lexicon/product_labels.csv"):
        if row["facet"] == "cell_type":
            types.setdefault(row["product_id"], []).append(row["label"])
    targeted = {row["product_id"] for row in rows("lexicon/product_labels.csv") if row["facet"] == "target"}
    assert [p for p in sorted(targeted) if all(antigen[t] == "none" for t in types[p])] == []


def test_label_positions_count_from_one() -> None:
    positions: dict[tuple[str, str], list[int]] = {}
    for row in rows("lexicon/product_labels.csv"):
        positions.setdefault((row["product_id"], row["facet"]), []).append(int(row["position"]))
    assert [key for key, found in positions.items() if found != list(range(1, len(found) + 1))] == []


def test_a_name_belongs_to_one_product() -> None:
    owners: dict[str, set[str]] = {}
    for row in rows("lexicon/product_terms.csv"):
        owners.setdefault(without_separators(row["term"]), set()).add(row["label"])
    assert {term: products for term, products in owners.items() if len(products) > 1} == {}
    assert repeated([without_separators(row["term"]) for row in rows("lexicon/product_terms.csv")]) == []


def test_names_are_long_enough_and_matched_exactly() -> None:
    wrong = []
    for row in rows("lexicon/product_terms.csv"):
        language = "zh" if HAN.search(row["term"]) else "en"
        fits = (
            row["language"] == language
            and row["match_kind"] in MATCH_KINDS[language]
            and row["term"] == row["term"].lower()
            and len(without_separators(row["term"])) >= SHORTEST_NAME[language]
        )
        if not fits:
            wrong.append(row["rule_id"])
    assert wrong == []


def test_names_begin_and_end_with_a_letter_or_digit() -> None:
    # "stands alone" is a word boundary on both sides, which no other character has
    terms = [row["term"] for row in rows("lexicon/product_terms.csv") if row["match_kind"] == "exact"]
    assert [term for term in terms if not re.fullmatch(r"[a-z0-9](?:.*[a-z0-9])?", term)] == []


def test_no_name_is_an_ordinary_word_or_the_code_of_another_drug() -> None:
    names = {
        without_separators(row["term"])
        for row in rows("lexicon/product_terms.csv")
        if not row["original_pattern"]  # read in one spelling only, as haNK, or IMC002 without the hyphen
    }
    assert sorted(names & ORDINARY_WORDS) == []
    assert sorted(names & CODES_OF_OTHER_DRUGS.keys()) == []


def test_short_codes_with_digits_are_read_in_one_spelling() -> None:
    """A code such as IM19 is also "im 19" in a sentence on injections: it counts in capitals and without a space."""
    listed_before = {"auto~1", "ln~144"}
    loose = [
        row["rule_id"]
        for row in rows("lexicon/product_terms.csv")
        if row["match_kind"] == "exact"
        and re.search(r"\d", row["term"])
        and " " not in row["term"]
        and len(without_separators(row["term"])) <= 4
        and not row["original_pattern"]
        and row["term"] not in listed_before
    ]
    assert loose == []
    for row in rows("lexicon/product_terms.csv"):
        if row["original_pattern"]:
            assert re.compile(row["original_pattern"]).search(" ") is None, row["rule_id"]
