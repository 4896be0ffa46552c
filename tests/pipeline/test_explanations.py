"""Explanations of the published sample: ids in every spelling, each compared pair in words, and what is not there."""

import csv
import json
import shlex
import shutil
from dataclasses import asdict
from pathlib import Path

import duckdb
import pytest
from landscape_runs import ROOT, Landscape, run_landscape

from dbt_project.linkage.explain import Link, UnknownIdError, explain

RULES = {
    row["rule"]: row
    for row in csv.DictReader((ROOT / "seeds" / "linkage" / "link_rules.csv").open(encoding="utf-8", newline=""))
}


@pytest.mark.parametrize(
    ("asked", "registration_id", "trial_id"),
    [
        ("NCT99004008", "NCT99004008", "NCT99004008"),
        (" nct 99004008 ", "NCT99004008", "NCT99004008"),
        ("ＮＣＴ９９００４００８", "NCT99004008", "NCT99004008"),
        ("https://clinicaltrials.gov/study/NCT99004008?tab=history", "NCT99004008", "NCT99004008"),
        ("chictr–2200994008", "ChiCTR2200994008", "NCT99004008"),
        # The new form of an old number, which the file holds as ChiCTR-OIC-17990005.
        ("ChiCTR1700990005", "ChiCTR-OIC-17990005", "NCT99004005"),
    ],
)
def test_an_id_is_found_in_any_spelling(
    asked: str, registration_id: str, trial_id: str, sample_publication: Path
) -> None:
    explanation = explain(sample_publication, asked)
    assert (explanation.registration_id, explanation.trial_id) == (registration_id, trial_id)


@pytest.mark.parametrize("asked", ["NCT9900400", "NCT00000000", "ChiCTR", "", "'; drop table x; --", "[bold]"])
def test_what_is_not_there_leaves_with_2_and_the_way_out(asked: str, sample_landscape: Landscape) -> None:
    with pytest.raises(UnknownIdError, match="landscape status"):
        explain(sample_landscape.database, asked)
    if asked == "[bold]":
        result = run_landscape(sample_landscape.home, "explain", asked, check=False)
        assert (result.returncode, result.stdout) == (2, "")
        assert "[bold] is none of the" in result.stderr


