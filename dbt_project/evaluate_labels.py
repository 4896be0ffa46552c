"""Measure the labels of a build against registrations labelled by reading (tests/gold/labels.csv).

Counts are kept per facet as true positives, false positives and false negatives; rates carry their Wilson
interval (95%). Errors are listed with their text for the tune split alone: of test and holdout only counts are shown,
so that no rule is written against them. `prepare` builds a scratch warehouse that holds every registration of the gold
labels; without one, a build is measured on those that it happens to hold.
"""

from __future__ import annotations

import csv
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from dbt_project import made_up, settings
from dbt_project.laboratory import Laboratory, fill

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
#: Facets that repeat what the sets say.
_SAID_TWICE = ("cell_class", "primary_cell_type", "primary_indication")
#: Splits of the gold labels: rules are written against tune; test and holdout are measured, holdout once in the end.
SPLITS = ("tune", "test", "holdout")
MADE_UP = "made_up"

#: What classification consists of; no links, no marts.
SELECTION: Final = (
    "+int_rule_hits",
    "+int_registration_screening",
    "+int_registration_phases",
    "+int_registration_sponsor_types",
)


@dataclass(frozen=True)
class Gold:
    """One labelled registration: facet → labels in order (empty: none apply), None where the reader did not judge.

    `source` is `registries` or `texts` (real registrations) or `made_up`.
    """

    registration_id: str
    split: str
    labels: Mapping[str, tuple[str, ...] | None]
    source: str = "registries"

    @property
    def is_real(self) -> bool:
        """Whether a registry holds the registration."""
        return self.source != MADE_UP


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
    def f1(self) -> Interval:
        """Harmonic mean of precision and recall; not a number where there is nothing to find.

        It is 2j / (1 + j) of j, the share of the labels found or wanted that are both: its interval is that of j,
        carried over. Of a facet with one value a mistake is two wrong labels, and F1 is the accuracy.
        """
        if self.facet != SCREEN and self.facet not in SET_FACETS:
            return self.accuracy
        overlap = wilson(self.true_positive, self.true_positive + self.false_positive + self.false_negative)
        return Interval(*(2 * share / (1 + share) for share in (overlap.share, overlap.low, overlap.high)))


@dataclass(frozen=True)
class Prediction:
    """What a build says of a registration in one facet, with the words and the rule that say so."""

    facet: str
    label: str
    field: str
    matched_text: str
    rule_id: str

    @property
    def words(self) -> str:
        """Return the words, where they stand, and the rule; the rule alone where the label rests on nothing said."""
        return f"“{self.matched_text}” in {self.field} ({self.rule_id})" if self.matched_text else self.rule_id


@dataclass(frozen=True)
class Judged:
    """The labels that a build gives (registration → predictions, primary first) and the texts to read errors with.

    `seen_rules` is rule id → registrations in which the rule stands.
    """

    predictions: Mapping[str, tuple[Prediction, ...]]
    texts: Mapping[str, Mapping[str, str]]
    seen_rules: Mapping[str, int] = field(default_factory=dict)

    def labels(self, registration_id: str, facet: str) -> tuple[str, ...]:
        """Return the labels of one facet of a registration."""
        return tuple(found.label for found in self.predictions[registration_id] if found.facet == facet)


@dataclass(frozen=True)
class LabelError:
    """What was expected and what was said of one registration of the tune split, with the words that were read."""

    registration_id: str
    facet: str
    expected: tuple[str, ...]
    found: tuple[Prediction, ...]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class LabelReport:
    """The measurement of one split and source. `missing` are gold registrations that the database does not hold."""

    split: str
    source: str
    n_gold: int
    missing: tuple[str, ...]
    scores: Mapping[str, FacetScore]
    errors: tuple[LabelError, ...]

    @property
    def n_judged(self) -> int:
        """Return how many gold registrations the database holds."""
        return self.n_gold - len(self.missing)


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
            if row["split"] not in SPLITS:
                raise ValueError(f"{path}:{line}: split is {row['split']!r}, expected {', '.join(SPLITS)}")
            rows.append(Gold(row["registration_id"], row["split"], _gold_labels(row), row["source"]))
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


def prepare(
    paths: Sequence[Path],
    home: Path,
    gold: Path = settings.GOLD / "made_up.jsonl",
    progress: Progress | None = None,
    on_node: Callable[[str, int, int], None] | None = None,
) -> Laboratory:
    """Import registry files into a scratch home, add the made-up registrations, and classify everything.

    A home that holds the same files already is classified again without being filled anew.

    Raises:
        FileNotFoundError: a path does not exist.
        extract.errors.NothingRecognised: no file holds registrations.
        RuntimeError: dbt could not classify; the message carries what it said.
    """
    note = home / "build" / "label_laboratory.json"
    content = json.dumps(_fingerprint(paths))
    if note.exists() and note.read_text(encoding="utf-8") == content:
        laboratory = Laboratory(home / "build" / "landscape.duckdb")
    else:
        note.unlink(missing_ok=True)
        laboratory = fill(home, paths, progress)
        note.write_text(content, encoding="utf-8")
    laboratory.insert("made_up", made_up.read_documents(gold))
    laboratory.build(SELECTION, on_node=on_node)
    return laboratory


