"""Rules that stay healthy: closed labels, no contradiction, no rule that another one hides."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEXICON = ROOT / "seeds" / "lexicon"
DICTIONARIES = ROOT / "seeds" / "dictionaries"
TERM_SEEDS = (
    "cell_type_terms",
    "target_terms",
    "product_terms",
    "indication_terms",
    "attribute_terms",
    "screening_terms",
    "organisation_terms",
)
#: Lexicons in which one wording may give several labels: "DC-CIK", a suspension of two cells, a pair of antigens.
SEVERAL_LABELS = {"cell_type_terms", "target_terms"}
EXPRESSIONS = {"regex", "loose"}


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def terms(seed: str) -> list[dict[str, str]]:
    return rows(LEXICON / f"{seed}.csv")


def key(term: str) -> str:
    """A term without its separators, as the macro term_key makes it."""
    return re.sub(r"[ ~-]", "", term)


@pytest.mark.parametrize("seed", TERM_SEEDS)
def test_terms_are_normalised_as_the_text_is(seed: str) -> None:
    wrong = [
        row["rule_id"]
        for row in terms(seed)
        if row["match_kind"] not in EXPRESSIONS
        and (row["term"] != row["term"].lower() or row["term"] != row["term"].strip())
    ]
    assert not wrong, f"{seed}: text is matched in lower case, so these can never hit: {wrong[:10]}"


@pytest.mark.parametrize("seed", TERM_SEEDS)
def test_expressions_compile(seed: str) -> None:
    for row in terms(seed):
        if row["match_kind"] in EXPRESSIONS:
            re.compile(row["term"])


@pytest.mark.parametrize("seed", TERM_SEEDS)
def test_a_wording_gives_one_label_unless_several_are_meant(seed: str) -> None:
    labels: dict[str, set[str]] = defaultdict(set)
    for row in terms(seed):
        if row["match_kind"] not in EXPRESSIONS and row["role"] == "include":
            labels[key(row["term"])].add(row["label"])
    several = {term: found for term, found in labels.items() if len(found) > 1}
    if seed in SEVERAL_LABELS:
        several = {term: found for term, found in several.items() if len(found) > 3}
    if seed == "attribute_terms":  # one word may speak for two attributes, not for two values of one
        several = {
            term: found for term, found in several.items() if len({label.split("=")[0] for label in found}) < len(found)
        }
    assert not several, f"{seed}: one wording, several labels: {dict(list(several.items())[:10])}"


@pytest.mark.parametrize("seed", TERM_SEEDS)
def test_no_wording_is_both_read_and_masked(seed: str) -> None:
    masked = {key(row["term"]) for row in terms(seed) if row["role"] == "mask" and not row["original_pattern"]}
    hidden = [row["rule_id"] for row in terms(seed) if row["role"] == "include" and key(row["term"]) in masked]
    assert not hidden, f"{seed}: a mask hides these rows: {hidden[:10]}"


@pytest.mark.parametrize("seed", TERM_SEEDS)
def test_a_plural_beside_its_singular_is_one_row(seed: str) -> None:
    words = {(row["label"], key(row["term"])) for row in terms(seed) if row["match_kind"] == "word"}
    doubled = [term for label, term in words if term.endswith("s") and (label, term[:-1]) in words]
    assert not doubled, f"{seed}: match kind word allows the plural: {doubled[:10]}"


@pytest.mark.parametrize("seed", TERM_SEEDS)
def test_abbreviation_conditions_accept_some_spelling(seed: str) -> None:
    for row in terms(seed):
        if row["original_pattern"]:
            term = row["term"].replace("~", "")
            spellings = (term, term.replace("-", ""), f"{term}s", f"{term[:-1]}s")
            assert any(re.search(row["original_pattern"], spelling, re.IGNORECASE) for spelling in spellings), row[
                "rule_id"
            ]


@pytest.mark.parametrize(
    ("seed", "dictionary", "column", "without_rule"),
    [
        ("cell_type_terms", "cell_types", "cell_type", set()),
        ("target_terms", "targets", "target", {"not_stated", "TSHR autoantibody"}),
        ("indication_terms", "indication_groups", "indication_group", set()),
        ("phase_words", "phases", "phase", {"not_reported"}),
    ],
)
def test_labels_and_dictionary_agree_in_both_directions(
    seed: str, dictionary: str, column: str, without_rule: set[str]
) -> None:
    label = "phase" if seed == "phase_words" else "label"
    used = {row[label] for row in rows(LEXICON / f"{seed}.csv")} - {""}
    closed = {row[column] for row in rows(DICTIONARIES / f"{dictionary}.csv")}
    assert used <= closed, f"{seed}: labels outside the dictionary: {sorted(used - closed)}"
    assert closed - used <= without_rule, f"{dictionary}: labels without a rule: {sorted(closed - used - without_rule)}"


def test_attribute_values_are_in_their_dictionaries() -> None:
    closed = {
        "cell_source": {row["cell_source"] for row in rows(DICTIONARIES / "cell_sources.csv")},
        "donor": {row["donor"] for row in rows(DICTIONARIES / "donors.csv")},
        "study_kind": {row["study_kind"] for row in rows(DICTIONARIES / "study_kinds.csv")},
        "is_in_vivo": {"true", "false"},
        "ind_approval": {"true"},
    }
    for row in terms("attribute_terms"):
        if row["role"] == "mask":
            continue
        attribute, value = row["label"].split("=")
        assert value in closed[attribute], row["rule_id"]


def test_context_words_are_unambiguous() -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for row in rows(LEXICON / "context_terms.csv"):
        place = (row["facet"], row["side"], key(row["term"]) or row["term"])
        assert place not in seen, f"{row['rule_id']} and {seen[place]} are the same words"
        seen[place] = row["rule_id"]


def test_rule_ids_are_unique_over_all_lexicons() -> None:
    seen: dict[str, str] = {}
    for file in sorted(LEXICON.glob("*.csv")):
        for row in rows(file):
            if "rule_id" in row:
                assert row["rule_id"] not in seen, f"{file.name}: {row['rule_id']} is also in {seen[row['rule_id']]}"
                seen[row["rule_id"]] = file.name


def test_character_map_keeps_the_length_of_a_text() -> None:
    for row in rows(LEXICON / "character_map.csv"):
        assert len(chr(int(row["from_codepoint"]))) == len(chr(int(row["to_codepoint"]))) == 1