def _pairs(database: Path) -> list[tuple[str, str, str, str]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(
            "select registration_id_a, registration_id_b, decision, comparison from marts.fct_registration_link"
        ).fetchall()


def _assert_readable(link: Link, comparison: str) -> None:
    """No rule id and no number without words; each part of the comparison in one place, the strongest first."""
    rule = RULES[link.rule]
    weighed = [*link.speaks_for, *link.speaks_against, *link.also]
    assert "_" not in link.why and not link.why.startswith("0."), link
    if rule["kind"] == "probabilistic":
        assert "the odds that they are one trial are" in link.why
    else:
        assert link.why in comparison, link
        assert "{" not in link.why, link
    assert sorted("; ".join(weighed).split("; ")) == sorted(
        filter(None, comparison.replace(link.why, "").split("; "))
    ) or (not weighed and comparison == link.why), link


def test_every_pair_of_the_sample_is_explained_in_words(sample_publication: Path) -> None:
    pairs = _pairs(sample_publication)
    assert {decision for _, _, decision, _ in pairs} == {"same", "review", "different"}
    for first in {pair[0] for pair in pairs}:
        explanation = explain(sample_publication, first)
        links = {(link.registration_id_a, link.registration_id_b): link for link in explanation.links}
        cards = {card.registration_id for card in (*explanation.registrations, *explanation.compared)}
        for a, b, decision, comparison in pairs:
            if a == first:
                assert links[a, b].decision == decision
                assert {a, b} <= cards, "both sides are shown"
                _assert_readable(links[a, b], comparison)


@pytest.mark.real
def test_a_european_number_is_found_without_the_country_that_ictrp_adds(real_landscape: Landscape) -> None:
    assert explain(real_landscape.database, "2020-001505-22").registration_id == "EUCTR2020-001505-22-ES"


@pytest.mark.real
def test_every_merge_of_the_real_files_can_be_compared_by_eye(real_landscape: Landscape) -> None:
    merges = [pair for pair in _pairs(real_landscape.database) if pair[2] == "same"]
    assert merges
    for a, b, _, comparison in merges:
        explanation = explain(real_landscape.database, a)
        link = next(link for link in explanation.links if (link.registration_id_a, link.registration_id_b) == (a, b))
        _assert_readable(link, comparison)
        assert link.speaks_for, link
        for card in explanation.registrations:
            assert card.public_title and card.source_register and card.lead_sponsor and card.start_date, card


def test_a_merged_trial_shows_its_registrations_the_one_that_gives_the_id_first(sample_publication: Path) -> None:
    cards = explain(sample_publication, "ISRCTN99004008").registrations
    assert [card.registration_id for card in cards] == ["NCT99004008", "ChiCTR2200994008", "ISRCTN99004008"]
    assert [card.is_primary for card in cards] == [True, False, False]
    for card in cards:
        assert card.public_title and card.lead_sponsor and card.start_date and card.url, card
        assert card.target_enrollment == 30


def test_what_a_difference_weighs_decides_on_which_side_it_stands(sample_publication: Path) -> None:
    explanation = explain(sample_publication, "NCT99004021")
    link = next(link for link in explanation.links if link.rule == "shared_protocol_code")
    assert link.why == "both give the protocol code SLC303-101 (org study id)"
    assert "titles in two languages agree in most terms" in link.speaks_for
    near = next(link for link in explain(sample_publication, "NCT99004106").links if link.rule == "near_duplicate")
    assert list(near.speaks_against) == ["one is withdrawn and the other is not"]
    assert shlex.split(near.override("same"))[:7] == [
        "landscape", "override", "link", "NCT99004106", "NCT99004107", "--decision", "same",
    ]  # fmt: skip


def test_a_registration_that_was_screened_out_is_explained_with_its_words(sample_landscape: Landscape) -> None:
    with duckdb.connect(str(sample_landscape.database), read_only=True) as connection:
        row = connection.execute(
            "select registration_id, matched_text from marts.fct_registration_screening "
            "where reason = 'cells_only_measured' and matched_text is not null order by 1"
        ).fetchone()
    assert row
    shown = run_landscape(sample_landscape.home, "explain", row[0].lower()).stdout
    assert "Not in the landscape: the cells are only measured or mentioned." in shown
    assert f"“{row[1]}” in" in shown
    assert f"landscape override label {row[0]} --facet is_cell_therapy --label true" in shown


def test_a_label_that_nobody_could_name_brings_its_question(sample_publication: Path) -> None:
    with duckdb.connect(str(sample_publication), read_only=True) as connection:
        row = connection.execute(
            "select registration_id, question from marts.mart_review_queue where kind = 'target' order by place"
        ).fetchone()
    assert row
    questions = explain(sample_publication, row[0]).questions
    assert row[1] in [question.question for question in questions]
    commands = [shlex.split(question.command) for question in questions if question.command]
    assert ["landscape", "override", "label", row[0], "--facet", "target"] in [command[:6] for command in commands]


def test_labels_say_the_one_that_is_counted_first(sample_publication: Path) -> None:
    explanation = explain(sample_publication, "NCT99004004")
    labels = [label.label for label in explanation.labels if label.facet == "sponsor type"]
    assert len(labels) == 4
    assert labels[0].endswith("by rule regulatory"), "the default of the variable sponsor_rule"


def test_a_retired_id_leads_to_the_trial_that_has_its_registration(sample_publication: Path, tmp_path: Path) -> None:
    database = tmp_path / "landscape.duckdb"
    shutil.copy(sample_publication, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "insert into marts.bridge_trial_id_history values ('ChiCTR2200994008', 'NCT99004008', now(), 'merged')"
        )
    assert explain(database, "ChiCTR2200994008").retired_from == "ChiCTR2200994008"
    assert explain(database, "NCT99004008").retired_from is None


def test_json_holds_all_of_it(sample_landscape: Landscape) -> None:
    shown = run_landscape(sample_landscape.home, "explain", "NCT99004008", "--json").stdout
    assert json.loads(shown) == asdict(explain(sample_landscape.database, "NCT99004008"))


def test_into_a_pipe_there_is_no_colour_and_no_lost_word(sample_landscape: Landscape) -> None:
    shown = run_landscape(sample_landscape.home, "explain", "NCT99004004").stdout
    assert "\x1b" not in shown
    assert "SAMPLE" in shown
    for part in ("CTR20209914", "ChiCTR2000994004", "one trial", "“BCMA”", "If something is wrong"):
        assert part in shown
