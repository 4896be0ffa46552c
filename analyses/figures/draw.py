"""Which function draws which exhibit."""

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from analyses.figures import beyond, paper
from analyses.figures.style import Drawing, Imprint

_DRAWN_FROM_ROWS: Final[Mapping[str, Callable[[pd.DataFrame, Imprint], Drawing]]] = {
    "fig_1_approved_products_by_year": paper.approved_products_by_year,
    "fig_2a_cell_type_by_phase": paper.cell_type_by_phase,
    "fig_2b_targets": paper.targets,
    "fig_2c_sponsor_type_by_period": paper.sponsor_type_by_period,
    "fig_2d_indications_and_targets": paper.indications_and_targets,
    "fig_2e_target_enrollment": paper.target_enrollment,
    "efig_1_inclusion_flow": paper.inclusion_flow,
    "efig_3_trials_per_year_by_class": paper.trials_per_year_by_class,
    "efig_4_trials_per_year_by_cell_type": paper.trials_per_year_by_cell_type,
    "efig_5_trials_per_year_by_target": paper.trials_per_year_by_target,
    "efig_6_trials_per_year_by_indication": paper.trials_per_year_by_indication,
    "efig_7_targets_by_cell_type_oncology": paper.targets_by_cell_type,
    "efig_8_targets_by_cell_type_other_disease": paper.targets_by_cell_type,
    "etable_3_cell_type_by_phase": paper.cell_types_and_phases,
    "etable_4_cell_type_by_indication": paper.cell_types_and_indications,
    "etable_5_target_by_sponsor_type": paper.targets_by_sponsor_type,
    "etables_6_to_8_sponsor_type_distributions": paper.sponsor_type_distributions,
    "paper_comparison": beyond.paper_comparison,
    "more_01_sponsor_rules": beyond.sponsor_rules,
    "more_02_sponsor_rule_agreement": beyond.sponsor_rule_agreement,
    "more_03_target_concentration": beyond.target_concentration,
    "more_04_target_first_movers": beyond.target_first_movers,
    "more_05_sponsors_per_target_and_indication": beyond.sponsors_per_pair,
    "more_06_unmet_need": beyond.unmet_need,
    "more_07_from_iit_to_ist": beyond.from_iit_to_ist,
    "more_08_registration_timeliness": beyond.registration_timeliness,
    "more_09_registration_staleness": beyond.registration_staleness,
    "more_10_status_flow": beyond.status_flow,
    "more_11_provinces_and_cities": beyond.provinces_and_cities,
    "more_12_target_by_disease": beyond.target_by_disease,
    "more_13_target_emergence": beyond.target_emergence,
    "more_14_portfolio": beyond.portfolio,
    "more_15_target_momentum": beyond.target_momentum,
    "more_16_changes_between_cuts": beyond.changes_between_cuts,
}


def draw(
    analysis: str, rows: pd.DataFrame, imprint: Imprint, study_end: pd.Timestamp, published_products: dict[str, float]
) -> Drawing:
    """Draw an analysis from its rows.

    `study_end` and `published_products` (count of the paper by agency) are marked in the two exhibits of approved
    products.

    Raises:
        KeyError: the analysis has no figure.
    """
    if analysis == "efig_2_approved_products_by_agency":
        return paper.approved_products_by_agency(rows, imprint, published_products)
    if analysis == "etable_2_approved_products":
        return paper.approval_spans(rows, imprint, study_end)
    return _DRAWN_FROM_ROWS[analysis](rows, imprint)
