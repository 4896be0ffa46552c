"""The bundled sample is what its generator writes, is compact, covers the taxonomy and cannot be mistaken for real."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from extract.sample import FILES, PLANTED_CASES
from extract.sample.cases import CHICTR
from extract.sample.generate import all_cases, all_records, differences, files

ROOT = Path(__file__).parents[2]
DICTIONARIES = ROOT / "seeds" / "dictionaries"
CASES = all_cases()
RECORDS = all_records(CASES)
EXPECTED = [tuple(part.partition("=")[::2]) for case in CASES for part in case.expected.split(";")]
LABELS = {name: {value for key, value in EXPECTED if key == name} for name, _ in EXPECTED}

# The 99 that opens the serial part of every made-up number.
MADE_UP = re.compile(
    r"NCT99\d{6}|ChiCTR\d\d0099\d{4}|ChiCTR-[A-Z]{2,5}-\d\d99\d{4}|CTR20[12]\d99\d\d|ISRCTN99\d{6}|JPRN-UMIN00099\d{4}"
    r"|EUCTR20\d\d-99\d{4}-\d\d-[A-Z]{2}|KCT99\d{5}|ACTRN12699\d{9}|CTRI/20\d\d/99/99\d{4}"
)


def _dictionary(name: str) -> set[str]:
    with (DICTIONARIES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {next(iter(row.values())) for row in csv.DictReader(file)}


def test_files_are_what_the_generator_writes():
    assert differences() == []


def test_generator_is_deterministic():
    assert files() == files()


def test_sample_is_compact():
    assert sum(len(content) for content in files().values()) < 2_500_000


def test_some_three_hundred_registrations_over_the_four_inputs():
    by_registry = Counter(
        record.file.partition("/")[0] for record in {record.registration_id: record for record in RECORDS}.values()
    )
    assert 300 <= sum(by_registry.values()) <= 400
    assert all(by_registry[name] >= 20 for name in ("clinicaltrials_gov", "ictrp", "chictr", "chinadrugtrials"))


def test_no_number_could_be_real():
    assert [record.registration_id for record in RECORDS if not MADE_UP.fullmatch(record.registration_id)] == []


def test_no_number_is_planted_twice():
    """One number in two files is a version of one registration, so its registration date is the same."""
    dates: dict[str, set[str]] = {}
    for record in RECORDS:
        dates.setdefault(record.registration_id, set()).add(record.registered)
    assert {number: found for number, found in dates.items() if len(found) > 1} == {}


def test_case_ids_are_unique():
    assert [name for name, n in Counter(case.case_id for case in CASES).items() if n > 1] == []


def test_planted_registrations_stand_in_the_files():
    everything = b"\n".join(path.read_bytes() for path in sorted(FILES.rglob("*")) if path.is_file())
    with PLANTED_CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    planted = {
        number
        for row in rows
        if row["facet"] not in {"refused", "quarantined"}
        for number in row["registration_ids"].split(";")
    }
    assert sorted(number for number in planted if number.encode() not in everything) == []
    named = {
        name
        for row in rows
        if row["facet"] in {"refused", "quarantined"}
        for name in row["registration_ids"].split(";")
    }
    assert sorted(name for name in named if not (FILES / name).is_file()) == []


@pytest.mark.parametrize(
    ("dictionary", "assertion"),
    [
        ("cell_types", "cell_type"),
        ("cell_classes", "cell_class"),
        ("cell_sources", "cell_source"),
        ("donors", "donor"),
        ("indication_groups", "indication_group"),
        ("phases", "phase"),
        ("study_kinds", "study_kind"),
    ],
)
def test_every_label_of_the_taxonomy_is_planted(dictionary, assertion):
    assert _dictionary(dictionary) - LABELS[assertion] == set()


@pytest.mark.parametrize("assertion", ["cell_type", "indication_group", "phase", "target"])
def test_every_planted_label_is_one_of_the_taxonomy(assertion):
    dictionary = {
        "cell_type": "cell_types",
        "indication_group": "indication_groups",
        "phase": "phases",
        "target": "targets",
    }
    assert LABELS[assertion] - _dictionary(dictionary[assertion]) - {"-", ""} == set()


@pytest.mark.parametrize("rule", ["regulatory", "lead", "any_role", "agent"])
def test_both_sponsor_types_are_planted_under_each_rule(rule):
    assert LABELS[rule] == {"IST", "IIT"}


def test_many_targets_are_planted():
    assert len(LABELS["target"]) >= 40


def test_bilingual_pages_have_both_languages():
    """A ChiCTR page whose Chinese title is the English one would test nothing."""
    chictr = [record for record in RECORDS if record.file == CHICTR.format(id=record.registration_id)]
    assert [record.registration_id for record in chictr if record.title.zh == record.title.en] == []
