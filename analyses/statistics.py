"""Statistics of the exhibits: rank tests with effect sizes, and tests of independence with Holm's adjustment."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

from dbt_project.statistics import rank_test

CONFIDENCE: Final = 0.95
# Cochran's rule: the chi-square approximation needs expected counts of 5 in 80% of the cells, and 1 in each.
_SMALL_EXPECTED: Final = 5.0
_FISHER_RESAMPLES: Final = 9999
_SEED: Final = 20240801

Sample = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class RankComparison:
    """Two samples compared by ranks; intervals are two-sided at 95%.

    `shift` is the Hodges-Lehmann estimate: the median of all differences second less first, in the unit of the samples.
    `rank_biserial` is P(second > first) less P(second < first), from -1 to 1.
    """

    n_first: int
    n_second: int
    median_first: float
    median_second: float
    statistic: float
    p_value: float
    shift: float
    shift_low: float
    shift_high: float
    rank_biserial: float
    rank_biserial_low: float
    rank_biserial_high: float


@dataclass(frozen=True)
class Independence:
    """A test of whether the rows of a table spread alike over its columns."""

    test: str
    statistic: float
    degrees_of_freedom: int
    p_value: float
    n: int
    cramers_v: float
    smallest_expected: float


def compare_ranks(first: Sample, second: Sample) -> RankComparison | None:
    """Compare two samples by Mann-Whitney, Hodges-Lehmann shift and rank-biserial; None when one is empty.

    The interval of the shift is the distribution-free one of the ordered differences, by the normal approximation
    with ties (Hollander, Wolfe and Chicken 2013, section 4.3). That of the rank-biserial is from the standard error
    of the area under the curve of DeLong et al. 1988, clipped to [-1, 1]; it is not a number when a sample has one
    value.
    """
    outcome = rank_test(pd.Series(first), pd.Series(second))
    if outcome is None:
        return None
    # rank_test gives U of its first sample: the pairs in which the first exceeds, ties as halves.
    n_first, n_second = len(first), len(second)
    statistic, p_value = outcome
    differences = np.sort(np.subtract.outer(second, first).ravel())
    low, high = _shift_interval(differences, first, second)
    effect = 1 - 2 * statistic / (n_first * n_second)
    margin = 2 * stats.norm.ppf(0.5 + CONFIDENCE / 2) * _auc_standard_error(first, second)
    return RankComparison(
        n_first=n_first,
        n_second=n_second,
        median_first=float(np.median(first)),
        median_second=float(np.median(second)),
        statistic=statistic,
        p_value=p_value,
        shift=float(np.median(differences)),
        shift_low=low,
        shift_high=high,
        rank_biserial=effect,
        rank_biserial_low=float(np.clip(effect - margin, -1, 1)),
        rank_biserial_high=float(np.clip(effect + margin, -1, 1)),
    )


def _shift_interval(differences: Sample, first: Sample, second: Sample) -> tuple[float, float]:
    """Return the interval of the Hodges-Lehmann shift: the differences that the rank test would not reject."""
    n_first, n_second = len(first), len(second)
    total = n_first + n_second
    _, tied = np.unique(np.concatenate([first, second]), return_counts=True)
    ties = float(np.sum(tied**3 - tied)) / (total * (total - 1)) if total > 1 else 0.0
    variance = n_first * n_second / 12 * (total + 1 - ties)
    rank = n_first * n_second / 2 - stats.norm.ppf(0.5 + CONFIDENCE / 2) * np.sqrt(max(variance, 0))
    position = max(int(np.floor(rank)), 0)
    return float(differences[position]), float(differences[len(differences) - 1 - position])


def _auc_standard_error(first: Sample, second: Sample) -> float:
    """Return the standard error of P(second > first) + P(equal) / 2 (DeLong et al. 1988)."""
    if len(first) < 2 or len(second) < 2:
        return float("nan")
    wins = (np.sign(np.subtract.outer(second, first)) + 1) / 2
    of_second, of_first = wins.mean(axis=1), wins.mean(axis=0)
    return float(np.sqrt(of_second.var(ddof=1) / len(second) + of_first.var(ddof=1) / len(first)))


def independence_test(table: pd.DataFrame) -> Independence | None:
    """Test whether the columns of a table spread alike over its rows; None with fewer than two of either.

    Chi-square where at least 80% of the expected counts are 5 or more and none is below 1; else Fisher's exact test,
    in its exact form for two by two and with 9,999 random tables of the same margins (fixed seed) for larger ones.
    """
    counts = table.to_numpy(dtype=int)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if counts.ndim != 2 or min(counts.shape, default=0) < 2:
        return None
    result = stats.chi2_contingency(counts, correction=False)
    expected = np.asarray(result.expected_freq)
    n = int(counts.sum())
    cramers_v = float(np.sqrt(result.statistic / (n * (min(counts.shape) - 1))))
    is_small = bool((expected < _SMALL_EXPECTED).mean() > 0.2 or expected.min() < 1)
    test, p_value = "chi-square", float(result.pvalue)
    if is_small and counts.shape == (2, 2):
        test, p_value = "Fisher exact", float(stats.fisher_exact(counts).pvalue)
    elif is_small:
        method = stats.MonteCarloMethod(n_resamples=_FISHER_RESAMPLES, rng=np.random.default_rng(_SEED))
        test, p_value = (
            "Fisher exact (random tables)",
            np.asarray(stats.fisher_exact(counts, method=method).pvalue).item(),
        )
    return Independence(
        test=test,
        statistic=float(result.statistic),
        degrees_of_freedom=int(result.dof),
        p_value=p_value,
        n=n,
        cramers_v=cramers_v,
        smallest_expected=float(expected.min()),
    )


def holm(p_values: list[float]) -> list[float]:
    """Return p-values adjusted by Holm's step-down method, in the order given."""
    if not p_values:
        return []
    return [float(value) for value in multipletests(p_values, method="holm")[1]]