def _fingerprint(paths: Sequence[Path]) -> list[tuple[str, int, int]]:
    """Return path, size and time of change of every file under the paths."""
    files = sorted(file for path in paths for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file())
    return [(str(file.resolve()), file.stat().st_size, file.stat().st_mtime_ns) for file in files]


PREDICTIONS = """
    with

    labels as (
        select registration_id, 'is_cell_therapy' as facet, cast(is_cell_therapy as varchar) as label, 1 as place,
            field, matched_text, rule_id
        from intermediate.int_registration_screening
        union all
        select registration_id, 'cell_class', cell_class, 1, field, matched_text, rule_id
        from intermediate.int_registration_cell_types where is_primary
        union all
        select registration_id, 'primary_cell_type', cell_type, 1, field, matched_text, rule_id
        from intermediate.int_registration_cell_types where is_primary
        union all
        select registration_id, 'cell_types', cell_type, if(is_primary, 1, 2), field, matched_text, rule_id
        from intermediate.int_registration_cell_types
        union all
        select registration_id, 'targets', target, 1, field, matched_text, rule_id
        from intermediate.int_registration_targets
        union all
        select registration_id, 'primary_indication', indication_group, 1, field, matched_text, rule_id
        from intermediate.int_registration_indications where is_primary
        union all
        select registration_id, 'indication_groups', indication_group, if(is_primary, 1, 2), field, matched_text,
            rule_id
        from intermediate.int_registration_indications
        union all
        select registration_id, 'phase', phase, 1, field, matched_text, rule_id
        from intermediate.int_registration_phases
        union all
        select registration_id, 'lead_is_company', cast(is_industry as varchar), 1, field, matched_text, rule_id
        from intermediate.int_registration_sponsor_types
        inner join seeds.sponsor_types using (sponsor_type)
        where rule = 'lead'
        union all
        select registration_id, attribute, value, 1, field, matched_text, rule_id
        from intermediate.int_registration_attributes
    )

    select registration_id, facet, label, coalesce(field, ''), coalesce(matched_text, ''), coalesce(rule_id, '')
    from labels
    order by registration_id, facet, place, label
"""

TEXTS = """
    with

    kinds as (
        select * from (
            values ('public_title', 1), ('scientific_title', 2), ('intervention_name', 3), ('condition', 4)
        ) as kinds(field, place)
    ),

    texts as (
        select texts.registration_id, kinds.field, kinds.place, string_agg(texts.text, '; ' order by position) as text
        from intermediate.int_registration_texts as texts
        inner join kinds on texts.field = kinds.field
        group by all
    )

    select registration_id, field, text, place from texts
    union all
    select registration_id, 'lead_sponsor', lead_sponsor, 5 from intermediate.int_registrations
    order by registration_id, place
"""

SEEN_RULES = "select rule_id, n_registrations from intermediate.int_rule_hits where n_registrations > 0"


def read_predictions(database: Path) -> Judged:
    """Return what the build in `database` says of its registrations."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(PREDICTIONS).fetchall()
        read = connection.execute(TEXTS).fetchall()
        seen_rules = connection.execute(SEEN_RULES).fetchall()
    predictions: dict[str, list[Prediction]] = {}
    for registration_id, *found in rows:
        predictions.setdefault(registration_id, []).append(Prediction(*found))
    texts: dict[str, dict[str, str]] = {}
    for registration_id, kind, text, _ in read:
        if text:
            texts.setdefault(registration_id, {})[kind] = text
    return Judged(
        {registration_id: tuple(found) for registration_id, found in predictions.items()}, texts, dict(seen_rules)
    )


def score(gold: Sequence[Gold], judged: Judged) -> dict[str, FacetScore]:
    """Count each facet over the gold registrations; labels count where reader and screen both say cell therapy."""
    facets = (SCREEN, *VALUE_FACETS, *SET_FACETS, *ANY_OF_FACETS)
    scores = {facet: FacetScore(facet) for facet in facets}
    for row in gold:
        for facet, expected in _judged_facets(row, judged):
            _count(scores[facet], facet, expected, judged.labels(row.registration_id, facet))
    return scores


def _judged_facets(row: Gold, judged: Judged) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the facets of a registration that count, with what the reader expects."""
    in_scope = judged.labels(row.registration_id, SCREEN) == ("true",)
    for facet, expected in row.labels.items():
        if expected is not None and (facet == SCREEN or in_scope):
            yield facet, expected


def _count(facet_score: FacetScore, facet: str, expected: tuple[str, ...], found: tuple[str, ...]) -> None:
    hit = is_correct(facet, expected, found)
    facet_score.registrations += 1
    facet_score.correct += hit
    if facet == SCREEN:
        facet_score.true_positive += expected == found == ("true",)
        facet_score.false_positive += expected == ("false",) and found == ("true",)
        facet_score.false_negative += expected == ("true",) and found != ("true",)
    elif facet in SET_FACETS:
        facet_score.true_positive += len(set(expected) & set(found))
        facet_score.false_positive += len(set(found) - set(expected))
        facet_score.false_negative += len(set(expected) - set(found))
    else:
        facet_score.true_positive += hit
        facet_score.false_positive += not hit
        facet_score.false_negative += not hit
    if not hit:
        facet_score.confusion[(";".join(expected), ";".join(found))] += 1


