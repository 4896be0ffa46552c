"""Analyses run on the published marts as dbt would compile them, and their members are what their numbers count."""

import re
from pathlib import Path

import pytest
import yaml

from analyses.figures.draw import draw
from analyses.figures.style import Imprint, apply
from analyses.published import FOLDER, NotPublishedError, Published, compile_analysis, members_query
from analyses.report.exhibits import plans

ANALYSES = sorted(path.stem for path in FOLDER.glob("*.sql"))


def test_the_exposure_names_every_mart_that_the_exhibits_read() -> None:
    text = (FOLDER.parent / "models" / "marts" / "exhibits" / "_exhibits__exposures.yml").read_text(encoding="utf-8")
    exposed = {
        re.fullmatch(r"ref\('(\w+)'\)", name)[1]
        for exposure in yaml.safe_load(text)["exposures"]
        for name in exposure["depends_on"]
    }
    read = {
        name
        for path in FOLDER.glob("*.sql")
        for name in re.findall(r"ref\('(\w+)'\)", path.read_text(encoding="utf-8"))
    }

    assert read <= exposed


def test_references_and_variables_are_compiled() -> None:
    sql = "select 1 from {{ ref('dim_trial') }} where day <= '{{ var(\"study_window_end\") }}'"

    assert compile_analysis(sql, {"study_window_end": "2024-08-01"}) == (
        "select 1 from marts.dim_trial where day <= '2024-08-01'"
    )


def test_a_macro_of_several_analyses_is_compiled_in_full() -> None:
    sql = compile_analysis("-- One row.\n{{ targets_by_cell_type('is_oncology') }}\n", {})

    assert sql.startswith("-- One row.\nwith trials as (")
    assert "from marts.dim_trial\n    where is_china and in_study_window and is_oncology" in sql
    assert members_query(sql) is not None


def test_a_variable_that_the_build_does_not_record_is_named() -> None:
    with pytest.raises(NotPublishedError, match="no_such_switch"):
        compile_analysis("select '{{ var(\"no_such_switch\") }}'", {})


def test_without_a_publication_the_way_out_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError, match="landscape build"):
        Published.open(tmp_path)


def test_the_rows_behind_the_bars_are_the_members() -> None:
    sql = "with members as (\n    select 1 as trial_id\n)\n\nselect\n    count(*) as n\nfrom members\n"
    one_line = sql.replace("with members", "with other as (select 2),\n\nmembers")

    assert members_query(sql) is None
    assert members_query(one_line) == one_line.split("select\n    count")[0] + "select * from members order by all"


@pytest.mark.parametrize("name", ANALYSES)
def test_every_analysis_runs_on_the_published_marts(published: Published, name: str) -> None:
    rows = published.result(name)

    assert list(rows.columns)
    assert published.analysis(name).startswith("-- ")


def test_every_exhibit_has_an_analysis_and_every_analysis_of_an_exhibit_a_figure(published: Published) -> None:
    apply()
    for plan in plans():
        assert plan.analysis in ANALYSES
        rows = published.result(plan.analysis)
        imprint = Imprint(
            plan.label, plan.title, "ChiCTR 2024-08-02", "b" * 36, is_sample=False, sponsor_rule="regulatory"
        )
        # An exhibit without a single row still draws, and says so.
        drawing = (
            draw(plan.analysis, rows.head(0), imprint, study_end="2024-08-01", published_products={})
            if (
                plan.analysis
                not in {
                    "fig_1_approved_products_by_year",
                    "efig_2_approved_products_by_agency",
                    "etable_2_approved_products",
                }
            )
            else None
        )
        assert drawing is None or drawing.alternative_text.startswith(plan.title)


@pytest.mark.parametrize(
    ("name", "keys", "count"),
    [
        ("fig_2a_cell_type_by_phase", ["cell_type", "phase"], "n_trials"),
        ("fig_2b_targets", ["target"], "n_trials"),
        ("fig_2c_sponsor_type_by_period", ["period", "cell_class", "sponsor_type"], "n_trials"),
        ("efig_1_inclusion_flow", ["registry", "decision", "reason", "scope"], "n_registrations"),
        ("efig_2_approved_products_by_agency", ["agency", "cell_class", "state"], "n_products"),
        ("efig_3_trials_per_year_by_class", ["registration_year", "cell_class"], "n_trials"),
        ("efig_4_trials_per_year_by_cell_type", ["registration_year", "cell_type"], "n_trials"),
        ("efig_5_trials_per_year_by_target", ["registration_year", "target"], "n_trials"),
        ("efig_6_trials_per_year_by_indication", ["registration_year", "indication_group"], "n_trials"),
        ("efig_7_targets_by_cell_type_oncology", ["target", "cell_type"], "n_trials"),
        ("efig_8_targets_by_cell_type_other_disease", ["target", "cell_type"], "n_trials"),
        ("etable_3_cell_type_by_phase", ["cell_type", "phase"], "n_trials"),
        ("etable_4_cell_type_by_indication", ["cell_type", "indication_group"], "n_trials"),
        ("etable_5_target_by_sponsor_type", ["target", "sponsor_type"], "n_trials"),
        (
            "etables_6_to_8_sponsor_type_distributions",
            ["cell_class", "dimension", "label", "sponsor_type"],
            "n_trials",
        ),
        ("more_05_sponsors_per_target_and_indication", ["target", "indication_group"], "n_trials"),
        ("more_08_registration_timeliness", ["registry", "registration_year", "timeliness"], "n_registrations"),
        ("more_10_status_flow", ["cell_class", "sponsor_type", "status"], "n_trials"),
    ],
)
def test_a_bar_counts_its_members(published: Published, name: str, keys: list[str], count: str) -> None:
    rows = published.result(name)
    members = published.members(name)

    assert members is not None
    counted = members.groupby(keys, dropna=False).size()
    shown = rows.set_index(keys)[count]
    assert counted.sort_index().to_list() == shown.sort_index().to_list()


