"""What was planted in the bundled sample comes out: every assertion of planted_cases.csv, facet by facet.

The language of the assertions is explained in extract/sample/README.md.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from extract.sample import PLANTED_CASES

SPONSOR_RULES = ("regulatory", "lead", "any_role", "agent")
LABEL_SETS = {
    "cell_type": "bridge_trial_cell_type",
    "target": "bridge_trial_target",
    "indication_group": "bridge_trial_indication",
}
# Assertions that are named otherwise than the column of dim_trial that they speak of.
COLUMNS = {"title": "public_title", "primary_cell_type": "cell_type"}
# A word that every contact of the sample holds, in both languages: personal data is cut while reading.
CONTACTS = ("contactperson", "样例联系人")

with PLANTED_CASES.open(encoding="utf-8", newline="") as _file:
    CASES = list(csv.DictReader(_file))
UNREADABLE = {"refused", "quarantined"}
FACETS = sorted({case["facet"] for case in CASES} - UNREADABLE)


@dataclass(frozen=True)
class Published:
    """What the marts say, by registration and by trial."""

    trial_of: dict[str, str]
    screening: dict[str, tuple[str, str]]
    trials: dict[str, dict[str, Any]]
    labels: dict[str, dict[str, set[str]]]
    sponsors: dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def published(sample_publication: Path) -> Published:
    with duckdb.connect(str(sample_publication), read_only=True) as connection:

        def rows(sql: str) -> list[tuple[Any, ...]]:
            return connection.execute(sql).fetchall()

        trials = connection.execute("select * from marts.dim_trial").fetchall()
        names = [column for (column,) in rows("select column_name from (describe marts.dim_trial)")]
        return Published(
            trial_of=dict(rows("select registration_id, trial_id from marts.bridge_trial_registration")),
            screening={
                number: (decision, reason)
                for number, decision, reason in rows(
                    "select registration_id, decision, reason from marts.fct_registration_screening"
                )
            },
            trials={row[names.index("trial_id")]: dict(zip(names, row, strict=True)) for row in trials},
            labels={
                label: _grouped(rows(f"select trial_id, {label} from marts.{mart}"))
                for label, mart in LABEL_SETS.items()
            },
            sponsors={
                (trial, rule): sponsor_type
                for trial, rule, sponsor_type in rows(
                    "select trial_id, rule, sponsor_type from marts.fct_trial_sponsor"
                )
            },
        )


def _grouped(pairs: list[tuple[Any, ...]]) -> dict[str, set[str]]:
    sets: dict[str, set[str]] = defaultdict(set)
    for trial, label in pairs:
        sets[trial].add(label)
    return sets


@pytest.mark.parametrize("facet", FACETS)
def test_planted_cases_come_out(published, facet):
    misses = [
        f"{case['case_id']} [{case['registration_ids']}] {miss}  ({case['plants']}: {case['why']})"
        for case in CASES
        if case["facet"] == facet
        for miss in _misses(published, case)
    ]
    assert not misses, f"{len(misses)} of the assertions planted for {facet} do not hold:\n" + "\n".join(misses)


def _misses(published: Published, case: dict[str, str]) -> Iterator[str]:
    """Each assertion of the case that does not hold, with what came out."""
    numbers = case["registration_ids"].split(";")
    unknown = [number for number in numbers if number not in published.screening]
    if unknown:
        yield f"not in fct_registration_screening: {unknown}"
        return
    wanted: dict[str, set[str]] = defaultdict(set)
    for part in case["expected"].split(";"):
        name, _, value = part.partition("=")
        if name.startswith("switch:"):
            continue
        if name == "included" or name.partition(":")[0] == "excluded":
            yield from _screened(published, numbers, name)
        elif name in {"same_trial", "different_trial"}:
            yield from _linked(published, numbers, name, value)
        else:
            wanted[name].add(value)
    if not wanted:
        return
    for trial in sorted({published.trial_of.get(number, "") for number in numbers}):
        if not trial:
            decisions = {number: published.screening[number] for number in numbers}
            yield f"is in no trial, screened as {decisions}"
            continue
        for name, values in wanted.items():
            found = _found(published, trial, name)
            if found != values:
                yield f"{name}: wanted {sorted(values)}, got {sorted(found)} (trial {trial})"


def _screened(published: Published, numbers: list[str], wanted: str) -> Iterator[str]:
    decision, _, reason = wanted.partition(":")
    for number in numbers:
        came, why = published.screening[number]
        if (came == "excluded") != (decision == "excluded"):
            yield f"wanted {wanted}, {number} is {came} ({why})"
        elif reason and why != reason:
            yield f"wanted the reason {reason}, {number} is {came} for {why}"


def _linked(published: Published, numbers: list[str], wanted: str, other: str) -> Iterator[str]:
    trials = [
        published.trial_of.get(number, f"none for {number}") for number in [*numbers, *([other] if other else [])]
    ]
    if wanted == "same_trial" and len(set(trials)) > 1:
        yield f"wanted one trial, got {trials}"
    if wanted == "different_trial" and len(set(trials)) < len(trials):
        yield f"wanted different trials, got {trials}"


def _found(published: Published, trial: str, name: str) -> set[str]:
    """What came out for the name of an assertion: a set of labels, or of the one value."""
    if name in LABEL_SETS:
        return published.labels[name].get(trial) or {"-"}
    if name in SPONSOR_RULES:
        return {published.sponsors.get((trial, name), "")}
    column = COLUMNS.get(name, name)
    if column not in published.trials[trial]:
        return {f"dim_trial has no column {column}"}
    value = published.trials[trial][column]
    if value is None:
        return {""}
    return {str(value).lower() if isinstance(value, bool) else str(value)}


def test_every_registration_is_screened_once(published):
    planted = {
        number for case in CASES if case["facet"] not in UNREADABLE for number in case["registration_ids"].split(";")
    }
    assert set(published.screening) == planted


def test_refused_files_and_quarantined_records_are_accounted_for(sample_landscape):
    """Each refused file has a sentence; each planted bad record is in quarantine, one per case."""
    with duckdb.connect(str(sample_landscape.build_database), read_only=True) as connection:
        refused = dict(
            connection.execute(
                "select source_file, reason from quality.extract_batches where n_refused > 0 and registry is null"
            ).fetchall()
        )
        quarantined = connection.execute("select source_file, reason from quality.quarantine").fetchall()
    wanted_refused = {case["registration_ids"] for case in CASES if case["facet"] == "refused"}
    wanted_quarantined = sorted(case["registration_ids"] for case in CASES if case["facet"] == "quarantined")
    assert set(refused) == wanted_refused
    assert all(refused.values())
    assert sorted(file for file, _ in quarantined) == wanted_quarantined
    assert all(reason for _, reason in quarantined)


def test_no_contact_is_kept(sample_landscape):
    """No contact's name, address or e-mail stands in raw, in quarantine or in the publication."""
    for database, schemas in (
        (sample_landscape.build_database, ("raw", "quality")),
        (sample_landscape.database, ("marts",)),
    ):
        with duckdb.connect(str(database), read_only=True) as connection:
            columns = connection.execute(
                "select table_schema, table_name, column_name from information_schema.columns "
                "where list_contains(?, table_schema) and data_type = 'VARCHAR'",
                [list(schemas)],
            ).fetchall()
            kept = [
                f"{schema}.{table}.{column}"
                for schema, table, column in columns
                for word in CONTACTS
                if connection.execute(
                    f'select count(*) from {schema}."{table}" where "{column}" ilike ?', [f"%{word}%"]
                ).fetchall()
                != [(0,)]
            ]
        assert kept == []
