"""Measure the labels of a build against registrations labelled by reading (tests/gold/labels.csv).

Counts are kept per facet as true positives, false positives and false negatives; rates carry their Wilson
interval (95%). Errors are listed with their text for the tune split alone: of the test split only counts are shown,
so that no rule is written against it.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

#: Facets in the order of the report: sets are compared label by label (micro-averaged), the others as one value.
SET_FACETS = ("cell_types", "targets", "indication_groups")
VALUE_FACETS = (
    "cell_class",
    "primary_cell_type",
    "primary_indication",
    "phase",
    "lead_is_company",
    "study_kind",
    "is_in_vivo",
)
ANY_OF_FACETS = ("cell_source", "donor")
SCREEN = "is_cell_therapy"


@dataclass(frozen=True)
class Gold:
    """One labelled registration: facet → labels in order (empty: none apply), None where the reader did not judge."""

    registration_id: str
    split: str
    labels: Mapping[str, tuple[str, ...] | None]


@dataclass(frozen=True)
class Interval:
    """A share with its Wilson interval at 95%; n = 0 gives the whole range."""

    share: float
    low: float
    high: float


@dataclass
class FacetScore:
    """Counts of one facet; a wrong value of a facet with one value is a false positive and a false negative."""

    facet: str
    registrations: int = 0
    true_positive: int = 0
    false_positive: int = 0
    false_negative: int = 0
    correct: int = 0
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def precision(self) -> Interval:
        """Share of the labels found that are right."""
        return wilson(self.true_positive, self.true_positive + self.false_positive)

    @property
    def recall(self) -> Interval:
        """Share of the right labels that are found."""
        return wilson(self.true_positive, self.true_positive + self.false_negative)

    @property
    def accuracy(self) -> Interval:
        """Share of the registrations whose labels are all right."""
        return wilson(self.correct, self.registrations)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; not a number where there is nothing to find."""
        denominator = 2 * self.true_positive + self.false_positive + self.false_negative
        return 2 * self.true_positive / denominator if denominator else float("nan")


@dataclass(frozen=True)
class LabelError:
    """What was expected and what was said of one registration of the tune split, with its title."""

    registration_id: str
    facet: str
    expected: tuple[str, ...]
    found: tuple[str, ...]
    title: str


@dataclass(frozen=True)
class LabelReport:
    """The measurement of one split. `missing` are gold registrations that the database does not hold."""

    split: str
    n_gold: int
    missing: tuple[str, ...]
    scores: Mapping[str, FacetScore]
    errors: tuple[LabelError, ...]


def wilson(successes: int, trials: int, z: float = 1.959964) -> Interval:
    """Wilson score interval of a binomial share (Wilson 1927)."""
    if trials == 0:
        return Interval(float("nan"), 0.0, 1.0)
    share = successes / trials
    centre = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / (1 + z * z / trials)
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half))


def read_gold(path: Path) -> list[Gold]:
    """The gold file; columns as described in tests/gold/README.md. Raises ValueError naming the line of a bad split."""
    rows: list[Gold] = []
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if row["split"] not in ("tune", "test"):
                raise ValueError(f"{path}:{line}: split is {row['split']!r}, expected tune or test")
            rows.append(Gold(row["registration_id"], row["split"], _gold_labels(row)))
    return rows


def _gold_labels(row: Mapping[str, str]) -> dict[str, tuple[str, ...] | None]:
    def many(column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in row[column].split(";") if part.strip())

    labels: dict[str, tuple[str, ...] | None] = {SCREEN: (row[SCREEN],)}
    if row[SCREEN] != "true":
        return labels
    for facet in (*SET_FACETS, *ANY_OF_FACETS):
        labels[facet] = many(facet)
    labels["primary_cell_type"] = many("cell_types")[:1]
    labels["primary_indication"] = many("indication_groups")[:1]
    for facet in ("cell_class", "phase", "lead_is_company", "study_kind", "is_in_vivo"):
        labels[facet] = (row[facet],) if row[facet] else None
    return labels


PREDICTIONS = """
    select registration_id, 'is_cell_therapy' as facet, cast(is_cell_therapy as varchar) as label, 1 as place
    from intermediate.int_registration_screening
    union all
    select registration_id, 'cell_class', cell_class, 1 from intermediate.int_registration_cell_types where is_primary
    union all
    select registration_id, 'primary_cell_type', cell_type, 1
    from intermediate.int_registration_cell_types where is_primary
    union all
    select registration_id, 'cell_types', cell_type, if(is_primary, 1, 2) from intermediate.int_registration_cell_types
    union all
    select registration_id, 'targets', target, 1 from intermediate.int_registration_targets
    union all
    select registration_id, 'primary_indication', indication_group, 1
    from intermediate.int_registration_indications where is_primary
    union all
    select registration_id, 'indication_groups', indication_group, if(is_primary, 1, 2)
    from intermediate.int_registration_indications
    union all
    select registration_id, 'phase', phase, 1 from intermediate.int_registration_phases
    union all
    select registration_id, 'lead_is_company', cast(sponsor_type = 'IST' as varchar), 1
    from intermediate.int_registration_sponsor_types where rule = 'lead'
    union all
    select registration_id, attribute, value, 1 from intermediate.int_registration_attributes
    order by registration_id, facet, place, label
"""


