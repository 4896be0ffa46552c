"""Rules are rows: no label of a dictionary stands in a classification model, and what a model names has its row."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
CLASSIFY = ROOT / "models" / "intermediate" / "classify"
UNIFY = ROOT / "models" / "intermediate" / "unify"
DICTIONARIES = {
    "cell_classes": "cell_class",
    "cell_types": "cell_type",
    "cell_sources": "cell_source",
    "donors": "donor",
    "indication_groups": "indication_group",
    "phases": "phase",
    "screening_reasons": "reason",
    "sponsor_types": "sponsor_type",
    "study_kinds": "study_kind",
    "targets": "target",
}
LEXICONS = ("attribute", "cell_type", "indication", "organisation", "product", "screening", "target")
# Characters of terms in one alternation; measured in November 2026 with RE2's 8 MB.
LONGEST_PART = 26_000
LONGEST_CHINESE_PART = 4_000
# Words that are a label in one place and something else in these models.
OTHER_MEANINGS = {
    "product": "facet, lexicon and strength of what a listed product says; also a reason of the screen",
    "not_stated": "registration_date_basis of int_registrations; also a label of donor, cell source and target",
}


def rows(path: str) -> list[dict[str, str]]:
    """The rows of a seed below seeds/."""
    with (SEEDS / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def literals(model: Path) -> set[str]:
    """The strings in single quotes of a model, without its comments."""
    sql = re.sub(r"--.*|\{#[\s\S]*?#\}", "", model.read_text(encoding="utf-8"))
    return set(re.findall(r"'([^'\n]*)'", sql))


@pytest.mark.parametrize("model", sorted([*CLASSIFY.glob("*.sql"), *UNIFY.glob("*.sql")]), ids=lambda path: path.stem)
def test_no_label_stands_in_a_model(model: Path) -> None:
    labels = {
        row[column]
        for name, column in DICTIONARIES.items()
        for row in rows(f"dictionaries/{name}.csv")
        if not row[column].isdigit()
    }
    found = (literals(model) & labels) - OTHER_MEANINGS.keys()
    assert not found, f"{model.name} names {sorted(found)}; take the label from a seed row"


def test_every_rule_of_the_screen_has_its_reason() -> None:
    sql = (CLASSIFY / "int_registration_screening.sql").read_text(encoding="utf-8")
    case = re.search(r"judged as \(.*?end as rule_of_screen", sql, flags=re.DOTALL)
    assert case, "int_registration_screening no longer names the rule that holds"
    named = set(re.findall(r"then '(\w+)'", case.group()))
    assert named == {row["rule_id"] for row in rows("lexicon/screening_rules.csv")}


def test_every_switch_is_a_variable_of_the_build() -> None:
    variables = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    switches = {row["switch"] for row in rows("lexicon/cell_type_switches.csv")}
    sql = (CLASSIFY / "int_cell_type_scope.sql").read_text(encoding="utf-8")
    assert switches <= variables.keys()
    assert switches == set(re.findall(r"'(include_\w+)'", sql))


def test_every_default_is_a_label_of_its_dictionary() -> None:
    columns = {column: name for name, column in DICTIONARIES.items()} | {"screening": "screening_reasons"}
    for row in rows("dictionaries/label_defaults.csv"):
        name = columns.get(row["facet"])
        if name:
            assert row["label"] in {label[DICTIONARIES[name]] for label in rows(f"dictionaries/{name}.csv")}, row


def lexicon_parts() -> list[tuple[str, str, list[str]]]:
    """Lexicon, part and terms of every alternation, as the macros of set_lexicon_pattern.sql cut them."""
    macro = (ROOT / "dbt_project/macros/lexicon/set_lexicon_pattern.sql").read_text(encoding="utf-8")
    larger = ast.literal_eval(re.search(r"set larger = (\{.*?\n    \}) -%\}", macro, flags=re.DOTALL).group(1))  # type: ignore[union-attr]
    parts = []
    for name in LEXICONS:
        terms: dict[str, list[str]] = {}
        for row in rows(f"lexicon/{name}_terms.csv"):
            kind = row["match_kind"] if row["match_kind"] in {"loose", "regex", "cjk"} else "word"
            terms.setdefault(kind, []).append(row["term"])
        for kind, members in terms.items():
            count = larger.get(name, {}).get(kind, 1)
            size = -(-len(members) // count)
            parts += [
                (name, f"{kind}_{n // size + 1}", sorted(members)[n : n + size]) for n in range(0, len(members), size)
            ]
    return parts


@pytest.mark.parametrize(
    ("name", "part", "terms"), lexicon_parts(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_no_part_of_a_lexicon_outgrows_the_fast_matcher(name: str, part: str, terms: list[str]) -> None:
    """RE2 falls back to a matcher that is ten times slower and more; see set_lexicon_pattern.sql."""
    length = sum(len(term) + 1 for term in terms)
    limit = LONGEST_CHINESE_PART if part.startswith("cjk") else LONGEST_PART
    assert length <= limit, f"{name} {part} has {length} characters: give its kind one part more in lexicon_part_counts"
