"""Estimate the probabilities of the match model: `python -m dbt_project.linkage.train REGISTRY_FILES [--home FOLDER]`.

The conditions of model.json are written by people; this fills in how often each level occurs among pairs that are one
trial (m) and among pairs that blocking brings together and that are not (u). Pairs that are one trial are the tune
halves of the labelled pairs and of the twins; the test halves are left out of both. Levels are counted, not iterated to
(the labels are there), so that the result depends on nothing but its input. Token frequencies of the same registrations
are written beside, so that a word weighs the same in a small load.
"""

import argparse
import csv
import json
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from dbt_project import settings
from dbt_project.linkage.laboratory import NAMING, Laboratory, prepare
from dbt_project.linkage.match import (
    MODEL_FILE,
    RARE_FEATURES,
    WEIGHTED_FEATURES,
    assemble_records,
    compare,
    level_labels,
    load_model,
)

GOLD_PAIRS = settings.PROJECT / "tests" / "gold" / "registration_pairs.csv"
TOKEN_FREQUENCIES = settings.PROJECT / "seeds" / "linkage" / "token_frequencies.csv"

SIBLING_RULES = settings.PROJECT / "seeds" / "linkage" / "sibling_rules.csv"

# Added to the count of each level, so that one that the labels happen not to show is unlikely and not impossible.
_SMOOTHING = 1.0
# There are few labelled real pairs among the twins: each counts as this many.
_WEIGHT_OF_READ_PAIRS = 4
# Twins disagree in fewer ways than registries do, so that no single disagreement may weigh more than this, in bits.
_MAX_DISAGREEMENT = 5.0
# Comparisons of which the levels go from agreement to disagreement.
ORDERED = frozenset(["sponsor", "size", "start", "registered", "phase", "acronym", "criteria"])
# Weighted tokens that fewer registrations of the reference corpus hold are as rare as new ones.
_MIN_DOCUMENTS = 6


