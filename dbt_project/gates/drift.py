"""Compare the marts of a build with what is published: lost trials and shifted shares ask for a look."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

# What the figures of a landscape are taken from: one row per metric and label with a count and its whole.
_FIGURES = """
    with trials as (select * from marts.dim_trial),
    counted as (
        select 'registrations' as metric, 'all' as label, count(*) as n from marts.fct_registration_screening
        union all
        select 'trials' as metric, 'all' as label, count(*) as n from trials
        union all
        select 'cell_class' as metric, cell_class as label, count(*) as n from trials group by cell_class
        union all
        select 'cell_type' as metric, cell_type as label, count(*) as n from trials group by cell_type
        union all
        select 'indication_group' as metric, indication_group as label, count(*) as n
        from trials group by indication_group
        union all
        select 'phase' as metric, phase as label, count(*) as n from trials group by phase
        union all
        select 'sponsor_type' as metric, sponsor_type as label, count(*) as n
        from trials group by sponsor_type
        union all
        select 'place' as metric, case when is_china then 'China' else 'elsewhere' end as label, count(*) as n
        from trials group by is_china
        union all
        select 'target' as metric, target as label, count(*) as n
        from marts.bridge_trial_target group by target
    )
    select
        metric,
        coalesce(label, '(none)') as label,
        cast(n as bigint) as n,
        cast(sum(n) over (partition by metric) as bigint) as whole,
    from counted
"""
_SETTINGS = """
    select any_value(settings) as settings, coalesce(bool_or(is_sample), false) as is_sample
    from marts.dataset_versions
"""


@dataclass(frozen=True)
class Figures:
    """Counts of a landscape (metric, label, n, whole), and the switches and kind of data that they hold for."""

    counts: pd.DataFrame
    settings: str | None
    is_sample: bool


def read_figures(connection: duckdb.DuckDBPyConnection) -> Figures:
    """Read the figures of the marts in an open database."""
    counts = connection.execute(_FIGURES).df()
    row = connection.execute(_SETTINGS).fetchone()
    settings, is_sample = row if row else (None, False)
    return Figures(counts, settings, bool(is_sample))


def read_published_figures(published: Path) -> Figures | None:
    """Read the figures of the last publication; None where there is none, or it is from before these marts."""
    if not published.is_file():
        return None
    with duckdb.connect(published, read_only=True) as connection:
        try:
            return read_figures(connection)
        except (duckdb.CatalogException, duckdb.BinderException):
            # Published before these marts or columns existed: there is nothing to compare with.
            return None


def is_comparable(now: Figures, before: Figures) -> bool:
    """Say whether two builds should look alike: the same switches, and both real or both the sample."""
    return now.settings == before.settings and now.is_sample == before.is_sample


def compare(now: Figures, before: Figures, thresholds: pd.DataFrame) -> pd.DataFrame:
    """Hold the change of every figure against its threshold.

    `thresholds` has the columns of the seed drift_thresholds: metric, change (`drop`: which share of the earlier count
    is gone; `shift`: by how much the share of the label moved), max_change, min_n (smaller wholes are not judged).
    Returns one row per figure and threshold: rule_id, metric, label, change, severity, before, now, change_found,
    max_change, is_within.
    """
    merged = before.counts.merge(now.counts, on=["metric", "label"], how="outer", suffixes=("_before", "_now"))
    for side in ("before", "now"):
        whole = (before if side == "before" else now).counts.groupby("metric")["whole"].first()
        merged[f"n_{side}"] = merged[f"n_{side}"].fillna(0)
        merged[f"whole_{side}"] = merged["metric"].map(whole).fillna(0)
    judged = merged.merge(thresholds, on="metric", how="inner")
    judged = judged[judged["whole_before"] >= judged["min_n"]].copy()
    drop = 1 - judged["n_now"] / judged["n_before"].where(judged["n_before"] > 0)
    shift = (_share(judged, "now") - _share(judged, "before")).abs()
    judged["change_found"] = drop.where(judged["change"] == "drop", shift).fillna(0.0).round(6)
    judged["is_within"] = judged["change_found"] <= judged["max_change"]
    columns = {"n_before": "before", "n_now": "now", "change_found": "change_found"}
    return judged.rename(columns=columns)[
        ["rule_id", "metric", "label", "change", "severity", "before", "now", "change_found", "max_change", "is_within"]
    ].reset_index(drop=True)


def _share(judged: pd.DataFrame, side: str) -> pd.Series:
    whole = judged[f"whole_{side}"]
    return (judged[f"n_{side}"] / whole.where(whole > 0)).fillna(0.0)