def test_exhibits_add_up_to_the_trials_of_the_landscape(published: Published) -> None:
    trials = published.query("select count(*) as n from marts.dim_trial where is_china and in_study_window")["n"].iloc[
        0
    ]

    assert published.result("fig_2a_cell_type_by_phase")["n_trials"].sum() == trials
    assert published.result("efig_3_trials_per_year_by_class")["n_trials"].sum() == trials
    assert published.result("more_02_sponsor_rule_agreement")["n_trials"].sum() == trials
    flow = published.result("efig_1_inclusion_flow")
    assert flow.loc[flow["scope"] == "in_landscape", "n_registrations"].sum() >= trials


def test_the_effective_number_of_targets_is_the_inverse_of_the_herfindahl_index(published: Published) -> None:
    years = published.query("select * from marts.mart_target_years where scope = 'china'")
    concentration = published.query("select * from marts.mart_target_concentration where scope = 'china'")

    for row in concentration.itertuples():
        counts = years.loc[years["registration_year"] == row.registration_year, "n_trials"]
        index = ((counts / counts.sum()) ** 2).sum()
        assert row.herfindahl_index == pytest.approx(index)
        assert row.effective_targets == pytest.approx(1 / index)


def test_the_sample_is_never_compared_with_the_paper(tmp_path: Path) -> None:
    from made_up_landscape import publish_mock

    with Published.open(publish_mock(tmp_path, n_trials=30, is_sample=True)) as sample:
        assert sample.result("paper_comparison").empty
        assert sample.query("select count(*) as n from marts.mart_paper_comparison_registrations")["n"].iloc[0] == 0


def test_a_reading_counts_what_its_registrations_say(published: Published) -> None:
    comparison = published.result("paper_comparison")
    registrations = published.query("select * from marts.mart_paper_comparison_registrations")

    trials = comparison[comparison["measure"] != "approved_products"]
    for row in trials.itertuples():
        of_reading = registrations[
            (registrations["figure_id"] == row.figure_id) & (registrations["reading_id"] == row.reading_id)
        ]
        assert of_reading["is_counted"].sum() == row.n_counted
        assert of_reading["is_in_denominator"].sum() == row.n_denominator
        assert of_reading["is_at_stake"].sum() == row.n_registrations_at_stake
        if row.is_default:
            assert row.n_registrations_at_stake == 0


def test_transplants_that_state_no_date_are_at_stake_by_the_date_of_their_number(published: Published) -> None:
    rows = published.result("paper_comparison").set_index("reading_id")
    transplants = published.query(
        "select count(*) as n from marts.fct_registration_screening where reason = 'hsct_switch_off'"
    )["n"].iloc[0]

    assert transplants > 0
    assert (rows.loc["trials_transplants_in", "n_registrations_at_stake"] == transplants).all()


def test_what_a_reading_leaves_out_of_the_default_is_listed(published: Published) -> None:
    rows = published.query(
        "select * from marts.mart_paper_comparison_registrations where reading_id = 'phase_folded_stated'"
    )

    left_out = rows[~rows["is_in_denominator"]]
    assert len(left_out) > 0
    assert left_out["is_at_stake"].all()
    assert not left_out["is_counted"].any()


def test_changes_tell_new_registrations_changed_fields_and_other_labels_apart(published: Published) -> None:
    changes = published.result("more_16_changes_between_cuts")

    assert {"new_registration", "status", "phase", "enrollment", "reclassified"} == set(changes["change"])
    moved = changes[changes["change"] == "status"].iloc[0]
    assert (moved.old_value, moved.new_value) == ("Recruiting", "Completed")
    assert (moved.old_label, moved.new_label) == ("recruiting", "completed")
    assert set(changes.loc[changes["change"] == "phase", "new_label"]) == {"phase_1_2"}
    relabelled = changes[changes["change"] == "reclassified"]
    assert set(relabelled["old_value"]) == {"NK; no target"}
    assert len(relabelled) == 2


def test_gallbladder_is_not_bladder(published: Published) -> None:
    sites = published.query("select cancer_site, matched_text from marts.bridge_trial_cancer_site")

    assert "Gallbladder" in set(sites["cancer_site"])
    assert "Bladder" not in set(sites["cancer_site"])
