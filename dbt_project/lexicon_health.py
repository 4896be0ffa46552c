"""Whether every rule of the lexicons still works: `python -m dbt_project.lexicon_health [--home FOLDER]`.

Each rule that gives a label is asked to find its own wording, through the models that read registrations, in a scratch
warehouse that holds nothing else. Three things are wrong with a rule:

- dead: none of its wordings is found by it. A longer term or a mask hides it, or it cannot match at all.
- contradictory: its wording gives two labels that exclude each other, and no priority (cell_type_supersedes) decides.
- idle: it stands in none of the registrations that labels were measured on (seeds/quality/rule_quality.csv), and rules
  that do stand there read its wording in the same way. Such a rule changes nothing; it goes, or a reviewer says why it
  stays. One that is never seen but alone in reading its wording is what a dictionary is for: it stays.
"""

import argparse
import csv
import re
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from dbt_project import settings
from dbt_project.laboratory import Laboratory, empty

LEXICONS: Final = ("cell_type", "target", "product", "indication", "attribute", "screening", "organisation")
#: Match kinds whose term is an expression; what it looks for in words is an example beside it.
EXPRESSIONS: Final = {"regex", "loose"}
#: Lexicons in which one wording may name several labels: "CD19/22", "DC-CIK", "own bone marrow".
SEVERAL_LABELS: Final = {"cell_type", "target", "attribute"}
#: Labels for what has no label of its own; beside one that has they contradict it.
REST_LABELS: Final = {"other", "other_immune", "other_stem", "other_somatic"}

_SEEDS: Final = settings.PROJECT / "seeds"
_MODELS: Final = tuple(f"int_{lexicon}_hits" for lexicon in LEXICONS)


@dataclass(frozen=True)
class Rule:
    """A row of a lexicon that gives a label."""

    rule_id: str
    lexicon: str
    label: str
    term: str
    language: str
    match_kind: str
    original_pattern: str


@dataclass(frozen=True)
class Found:
    """What a rule reads in a wording: its label and strength, and from where to before where (0 of names)."""

    rule_id: str
    label: str
    strength: str
    starts_at: int = 0
    ends_before: int = 0

    @property
    def meaning(self) -> tuple[str, str]:
        """Return label and strength: what is left when it does not matter which rule read it."""
        return self.label, self.strength


@dataclass(frozen=True)
class Problem:
    """What is wrong with a rule, in words."""

    kind: str
    rule_id: str
    message: str


def read_rules(folder: Path = _SEEDS / "lexicon") -> list[Rule]:
    """Return the rules of all lexicons that give a label; masks give none."""
    rules = []
    for lexicon in LEXICONS:
        for row in _read_csv(folder / f"{lexicon}_terms.csv"):
            if row["role"] == "include":
                rules.append(
                    Rule(
                        row["rule_id"],
                        lexicon,
                        row["label"],
                        row["term"],
                        row["language"],
                        row["match_kind"],
                        row["original_pattern"],
                    )
                )
    return rules


def read_seen(file: Path = _SEEDS / "quality" / "rule_quality.csv") -> set[str]:
    """Return the ids of the rules that stand in registrations that labels were measured on."""
    return {row["rule_id"] for row in _read_csv(file) if int(row["n_registrations"])}


def read_settled(file: Path = _SEEDS / "lexicon" / "cell_type_supersedes.csv") -> set[tuple[str, str]]:
    """Return the pairs of cell types of which the first supersedes the second."""
    return {(row["cell_type"], row["superseded_cell_type"]) for row in _read_csv(file)}


def wordings(rule: Rule, example: str | None = None) -> tuple[str, ...]:
    """Return the texts that a rule is made for: its term in its spellings, or the example of an expression.

    `~` stands for no, one or several separators. A rule with a condition on capitals gets its term in several
    spellings, among them the letters of the condition itself.
    """
    if rule.match_kind in EXPRESSIONS:
        return (example,) if example else ()
    texts = [rule.term.replace("~", separator) for separator in ("-", "", " ")]
    if rule.original_pattern:
        texts += [re.sub(r"[\^$()?\\]|\.\?", "", rule.original_pattern)]
        texts += [spelled for text in texts for spelled in (text.upper(), text[:-1].upper() + text[-1:], text.title())]
    return tuple(dict.fromkeys(texts))