def read_gold(path: Path = GOLD_PAIRS) -> list[dict[str, str]]:
    """Return the labelled pairs of registrations."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def open_pairs(database: Path, model: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """Return a connection with the table `compared`, every blocked pair of a linked warehouse with its levels."""
    connection = duckdb.connect()
    connection.execute(f"attach '{database}' as lab (read_only)")
    relations = {
        name: f"lab.intermediate.int_linkage_{name}" for name in ("facts", "tokens", "token_weights", "blocks")
    }
    assemble_records(
        connection, relations["facts"], relations["tokens"], relations["token_weights"], relations["blocks"]
    )
    levels = ", ".join(f"gamma_{name}" for name in level_labels(model))
    pairs = compare(connection, model)
    pairs.project(
        "least(registration_id_l, registration_id_r) as a, greatest(registration_id_l, registration_id_r) as b, "
        f"match_weight, match_probability, {levels}"
    ).to_table("compared")
    return connection


def label_pairs(connection: duckdb.DuckDBPyConnection, laboratory: Laboratory) -> None:
    """Make the table `labelled` (a, b, is_same, split, kind) of what is known about pairs."""
    rows = [
        (*sorted((row["registration_id_a"], row["registration_id_b"])), row["label"] == "same", row["split"], "gold")
        for row in read_gold()
    ]
    rows += [
        (*sorted((twin.registration_id, twin.source_id)), twin.is_same_trial, twin.split, twin.kind)
        for twin in laboratory.twins
        if twin.kind not in NAMING
    ]
    connection.execute("create table labelled (a varchar, b varchar, is_same boolean, split varchar, kind varchar)")
    connection.executemany("insert into labelled values (?, ?, ?, ?, ?)", rows)
    connection.execute("create table made_up (registration_id varchar, split varchar)")
    connection.executemany(
        "insert into made_up values (?, ?)",
        # Records that only a number joins to their trial tell nothing about agreement: they are in no half.
        [(twin.registration_id, "none" if twin.kind in NAMING else twin.split) for twin in laboratory.twins],
    )


def estimate(connection: duckdb.DuckDBPyConnection, model: dict[str, Any]) -> dict[str, Any]:
    """Return the model with m, u and the prior counted on the tune half.

    Pairs that a sibling rule keeps apart are left out: the model is asked about the others only, and would otherwise
    take a shared product for a sign of siblings.
    """
    connection.execute(f"""
        create or replace table training as
        select compared.*, coalesce(labelled.is_same, false) as is_same,
            case when labelled.kind = 'gold' then {_WEIGHT_OF_READ_PAIRS} else 1 end as n
        from compared
        inner join lab.intermediate.int_linkage_facts as facts_a on compared.a = facts_a.registration_id
        inner join lab.intermediate.int_linkage_facts as facts_b on compared.b = facts_b.registration_id
        left join labelled on compared.a = labelled.a and compared.b = labelled.b
        left join made_up as made_up_a on compared.a = made_up_a.registration_id
        left join made_up as made_up_b on compared.b = made_up_b.registration_id
        -- A pair without a label is not the same trial; neither is a twin and a trial other than its own. The few
        -- real pairs that nobody has labelled do not move frequencies over ten thousands of pairs.
        where coalesce(labelled.split, 'tune') = 'tune'
            and coalesce(made_up_a.split, 'tune') = 'tune' and coalesce(made_up_b.split, 'tune') = 'tune'
            and facts_a.sibling_markers is not distinct from facts_b.sibling_markers
            and not ({_kept_apart(model)})
    """)  # noqa: S608 - names of this project, no input
    trained: dict[str, Any] = json.loads(json.dumps(model))
    left_out = _left_out_levels(model)
    for comparison in trained["comparisons"]:
        name = comparison["output_column_name"]
        counts = _count_levels(connection, "training", name)
        seen = _count_levels(connection, "compared", name)
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        for position, level in enumerate(levels):
            gamma = len(levels) - 1 - position
            level["m_probability"] = _share(counts, True, gamma, len(levels))
            level["u_probability"] = _share(counts, False, gamma, len(levels))
            if (name, gamma) in left_out:
                # What a sibling rule keeps apart does not occur in training: it counts as the strongest disagreement.
                level["m_probability"] = 0.0
                level["u_probability"] = _share(seen, False, gamma, len(levels))
        if name in ORDERED:
            let_agreement_speak_for(levels)
        for level in levels:
            floor = level["u_probability"] / 2**_MAX_DISAGREEMENT
            level["m_probability"] = round(max(level["m_probability"], floor), 6)
    row = connection.execute("select sum(n) filter (where is_same), sum(n) from training").fetchone()
    assert row is not None
    trained["probability_two_random_records_match"] = round(float(row[0] / row[1]), 6)
    return trained


def let_agreement_speak_for(levels: list[dict[str, Any]]) -> None:
    """Give levels of m/u that rise from agreement to disagreement the ratio that they have together.

    Where pairs are few, chance would otherwise make a worse agreement speak more for one trial than a better one.
    """
    pools: list[list[dict[str, Any]]] = []
    for level in levels:
        pools.append([level])
        while len(pools) > 1 and _ratio(pools[-1]) > _ratio(pools[-2]):
            pools[-2:] = [pools[-2] + pools[-1]]
    for pool in pools:
        ratio = _ratio(pool)
        for level in pool:
            level["m_probability"] = level["u_probability"] * ratio


def _ratio(levels: list[dict[str, Any]]) -> float:
    return float(sum(level["m_probability"] for level in levels) / sum(level["u_probability"] for level in levels))


def _count_levels(connection: duckdb.DuckDBPyConnection, relation: str, name: str) -> dict[tuple[bool, int], float]:
    """Return (is one trial, gamma) → pairs of a relation; in `compared` no pair is known to be one trial."""
    is_same, n = ("is_same", "sum(n)") if relation == "training" else ("false", "count(*)")
    rows = connection.execute(
        f"select {is_same}, gamma_{name}, {n} from {relation} where gamma_{name} >= 0 group by all"  # noqa: S608
    ).fetchall()
    return {(same, gamma): float(count) for same, gamma, count in rows}


def _share(counts: dict[tuple[bool, int], float], is_same: bool, gamma: int, n_levels: int) -> float:
    total = sum(n for (label, _), n in counts.items() if label is is_same) + _SMOOTHING * n_levels
    return round((counts.get((is_same, gamma), 0.0) + _SMOOTHING) / total, 6)


def _left_out_levels(model: dict[str, Any]) -> set[tuple[str, int]]:
    """Return the (comparison, gamma) that a sibling rule keeps apart before the model is asked."""
    labels = level_labels(model)
    with SIBLING_RULES.open(encoding="utf-8", newline="") as file:
        rules = [row for row in csv.DictReader(file) if row["is_left_out_of_training"] == "true"]
    return {
        (row["comparison"], gamma)
        for row in rules
        for gamma, label in labels.get(row["comparison"], {}).items()
        if label == row["level"]
    }


def _kept_apart(model: dict[str, Any]) -> str:
    """Return the condition under which a sibling rule keeps a compared pair apart."""
    return " or ".join(f"gamma_{name} = {gamma}" for name, gamma in sorted(_left_out_levels(model)))


def reference_frequencies(laboratory: Laboratory) -> list[tuple[str, str, int, int]]:
    """Return (feature, token, registrations with it, registrations) of features of weight, made-up records aside."""
    made_up = {twin.registration_id for twin in laboratory.twins}
    documents: Counter[tuple[str, str]] = Counter()
    registrations: set[str] = set()
    for registration_id, feature, token in laboratory.read(
        "intermediate.int_linkage_tokens", "registration_id, feature, token"
    ):
        if registration_id not in made_up:
            registrations.add(registration_id)
            documents[feature, token] += 1
    return sorted(
        (feature, token, n, len(registrations))
        for (feature, token), n in documents.items()
        if feature in {*WEIGHTED_FEATURES, *RARE_FEATURES} and n >= _MIN_DOCUMENTS
    )


def write_frequencies(rows: Iterable[tuple[str, str, int, int]], path: Path = TOKEN_FREQUENCIES) -> None:
    """Write the token frequencies as the seed that int_linkage_token_weights reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "token", "n_documents", "n_registrations"])
        writer.writerows(rows)


def main(arguments: list[str] | None = None) -> None:
    """Prepare a scratch warehouse from registry files, estimate, and write model.json and token_frequencies.csv."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("registries", type=Path, help="folder of registry files to learn from")
    parser.add_argument("--home", type=Path, help="where to keep the scratch warehouse (default: a temporary folder)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        laboratory = prepare(options.registries, options.home or Path(temporary))
        write_frequencies(reference_frequencies(laboratory))
        model = load_model()
        connection = open_pairs(laboratory.database, model)
        label_pairs(connection, laboratory)
        MODEL_FILE.write_text(
            json.dumps(estimate(connection, model), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    print(f"wrote {MODEL_FILE} and {TOKEN_FREQUENCIES}: read the differences before you commit them")


if __name__ == "__main__":
    main()
