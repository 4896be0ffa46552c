"""An exhibit with everything the page needs: its rows, the registrations behind them, its picture and its files."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analyses.figures.draw import draw
from analyses.figures.labels import written
from analyses.figures.style import Imprint
from analyses.published import FOLDER, Published, rows_of

SEED: Final = FOLDER.parent / "seeds" / "reference" / "paper_exhibits.csv"
_PNG_DPI: Final = 160
_TESTED: Final = frozenset({"fig_2e_target_enrollment", "etables_6_to_8_sponsor_type_distributions"})
#: Columns that name what is counted, best first.
_IDS: Final = ("trial_id", "registration_id", "product")
#: Columns of `members` that describe one trial rather than a bar.
_OF_ONE_TRIAL: Final = frozenset(
    {"target_enrollment", "matched_text", "approved_on", "has_other_target", "lead_organisation_id", "registration_id"}
)


@dataclass(frozen=True)
class ExhibitPlan:
    """A row of the seed `paper_exhibits`."""

    exhibit_id: str
    part: str
    label: str
    title: str
    question: str
    analysis: str
    subset: str
    reading_guide: str


@dataclass(frozen=True)
class Bar:
    """One bar, dot or cell of an exhibit: what it stands for, and the ids that it counts."""

    name: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Exhibit:
    """An exhibit, ready for the page."""

    plan: ExhibitPlan
    rows: pd.DataFrame
    members: pd.DataFrame | None
    statistics: pd.DataFrame | None
    bars: tuple[Bar, ...]
    alternative_text: str
    sql: str
    files: dict[str, str] = field(default_factory=dict)


def plans(seed: Path = SEED) -> list[ExhibitPlan]:
    """Return the exhibits in the order of the page."""
    with seed.open(encoding="utf-8", newline="") as lines:
        return [ExhibitPlan(**row) for row in csv.DictReader(lines)]


def make_exhibit(
    plan: ExhibitPlan, published: Published, data_cut: str, published_products: dict[str, float], figures: Path
) -> Exhibit:
    """Run the analysis of an exhibit, and write its picture into the folder `figures` as PNG and SVG."""
    rows = _subset(published.result(plan.analysis), plan.subset)
    members = published.members(plan.analysis)
    if members is not None:
        members = _subset(members, plan.subset)
    imprint = Imprint(
        label=plan.label,
        title=plan.title,
        data_cut=data_cut,
        build_id=published.build_id,
        is_sample=published.is_sample,
        sponsor_rule=published.variables["sponsor_rule"],
    )
    study_end = pd.Timestamp(published.variables["study_window_end"])
    drawing = draw(plan.analysis, rows, imprint, study_end, published_products)
    drawing.figure.savefig(figures / f"{plan.exhibit_id}.png", dpi=_PNG_DPI)
    # The layout stands now; finding it again would double the time.
    drawing.figure.set_layout_engine("none")
    drawing.figure.savefig(figures / f"{plan.exhibit_id}.svg", metadata={"Date": None})
    return Exhibit(
        plan=plan,
        rows=rows,
        members=members,
        statistics=_statistics(plan, rows),
        bars=() if members is None else tuple(bars(members)),
        alternative_text=drawing.alternative_text,
        sql=published.analysis(plan.analysis),
    )


def _subset(rows: pd.DataFrame, subset: str) -> pd.DataFrame:
    if not subset:
        return rows
    column, value = subset.split("=", maxsplit=1)
    return rows[rows[column] == value].reset_index(drop=True)


def _statistics(plan: ExhibitPlan, rows: pd.DataFrame) -> pd.DataFrame | None:
    if plan.analysis not in _TESTED or rows.empty:
        return None
    from analyses.statistics import distribution_tests, enrollment_comparisons  # noqa: PLC0415  # SciPy takes a second

    return enrollment_comparisons(rows) if plan.analysis == "fig_2e_target_enrollment" else distribution_tests(rows)


def bars(members: pd.DataFrame) -> Iterable[Bar]:
    """Return the bars of an exhibit with the ids that each counts, largest first."""
    id_column = next(name for name in _IDS if name in members.columns)
    keys = [name for name in members.columns if name != id_column and name not in _OF_ONE_TRIAL]
    if members.empty:
        return []
    if not keys:
        return [Bar(name="All", ids=tuple(sorted(members[id_column])))]
    grouped = members.groupby(keys, dropna=False, sort=True)[id_column]
    found = [
        Bar(name=", ".join(_written(part) for part in key), ids=tuple(sorted(set(ids))))
        for key, ids in ((key if isinstance(key, tuple) else (key,), ids) for key, ids in grouped)
    ]
    return sorted(found, key=lambda bar: -len(bar.ids))


def _written(part: object) -> str:
    return f"{int(part)}" if isinstance(part, (int, float)) and pd.notna(part) else written(part)


def provenance(published: Published, plan: ExhibitPlan, what: str, n_rows: int) -> list[str]:
    """Return the lines that open a CSV file: what it is, from which data, under which switches and rules."""
    first = published.versions.iloc[0]
    window = f"{published.variables['study_window_start']} to {published.variables['study_window_end']}"
    lines = [
        f"{plan.label}: {plan.title} ({what})",
        f"data cut: {'; '.join(f'{written(name)} {day}' for name, day in published.data_cuts.items())}",
        f"study window: {window}; switches: {first['settings']}",
        f"analysis: analyses/{plan.analysis}.sql{f', rows with {plan.subset}' if plan.subset else ''}",
        f"rule set: {first['rule_set_version']}",
        f"code: {first['code_version']}; build: {published.build_id}",
        f"n = {n_rows} rows",
    ]
    if published.is_sample:
        lines.insert(0, "SAMPLE: made-up registrations, not the landscape")
    return lines


def write_csv(rows: pd.DataFrame, header: Iterable[str]) -> str:
    """Return a CSV text below `#` lines; texts are quoted, so that a `#` in one opens no comment when it is read."""
    text = io.StringIO()
    for line in header:
        text.write(f"# {line}\n")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(rows.columns)
    for row in rows_of(rows, index=False):
        writer.writerow([_plain(value) for value in row])
    return text.getvalue()


def _plain(value: Any) -> Any:
    """Return a value as CSV holds it: nothing for missing, ISO for dates, whole numbers without a point."""
    if pd.isna(value):
        return None
    if isinstance(value, (datetime, pd.Timestamp)):
        return value.strftime("%Y-%m-%d") if value.hour == value.minute == value.second == 0 else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value