def is_correct(facet: str, expected: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Sets are equal; of a source or donor with two values (two products) either will do; else the values are equal."""
    if facet in SET_FACETS:
        return set(expected) == set(found)
    if facet in ANY_OF_FACETS:
        return bool(set(expected) & set(found)) or not (expected or found)
    return expected == found


def of_source(gold: Iterable[Gold], source: str) -> list[Gold]:
    """Return the rows of a source: `real`, `made_up` or `all`."""
    return [row for row in gold if source == "all" or row.is_real == (source == "real")]


def evaluate_labels(gold: Sequence[Gold], judged: Judged, split: str = "tune", source: str = "all") -> LabelReport:
    """Measure labels on one split (tune, test, holdout, all) of one source (real, made_up, all) of the gold labels."""
    rows = [row for row in of_source(gold, source) if split in ("all", row.split)]
    covered = [row for row in rows if row.registration_id in judged.predictions]
    return LabelReport(
        split=split,
        source=source,
        n_gold=len(rows),
        missing=tuple(row.registration_id for row in rows if row.registration_id not in judged.predictions),
        scores=score(covered, judged),
        errors=tuple(_errors((row for row in covered if row.split == "tune"), judged)),
    )


def _errors(gold: Iterable[Gold], judged: Judged) -> Iterator[LabelError]:
    for row in gold:
        for facet, expected in _judged_facets(row, judged):
            if not is_correct(facet, expected, judged.labels(row.registration_id, facet)):
                found = tuple(said for said in judged.predictions[row.registration_id] if said.facet == facet)
                yield LabelError(row.registration_id, facet, expected, found, judged.texts.get(row.registration_id, {}))


def count_rule_hits(gold: Iterable[Gold], judged: Judged) -> dict[str, tuple[int, int]]:
    """Return rule id → labels that it decided rightly and wrongly on the tune split of the gold labels.

    Where the reader says that it is no cell therapy, the rules that found a cell decided wrongly; of the other labels
    of such a registration nothing is known. Of test and holdout nothing is counted, lest it steer the rules.
    """
    hits: dict[str, tuple[int, int]] = {}
    for row in gold:
        if row.split != "tune" or row.registration_id not in judged.predictions:
            continue
        expected = dict(_judged_facets(row, judged))
        if expected[SCREEN] == ("false",):
            expected["cell_types"] = ()
        for said in judged.predictions[row.registration_id]:
            wanted = expected.get(said.facet)
            if wanted is None or not said.rule_id or said.facet in _SAID_TWICE:
                continue
            right, wrong = hits.get(said.rule_id, (0, 0))
            hits[said.rule_id] = (right + 1, wrong) if said.label in wanted else (right, wrong + 1)
    return hits


def print_report(report: LabelReport, console: Console) -> None:
    """Print the scores of each facet and how many gold registrations could be judged."""
    names = {"real": "real registrations", "made_up": "made-up registrations", "all": "real and made-up registrations"}
    table = Table(
        title=f"Labels on the {report.split} split, {names[report.source]}: "
        f"{report.n_judged} of {report.n_gold} could be judged"
    )
    for column in ("facet", "n", "accuracy", "95%", "precision", "95%", "recall", "95%", "F1", "95%"):
        table.add_column(column, justify="left" if column == "facet" else "right")
    for facet_score in report.scores.values():
        cells: list[str] = []
        for interval in (facet_score.accuracy, facet_score.precision, facet_score.recall, facet_score.f1):
            is_nothing = math.isnan(interval.share)
            cells += ["–", ""] if is_nothing else [f"{interval.share:.3f}", f"{interval.low:.3f}–{interval.high:.3f}"]
        table.add_row(facet_score.facet, str(facet_score.registrations), *cells)
    console.print(table)
    if report.missing:
        console.print(
            f"{len(report.missing)} gold registrations are not in this build, for example "
            f"{', '.join(report.missing[:3])}. Name the folders of registry files to measure on all of them."
        )


def print_errors(report: LabelReport, console: Console, n_confusions: int = 10) -> None:
    """Print the commonest confusions and each error of the tune split with its text."""
    table = Table(title="Commonest confusions of the tune split")
    for column in ("facet", "expected", "found", "n"):
        table.add_column(column)
    for facet_score in report.scores.values():
        for (expected, found), count in facet_score.confusion.most_common(n_confusions):
            table.add_row(facet_score.facet, expected or "–", found or "–", str(count))
    console.print(table)
    for error in report.errors:
        found_labels = ";".join(said.label for said in error.found)
        expected = ";".join(error.expected)
        lines = [f"{error.registration_id} {error.facet}: expected {expected or '–'}, found {found_labels or '–'}"]
        lines += [f"    {kind}: {text}" for kind, text in error.texts.items()]
        lines += [f"    {said.label} because of {said.words}" for said in error.found]
        console.print("\n".join(lines), markup=False)
