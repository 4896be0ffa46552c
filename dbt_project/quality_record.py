"""Measurements as reviewed seeds, so that a publication carries the quality of its labels and links.

A build cannot measure itself: the gold labels are of real registrations, which most warehouses do not hold. What
`landscape evaluate … --record` measured is written to seeds/quality, with the rules that it was measured with; the
marts on quality say of each figure whether those are the rules of the build at hand.
"""

import csv
import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from dbt_project import settings
from dbt_project.evaluate_labels import Gold, Judged, LabelReport, count_rule_hits, evaluate_labels
from dbt_project.linkage.evaluate import Evaluation, Share
from dbt_project.versions import code_version, rule_set_version

FOLDER: Final = settings.PROJECT / "seeds" / "quality"
SOURCES: Final = ("real", "made_up", "all")

#: A value of a seed; None is an empty one.
_Cell = str | int | float | None


Provenance = Mapping[str, str]


def provenance_of(gold_file: Path, measured_on: date) -> Provenance:
    """Return what a measurement rests on: rules, code, gold labels, day. To be asked before anything is built."""
    return {
        "rule_set_version": rule_set_version(),
        "code_version": code_version(),
        "gold_hash": hashlib.sha256(gold_file.read_bytes().replace(b"\r\n", b"\n")).hexdigest(),
        "measured_on": measured_on.isoformat(),
    }


def record_labels(
    gold: Sequence[Gold], judged: Judged, splits: Sequence[str], provenance: Provenance, folder: Path = FOLDER
) -> list[Path]:
    """Write the quality of the labels on some splits and every source; confusions and hits by rule of the tune split.

    Returns the files written.

    Raises:
        ValueError: a file has other columns than what was measured.
    """
    reports = [evaluate_labels(gold, judged, split, source) for split in splits for source in SOURCES]
    tune = evaluate_labels(gold, judged, "tune")
    confusions: list[dict[str, _Cell]] = [
        {
            "facet": score.facet,
            "expected": expected or "none",
            "found": found or "none",
            "n_registrations": n,
        }
        for score in tune.scores.values()
        for (expected, found), n in sorted(score.confusion.items())
    ]
    hits = count_rule_hits(gold, judged)
    rules: list[dict[str, _Cell]] = [
        {
            "rule_id": rule_id,
            "n_registrations": judged.seen_rules.get(rule_id, 0),
            "n_gold_true": hits.get(rule_id, (0, 0))[0],
            "n_gold_false": hits.get(rule_id, (0, 0))[1],
        }
        for rule_id in sorted(judged.seen_rules.keys() | hits.keys())
    ]
    return [
        _write(folder / "label_quality.csv", [row for report in reports for row in _label_rows(report)]),
        _write(folder / "label_confusions.csv", confusions),
        _write(folder / "rule_quality.csv", rules),
        _note(folder, "label", provenance),
    ]


def record_links(evaluation: Evaluation, provenance: Provenance, folder: Path = FOLDER) -> list[Path]:
    """Write the quality of the links: pairs by precision and recall, decoys that stayed apart, the curve of thresholds.

    Returns the files written.

    Raises:
        ValueError: a file has other columns than what was measured.
    """
    rows: list[dict[str, _Cell]] = []
    for measure in evaluation.measures:
        rows += [
            _share_row(measure.name, measure.split, "precision", None, measure.precision),
            _share_row(measure.name, measure.split, "recall", None, measure.recall),
        ]
    rows += [_share_row(f"decoys: {kind}", "test", "apart", None, share) for kind, share in evaluation.by_decoy.items()]
    for point in evaluation.curve:
        rows += [
            _share_row("match weight", point.split, "precision", point.threshold, point.precision),
            _share_row("match weight", point.split, "recall", point.threshold, point.recall),
        ]
    return [_write(folder / "link_quality.csv", rows), _note(folder, "link", provenance)]


def _label_rows(report: LabelReport) -> Iterable[dict[str, _Cell]]:
    for score in report.scores.values():
        found = score.true_positive + score.false_positive
        wanted = score.true_positive + score.false_negative
        for measure, interval, numerator, denominator in (
            ("precision", score.precision, score.true_positive, found),
            ("recall", score.recall, score.true_positive, wanted),
            ("f1", score.f1, 2 * score.true_positive, found + wanted),
            ("accuracy", score.accuracy, score.correct, score.registrations),
        ):
            yield {
                "split": report.split,
                "source": report.source,
                "facet": score.facet,
                "measure": measure,
                "value": _rounded(interval.share),
                "low": _rounded(interval.low),
                "high": _rounded(interval.high),
                "numerator": numerator,
                "denominator": denominator,
                "n_registrations": score.registrations,
                "n_judged": report.n_judged,
                "n_gold": report.n_gold,
            }


def _share_row(pair_set: str, split: str, measure: str, threshold: float | None, share: Share) -> dict[str, _Cell]:
    low, high = share.interval
    return {
        "pair_set": pair_set,
        "split": split,
        "measure": measure,
        "threshold": threshold,
        "value": _rounded(share.value),
        "low": _rounded(low),
        "high": _rounded(high),
        "numerator": share.k,
        "denominator": share.n,
    }


def _rounded(number: float) -> float | None:
    """Return a share with four decimals; none where there was nothing to count."""
    return None if math.isnan(number) else round(number, 4)


def _note(folder: Path, subject: str, provenance: Provenance) -> Path:
    """Note what the measurement of labels or links rests on, in place of what the last one did."""
    path = folder / "quality_measurements.csv"
    with path.open(encoding="utf-8", newline="") as file:
        others: list[dict[str, _Cell]] = [{**row} for row in csv.DictReader(file) if row["subject"] != subject]
    return _write(path, sorted([*others, {"subject": subject, **provenance}], key=lambda row: str(row["subject"])))


def _write(path: Path, rows: Sequence[Mapping[str, _Cell]]) -> Path:
    """Write rows under the header that the file has: dbt reads the seed's columns from it.

    Raises:
        ValueError: the columns are not those of the file; the seed's YAML and mart go with them.
    """
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    if rows and list(rows[0]) != header:
        raise ValueError(f"{path} has the columns {header}, but what was measured has {list(rows[0])}")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