def read_wordings(laboratory: Laboratory, asked: Sequence[tuple[Rule, str]]) -> list[set[Found]]:
    """Return what the lexicons read in each wording, in the order asked.

    Raises:
        RuntimeError: dbt could not build the models.
    """
    texts = pa.Table.from_pylist(
        [
            {
                "registration_id": str(number),
                "field": "public_title",
                "position": 1,
                "language": rule.language,
                "text": wording,
            }
            for number, (rule, wording) in enumerate(asked)
            if rule.lexicon != "organisation"
        ]
    )
    names = pa.table({"name": [wording for rule, wording in asked if rule.lexicon == "organisation"]})
    with duckdb.connect(str(laboratory.database)) as connection:
        connection.execute("create schema if not exists intermediate")
        for relation, rows in (("int_registration_texts", texts), ("int_registration_sponsors", names)):
            connection.register("wordings", rows)
            connection.execute(f"create or replace table intermediate.{relation} as select * from wordings")  # noqa: S608 - our table
    laboratory.build(["path:seeds/lexicon", "int_text_segments", *_MODELS])
    return _found(laboratory, asked)


def read_again(laboratory: Laboratory, asked: Sequence[tuple[Rule, str]], only: Collection[str]) -> list[set[Found]]:
    """Return what is read in the wordings of `read_wordings` when only some rules take part; masks always do.

    Raises:
        RuntimeError: dbt could not build the models.
    """
    with duckdb.connect(str(laboratory.database)) as connection:
        connection.register("taking_part", pa.table({"rule_id": list(only)}))
        for lexicon in LEXICONS:
            connection.execute(f"""
                delete from seeds.{lexicon}_terms
                where role = 'include' and rule_id not in (select rule_id from taking_part)
            """)  # noqa: S608 - our tables
    laboratory.build(_MODELS)
    return _found(laboratory, asked)


def _found(laboratory: Laboratory, asked: Sequence[tuple[Rule, str]]) -> list[set[Found]]:
    by_text: dict[tuple[str, str], set[Found]] = defaultdict(set)
    for lexicon in LEXICONS:
        columns = "name, rule_id, label, coalesce(strength, '')"
        if lexicon != "organisation":
            columns = "registration_id, rule_id, label, coalesce(strength, ''), starts_at, ends_before"
        for key, *found in laboratory.read(f"intermediate.int_{lexicon}_hits", columns):
            by_text[lexicon, key].add(Found(*found))
    return [
        by_text[rule.lexicon, wording if rule.lexicon == "organisation" else str(number)]
        for number, (rule, wording) in enumerate(asked)
    ]


def check(home: Path, examples: Mapping[str, str], kept: Collection[str] = ()) -> list[Problem]:
    """Return what is wrong with the rules of the lexicons, read in a scratch home.

    Args:
        home: an empty folder for the scratch warehouse.
        examples: rule id → wording, for rules that are expressions.
        kept: ids of idle rules that a reviewer keeps.

    Raises:
        RuntimeError: dbt could not build the models.
    """
    rules = read_rules()
    missing = [
        Problem("dead", rule.rule_id, "is an expression without an example of what it looks for")
        for rule in rules
        if not wordings(rule, examples.get(rule.rule_id))
    ]
    asked = [(rule, wording) for rule in rules for wording in wordings(rule, examples.get(rule.rule_id))]
    laboratory = empty(home)
    found = read_wordings(laboratory, asked)
    seen = read_seen()
    found_by_seen = read_again(laboratory, asked, seen)
    unseen = {rule.rule_id for rule in rules} - seen - set(kept)
    return [
        *missing,
        *dead_rules(asked, found),
        *contradictory_rules(asked, found, read_settled()),
        *idle_rules(asked, found, found_by_seen, unseen),
    ]