def written_p(p_value: float) -> str:
    """Return a p-value as journals print it."""
    return "P<0.001" if p_value < 0.001 else f"P={p_value:.3f}" if p_value < 0.1 else f"P={p_value:.2f}"


def enrollment_comparisons(trials: pd.DataFrame) -> pd.DataFrame:
    """Compare planned enrolment of IIT (first) and IST (second) in each class.

    `trials` has cell_class, sponsor_type and target_enrollment (participants; missing where none is stated). Returns
    a row per class: n, missing and medians of both, Mann-Whitney U and p, shift and rank-biserial with intervals; the
    numbers of a test are missing where a side has no trial.
    """
    rows = []
    for cell_class, group in trials.groupby("cell_class", sort=True):
        sizes = group["target_enrollment"].astype("Float64")
        sides = {name: sizes[group["sponsor_type"] == name] for name in ("IIT", "IST")}
        samples = {name: side.dropna().to_numpy(dtype=float) for name, side in sides.items()}
        row: dict[str, object] = {"cell_class": cell_class}
        for name, side in sides.items():
            row[f"n_{name.lower()}"] = len(samples[name])
            row[f"n_missing_{name.lower()}"] = int(side.isna().sum())
            row[f"median_{name.lower()}"] = float(np.median(samples[name])) if len(samples[name]) else None
        found = compare_ranks(samples["IIT"], samples["IST"])
        if found:
            row |= {
                "mann_whitney_u": found.statistic,
                "p_value": found.p_value,
                "hodges_lehmann_shift": found.shift,
                "shift_low": found.shift_low,
                "shift_high": found.shift_high,
                "rank_biserial": found.rank_biserial,
                "rank_biserial_low": found.rank_biserial_low,
                "rank_biserial_high": found.rank_biserial_high,
            }
        rows.append(row)
    return pd.DataFrame(rows)


def distribution_tests(distributions: pd.DataFrame) -> pd.DataFrame:
    """Test each dimension of one class for a difference between IIT and IST, adjusted by Holm over the dimensions.

    `distributions` has dimension, label, sponsor_type and n_trials. Returns a row per dimension that can be tested.
    """
    rows = []
    for dimension, group in distributions.groupby("dimension", sort=True):
        table = group.pivot_table(index="label", columns="sponsor_type", values="n_trials", aggfunc="sum", fill_value=0)
        found = independence_test(table)
        if found:
            rows.append({"dimension": dimension} | vars(found))
    for row, adjusted in zip(rows, holm([row["p_value"] for row in rows]), strict=True):
        row["p_value_holm"] = adjusted
    return pd.DataFrame(rows)
