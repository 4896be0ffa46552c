"""The statistics of the exhibits, against numbers that are known."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analyses.statistics import (
    compare_ranks,
    distribution_tests,
    enrollment_comparisons,
    holm,
    independence_test,
    written_p,
)


def test_ranks_shift_and_effect_of_separated_samples() -> None:
    found = compare_ranks(np.array([1.0, 2.0, 3.0, 4.0]), np.array([11.0, 12.0, 13.0, 14.0]))

    assert found is not None
    assert found.shift == 10
    assert found.rank_biserial == 1
    assert found.p_value == pytest.approx(2 / 70)  # the most extreme of the 70 ways to choose four of eight, both sides


def test_ranks_with_ties_are_those_of_scipy_and_the_shift_is_the_median_difference() -> None:
    first, second = np.array([10.0, 20, 20, 30, 40, 40]), np.array([20.0, 40, 40, 50, 60])
    found = compare_ranks(first, second)

    assert found is not None
    expected = stats.mannwhitneyu(first, second, alternative="two-sided")
    assert (found.statistic, found.p_value) == (expected.statistic, expected.pvalue)
    assert found.shift == np.median([y - x for x in first for y in second])
    assert found.shift_low <= found.shift <= found.shift_high
    wins = np.mean([(y > x) - float(y < x) for x in first for y in second])
    assert found.rank_biserial == pytest.approx(wins)


def test_the_interval_of_the_shift_covers_it_about_as_often_as_it_says() -> None:
    dice = np.random.default_rng(5)
    covered = 0
    for _ in range(300):
        found = compare_ranks(dice.normal(0, 1, 25), dice.normal(1, 1, 20))
        assert found is not None
        covered += found.shift_low <= 1 <= found.shift_high

    assert 0.91 <= covered / 300 <= 0.99


def test_an_empty_side_is_not_compared() -> None:
    assert compare_ranks(np.array([]), np.array([1.0])) is None


def test_a_side_of_one_trial_has_no_interval_of_the_effect() -> None:
    found = compare_ranks(np.array([3.0]), np.array([1.0, 2.0]))

    assert found is not None
    assert np.isnan(found.rank_biserial_low)


def test_large_counts_take_chi_square_and_small_ones_fisher() -> None:
    large = independence_test(pd.DataFrame([[60, 40], [30, 70]]))
    small = independence_test(pd.DataFrame([[3, 1], [1, 3]]))

    assert large is not None
    assert large.test == "chi-square"
    assert large.statistic == pytest.approx(200 * (60 * 70 - 40 * 30) ** 2 / (100 * 100 * 90 * 110))
    assert small is not None
    assert small.test == "Fisher exact"
    assert small.p_value == pytest.approx(34 / 70)  # Fisher's tea


def test_a_larger_table_of_small_counts_gives_the_same_p_twice() -> None:
    table = pd.DataFrame([[3, 1, 0], [1, 3, 2], [0, 1, 4]])

    first, second = independence_test(table), independence_test(table)
    assert first is not None
    assert first.test == "Fisher exact (random tables)"
    assert first == second


def test_one_column_cannot_be_tested() -> None:
    assert independence_test(pd.DataFrame({"IIT": [5, 7], "IST": [0, 0]})) is None


def test_holm_multiplies_the_smallest_by_the_number_of_tests() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([]) == []


def test_trials_without_a_planned_number_are_counted_as_missing() -> None:
    trials = pd.DataFrame(
        {
            "cell_class": ["immune_cell"] * 5,
            "sponsor_type": ["IIT", "IIT", "IIT", "IST", "IST"],
            "target_enrollment": pd.array([10, 20, None, 30, None], dtype="Int64"),
        }
    )
    row = enrollment_comparisons(trials).iloc[0]

    assert (row["n_iit"], row["n_missing_iit"], row["n_ist"], row["n_missing_ist"]) == (2, 1, 1, 1)
    assert (row["median_iit"], row["median_ist"]) == (15, 30)


def test_the_tests_of_a_table_are_adjusted_together() -> None:
    rows = pd.DataFrame(
        [
            (dimension, label, kind, count)
            for dimension in ("phase", "cell_type")
            for label, iit, ist in (("a", 60, 30), ("b", 40, 70))
            for kind, count in (("IIT", iit), ("IST", ist))
        ],
        columns=["dimension", "label", "sponsor_type", "n_trials"],
    )
    tests = distribution_tests(rows)

    assert (tests["p_value_holm"] >= tests["p_value"]).all()
    assert tests["p_value_holm"].iloc[0] == pytest.approx(2 * tests["p_value"].iloc[0])


@pytest.mark.parametrize(
    ("p_value", "text"), [(0.0004, "P<0.001"), (0.013, "P=0.013"), (0.0995, "P=0.100"), (0.4, "P=0.40")]
)
def test_p_values_are_written_as_journals_do(p_value: float, text: str) -> None:
    assert written_p(p_value) == text