def dead_rules(asked: Sequence[tuple[Rule, str]], found: Sequence[set[Found]]) -> list[Problem]:
    """Return the rules that find none of their own wordings, with what is found there instead."""
    alive = {rule.rule_id for (rule, _), here in zip(asked, found, strict=True) if rule.rule_id in _ids(here)}
    instead: dict[str, set[str]] = defaultdict(set)
    for (rule, _), here in zip(asked, found, strict=True):
        instead[rule.rule_id] |= _ids(here)
    return [
        Problem(
            "dead",
            rule_id,
            f"does not find its own wording; found there: {', '.join(sorted(others)) or 'nothing'}",
        )
        for rule_id, others in instead.items()
        if rule_id not in alive
    ]


def contradictory_rules(
    asked: Sequence[tuple[Rule, str]], found: Sequence[set[Found]], settled: Collection[tuple[str, str]] = ()
) -> list[Problem]:
    """Return the rules whose wording gives labels that exclude each other at one and the same place.

    `settled` are pairs of labels (the one that stays, the one that goes) between which a priority decides.
    """
    problems = {}
    for (rule, wording), here in zip(asked, found, strict=True):
        labels: dict[tuple[int, int], set[str]] = defaultdict(set)
        for read in here:
            labels[read.starts_at, read.ends_before].add(read.label)
        for given in labels.values():
            several = {label for label in given if not any((other, label) in settled for other in given)}
            if len(several) > 1 and _exclude_each_other(rule.lexicon, several):
                problems[rule.rule_id] = Problem(
                    "contradictory", rule.rule_id, f"“{wording}” gives {' and '.join(sorted(several))}"
                )
    return list(problems.values())


def _exclude_each_other(lexicon: str, labels: Collection[str]) -> bool:
    """Whether a wording cannot have all of these labels: one is allowed, one is a rest label, an attribute twice."""
    attributes = {label.split("=")[0] for label in labels}
    return lexicon not in SEVERAL_LABELS or bool(REST_LABELS & set(labels)) or len(attributes) < len(labels)


def idle_rules(
    asked: Sequence[tuple[Rule, str]],
    found: Sequence[set[Found]],
    found_by_seen: Sequence[set[Found]],
    unseen: Collection[str],
) -> list[Problem]:
    """Return the rules that are never seen and whose every wording is read in the same way without the unseen ones."""
    adds: set[str] = set()
    instead: dict[str, set[str]] = defaultdict(set)
    for (rule, _), here, without in zip(asked, found, found_by_seen, strict=True):
        if rule.rule_id not in unseen or rule.rule_id not in _ids(here):
            continue
        instead[rule.rule_id] |= _ids(without)
        if {read.meaning for read in here} != {read.meaning for read in without}:
            adds.add(rule.rule_id)
    return [
        Problem("idle", rule_id, f"stands nowhere, and its wording is read the same by {', '.join(sorted(others))}")
        for rule_id, others in instead.items()
        if rule_id not in adds
    ]


def _ids(found: Iterable[Found]) -> set[str]:
    return {read.rule_id for read in found}


def _read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def read_examples(file: Path = settings.PROJECT / "tests" / "unit" / "lexicon_examples.csv") -> dict[str, str]:
    """Return rule id → an example of what an expression looks for."""
    return {row["rule_id"]: row["example"] for row in _read_csv(file)}


def read_kept(file: Path = settings.PROJECT / "tests" / "unit" / "lexicon_kept.csv") -> dict[str, str]:
    """Return rule id → why a reviewer keeps it although it is idle."""
    return {row["rule_id"]: row["reason"] for row in _read_csv(file)}


def main(arguments: list[str] | None = None) -> None:
    """Print what is wrong with the rules of the lexicons."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="where to keep the scratch warehouse (default: a temporary folder)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        problems = check(options.home or Path(temporary), read_examples(), read_kept())
    for problem in problems:
        print(f"{problem.kind} {problem.rule_id}: {problem.message}")
    print(f"{len(problems)} problems in {len(read_rules())} rules")


if __name__ == "__main__":
    main()
