"""The recorded quality of labels and links as the page and the methods show it: a table of measures by split."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analyses.figures.labels import written
from analyses.published import rows_of

# Where the name of a facet or of a source alone would not be understood.
_IN_WORDS: Final = {
    "is_cell_therapy": "Screen: cell therapy or not",
    "is_in_vivo": "Made in the body (in vivo)",
    "lead_is_company": "Lead sponsor is a company",
    "f1": "F1",
    "test": "Test split",
    "tune": "Tune split",
    "holdout": "Holdout",
    "real": "real registrations",
    "made_up": "made-up records",
    "all": "both",
}


@dataclass(frozen=True)
class Quality:
    """Measures as rows, what they were measured on as columns; `note` says when and with which rules."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def label_quality(rows: pd.DataFrame) -> Quality | None:
    """Return the quality of the labels from the rows of `quality_gold_labels`; None where nothing was recorded."""
    return _quality(rows, ["facet", "measure"], ["split", "source"])


def link_quality(rows: pd.DataFrame) -> Quality | None:
    """Return the quality of the links from the rows of `quality_gold_links`; None where nothing was recorded."""
    return _quality(rows[rows["threshold"].isna()], ["pair_set", "measure"], ["split"])


def _quality(rows: pd.DataFrame, of: Sequence[str], measured_on: Sequence[str]) -> Quality | None:
    """Return one row per group of `of`, in the order that they come in, and one column per group of `measured_on`."""
    if rows.empty:
        return None
    places = list(dict.fromkeys(rows[list(measured_on)].itertuples(index=False, name=None)))
    table: dict[tuple[Any, ...], dict[tuple[Any, ...], str]] = {}
    aims: dict[tuple[Any, ...], str] = {}
    for row in rows_of(rows):
        name = tuple(getattr(row, column) for column in of)
        place = tuple(getattr(row, column) for column in measured_on)
        table.setdefault(name, {})[place] = _cell(row)
        aims[name] = f"{row.aim:.2f}" if pd.notna(row.aim) else "–"
    first = rows.iloc[0]
    return Quality(
        columns=(
            *(written(column) for column in of),
            *(", ".join(_in_words(part) for part in place) for place in places),
            "Aim",
        ),
        rows=tuple(
            (*(_in_words(part) for part in name), *(cells.get(place, "–") for place in places), aims[name])
            for name, cells in table.items()
        ),
        note=(
            f"Measured on {first['measured_on']:%Y-%m-%d} with rule set {str(first['rule_set_version'])[:12]}, which "
            f"{'is that of this build' if first['is_current'] else 'is not that of this build'}. In brackets the 95% "
            "interval (Wilson) and what the measure counts; an exclamation mark stands where the aim is missed."
        ),
    )


def _in_words(label: str) -> str:
    return _IN_WORDS.get(label) or written(label)


def _cell(row: Any) -> str:
    """Return a measure with its interval and its counts."""
    if pd.isna(row.value):
        return "nothing to count"
    missed = " !" if pd.notna(row.reaches_aim) and not row.reaches_aim else ""
    return f"{row.value:.3f}{missed} ({row.low:.3f} to {row.high:.3f}; {row.numerator:,.0f}/{row.denominator:,.0f})"
