"""Rank tests of planned enrolment: against worked examples and where there is nothing to compare."""

import pandas as pd
import pytest
from scipy.stats import norm

from dbt_project.statistics import enrollment_tests, rank_test


def test_small_samples_without_ties_get_the_exact_distribution() -> None:
    # Every value of the first sample is below every value of the second: U is 0, and p is 2 / C(6, 3).
    statistic, p_value = rank_test(pd.Series([1.0, 2.0, 3.0]), pd.Series([4.0, 5.0, 6.0])) or (None, None)

    assert statistic == 0
    assert p_value == pytest.approx(0.1)


def test_ties_get_mid_ranks_and_the_variance_that_belongs_to_them() -> None:
    first, second = pd.Series([10.0, 20.0, 20.0, 30.0] * 3), pd.Series([20.0, 30.0, 30.0, 40.0] * 3)

    statistic, p_value = rank_test(first, second) or (None, None)

    # By hand: mid-ranks 2, 8.5, 17 and 23 for 10, 20, 30 and 40; U = R1 - n1 (n1 + 1) / 2 with 12 in each sample.
    rank_sum = 3 * 2 + 6 * 8 + 3 * 17
    u = rank_sum - 12 * 13 / 2
    ties = sum(t**3 - t for t in (3, 9, 9, 3))
    deviation = (12 * 12 / 12 * (25 - ties / (24 * 23))) ** 0.5
    z = (abs(u - 72) - 0.5) / deviation
    assert statistic == pytest.approx(u)
    assert p_value == pytest.approx(2 * norm.sf(z))


def test_equal_values_are_no_difference_and_an_empty_sample_no_test() -> None:
    assert rank_test(pd.Series([20.0, 20.0]), pd.Series([20.0])) == (1.0, 1.0)
    assert rank_test(pd.Series([20.0]), pd.Series(dtype=float)) is None


def trials() -> pd.DataFrame:
    rows = [
        ("immune_cell", "IIT", 10, True, True),
        ("immune_cell", "IIT", 12, True, True),
        ("immune_cell", "IIT", 0, True, True),
        ("immune_cell", "IIT", None, True, True),
        ("immune_cell", "IST", 40, True, True),
        ("immune_cell", "IST", 50, False, True),
        ("immune_cell", "IST", 60, True, False),
        ("stem_cell", "IIT", 30, True, True),
    ]
    columns = ["cell_class", "sponsor_type", "target_enrollment", "is_china", "in_study_window"]
    return pd.DataFrame(rows, columns=columns).astype({"target_enrollment": "Int32"})


def test_each_class_is_tested_in_the_world_and_in_the_published_scope() -> None:
    results = enrollment_tests(trials()).set_index(["scope", "cell_class"])

    assert results.loc[("world", "immune_cell"), ["n_iit", "n_ist"]].tolist() == [2, 3]
    assert results.loc[("china", "immune_cell"), ["n_iit", "n_ist"]].tolist() == [2, 1]
    assert results.loc[("world", "immune_cell"), "statistic"] == 0
    assert results.loc[("world", "immune_cell"), "p_value"] == pytest.approx(0.2)
    assert pd.isna(results.loc[("world", "stem_cell"), "p_value"])


def test_no_trials_give_no_tests() -> None:
    assert enrollment_tests(trials().head(0)).empty