def read_predictions(database: Path) -> tuple[dict[str, dict[str, tuple[str, ...]]], dict[str, str]]:
    """What the build says: registration → facet → labels (primary first), and registration → public title."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(PREDICTIONS).fetchall()
        titles = connection.execute(
            "select registration_id, coalesce(public_title, scientific_title, '') from intermediate.int_registrations"
        ).fetchall()
    predictions: dict[str, dict[str, tuple[str, ...]]] = {}
    for registration_id, facet, label, _ in rows:
        labels = predictions.setdefault(registration_id, {})
        labels[facet] = (*labels.get(facet, ()), label)
    return predictions, dict(titles)


def score(gold: Sequence[Gold], predictions: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, FacetScore]:
    """Count each facet over the gold registrations; labels count where reader and screen both say cell therapy."""
    facets = (SCREEN, *VALUE_FACETS, *SET_FACETS, *ANY_OF_FACETS)
    scores = {facet: FacetScore(facet) for facet in facets}
    for row in gold:
        found_labels = predictions[row.registration_id]
        in_scope = found_labels.get(SCREEN) == ("true",)
        for facet, expected in row.labels.items():
            if expected is None or (facet != SCREEN and not in_scope):
                continue
            _count(scores[facet], facet, expected, found_labels.get(facet, ()))
    return scores


def _count(facet_score: FacetScore, facet: str, expected: tuple[str, ...], found: tuple[str, ...]) -> None:
    facet_score.registrations += 1
    facet_score.correct += is_correct(facet, expected, found)
    if facet == SCREEN:
        facet_score.true_positive += expected == found == ("true",)
        facet_score.false_positive += expected == ("false",) and found == ("true",)
        facet_score.false_negative += expected == ("true",) and found != ("true",)
    elif facet in SET_FACETS:
        facet_score.true_positive += len(set(expected) & set(found))
        facet_score.false_positive += len(set(found) - set(expected))
        facet_score.false_negative += len(set(expected) - set(found))
    else:
        hit = is_correct(facet, expected, found)
        facet_score.true_positive += hit
        facet_score.false_positive += not hit
        facet_score.false_negative += not hit
    if not is_correct(facet, expected, found):
        facet_score.confusion[(";".join(expected), ";".join(found))] += 1


def is_correct(facet: str, expected: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Sets are equal; of a source or donor with two values (two products) either will do; else the values are equal."""
    if facet in SET_FACETS:
        return set(expected) == set(found)
    if facet in ANY_OF_FACETS:
        return bool(set(expected) & set(found)) or not (expected or found)
    return expected == found


def evaluate_labels(database: Path, gold: Path, split: str = "tune") -> LabelReport:
    """Measure the labels in `database` (a build) against the gold file; split is tune, test or all."""
    rows = [row for row in read_gold(gold) if split in ("all", row.split)]
    predictions, titles = read_predictions(database)
    covered = [row for row in rows if row.registration_id in predictions]
    missing = tuple(row.registration_id for row in rows if row.registration_id not in predictions)
    return LabelReport(
        split=split,
        n_gold=len(rows),
        missing=missing,
        scores=score(covered, predictions),
        errors=tuple(_errors((row for row in covered if row.split == "tune"), predictions, titles)),
    )


def _errors(
    gold: Iterable[Gold], predictions: Mapping[str, Mapping[str, tuple[str, ...]]], titles: Mapping[str, str]
) -> Iterable[LabelError]:
    for row in gold:
        found_labels = predictions[row.registration_id]
        in_scope = found_labels.get(SCREEN) == ("true",)
        for facet, expected in row.labels.items():
            found = found_labels.get(facet, ())
            if expected is None or (facet != SCREEN and not in_scope) or is_correct(facet, expected, found):
                continue
            yield LabelError(row.registration_id, facet, expected, found, titles.get(row.registration_id, ""))


def print_report(report: LabelReport, console: Console, n_confusions: int = 10) -> None:
    """Print scores, the commonest confusions and, for the tune split, each error with its title."""
    n_covered = report.n_gold - len(report.missing)
    table = Table(title=f"Labels on the {report.split} split ({n_covered} of {report.n_gold} registrations)")
    for column in ("facet", "n", "accuracy", "95%", "precision", "95%", "recall", "95%", "F1"):
        table.add_column(column, justify="left" if column == "facet" else "right")
    for facet_score in report.scores.values():
        cells: list[str] = []
        for interval in (facet_score.accuracy, facet_score.precision, facet_score.recall):
            cells += [f"{interval.share:.3f}", f"{interval.low:.3f}–{interval.high:.3f}"]
        table.add_row(facet_score.facet, str(facet_score.registrations), *cells, f"{facet_score.f1:.3f}")
    console.print(table)
    if report.missing:
        console.print(
            f"{len(report.missing)} gold registrations are not in this build: {', '.join(report.missing[:3])} …"
        )
    if report.split == "tune":
        _print_confusions(report, console, n_confusions)
        for error in report.errors:
            console.print(
                f"{error.registration_id} {error.facet}: expected {';'.join(error.expected) or '–'}, "
                f"found {';'.join(error.found) or '–'} · {error.title}",
                markup=False,
            )


def _print_confusions(report: LabelReport, console: Console, n_confusions: int) -> None:
    table = Table(title="Commonest confusions")
    for column in ("facet", "expected", "found", "n"):
        table.add_column(column)
    for facet_score in report.scores.values():
        for (expected, found), count in facet_score.confusion.most_common(n_confusions):
            table.add_row(facet_score.facet, expected or "–", found or "–", str(count))
    console.print(table)
