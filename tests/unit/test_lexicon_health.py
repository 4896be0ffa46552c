"""Rules that stay healthy: closed labels, no contradiction, no rule that another one hides, none that adds nothing."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from dbt_project.lexicon_health import (
    Found,
    Rule,
    check,
    contradictory_rules,
    dead_rules,
    idle_rules,
    read_examples,
    read_kept,
    read_rules,
    wordings,
)

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


def test_every_rule_finds_its_own_wording_and_adds_something(tmp_path: Path) -> None:
    """Asks the models themselves; the messages say which rule to mend, to move to another label or to take out."""
    problems = check(tmp_path, read_examples(), read_kept())
    assert not problems, "\n".join(f"{problem.kind} {problem.rule_id}: {problem.message}" for problem in problems)


def test_examples_and_waivers_are_of_rules_that_exist() -> None:
    rules = {rule.rule_id: rule for rule in read_rules()}
    examples, kept = read_examples(), read_kept()
    assert not set(examples) - set(rules)
    assert not set(kept) - set(rules)
    assert not [rule_id for rule_id in examples if rules[rule_id].match_kind not in EXPRESSIONS], "a term needs none"
    assert not [rule_id for rule_id, reason in kept.items() if not reason.strip()], "say why the rule stays"


def rule(rule_id: str, label: str, term: str, lexicon: str = "target", **others: str) -> Rule:
    kind = others.get("match_kind", "gene")
    return Rule(rule_id, lexicon, label, term, "en", kind, others.get("original_pattern", ""))


def read(rule_id: str, label: str, strength: str = "antigen", ends_before: int = 5) -> Found:
    return Found(rule_id, label, strength, 1, ends_before)


def test_a_term_with_loose_separators_has_all_its_spellings() -> None:
    assert wordings(rule("a", "CD19", "cd~19")) == ("cd-19", "cd19", "cd 19")


def test_a_condition_on_capitals_is_met_by_some_wording() -> None:
    texts = wordings(rule("a", "BRL-301", "tyu~19", original_pattern="^TyU-?19$"))
    assert any(re.search("^TyU-?19$", text) for text in texts)


def test_an_expression_is_asked_for_by_its_example_alone() -> None:
    expression = rule("a", "other", r"cd\d{2,3}", match_kind="loose")
    assert wordings(expression) == ()
    assert wordings(expression, "CD302") == ("CD302",)


def test_a_rule_that_a_longer_term_hides_is_dead() -> None:
    asked = [(rule("short", "CD7", "cd7"), "cd7"), (rule("long", "CD79A", "cd79a"), "cd79a")]
    (problem,) = dead_rules(asked, [{read("long", "CD79A")}, {read("long", "CD79A")}])
    assert (problem.rule_id, "long" in problem.message) == ("short", True)


def test_a_rule_is_alive_when_one_of_its_wordings_finds_it() -> None:
    cd7 = rule("a", "CD7", "cd~7")
    assert not dead_rules([(cd7, "cd-7"), (cd7, "cd7")], [set(), {read("a", "CD7")}])


@pytest.mark.parametrize(
    ("lexicon", "labels", "is_contradictory"),
    [
        ("target", ("CD19", "CD22"), False),  # "CD19/22" names both
        ("target", ("CD52", "other"), True),
        ("indication", ("infection", "respiratory"), True),
        ("attribute", ("donor=autologous", "cell_source=adipose"), False),
        ("attribute", ("donor=autologous", "donor=allogeneic"), True),
    ],
)
def test_labels_of_one_wording_contradict_each_other_or_do_not(
    lexicon: str, labels: tuple[str, str], is_contradictory: bool
) -> None:
    asked = [(rule("a", labels[0], "x", lexicon), "x")]
    found = [{read("a", labels[0]), read("b", labels[1])}]
    assert bool(contradictory_rules(asked, found)) is is_contradictory


def test_a_priority_settles_a_contradiction() -> None:
    asked = [(rule("a", "CAR-T", "car19 t cells", "cell_type"), "car19 t cells")]
    found = [{read("a", "CAR-T"), read("b", "other_immune")}]
    assert contradictory_rules(asked, found)
    assert not contradictory_rules(asked, found, {("CAR-T", "other_immune")})


def test_a_rule_that_is_never_seen_is_idle_where_others_read_the_same() -> None:
    asked = [(rule("long", "MSC", "placental msc", "cell_type"), "placental msc")]
    by_all, by_seen = [{read("long", "MSC")}], [{read("msc", "MSC")}]
    assert [problem.rule_id for problem in idle_rules(asked, by_all, by_seen, {"long"})] == ["long"]
    assert not idle_rules(asked, by_all, by_seen, set()), "it is seen"
    assert not idle_rules(asked, by_all, [set()], {"long"}), "it alone reads its wording"
    assert not idle_rules(asked, by_all, [{read("msc", "MSC", "weak")}], {"long"}), "it says more"
