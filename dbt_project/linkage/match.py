"""The probabilistic match: records as lists of tokens, scored pair by pair with splink and the trained model."""

import json
import logging
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

MODEL_FILE = Path(__file__).with_name("model.json")

# A token is kept as one number, its index times this plus its weight, so that sets are compared without strings.
_WEIGHT_RANGE = 4096

# Features that are compared as weighted sets; each becomes a list column and the sum of its weights.
WEIGHTED_FEATURES = ("title_word", "title_pair", "concept", "given_word", "sponsor_word")
SET_FEATURES = (
    "disease", "disease_kind", "target", "cell_type", "product", "acronym", "title_name", "sponsor", "site", "country",
    "province", "age_group", "therapy_line",
)  # fmt: skip
# Features of which the rare tokens are listed once more, those of this weight (tenths of a bit) or more: to share CD19
# says little, to share an antigen of five trials much.
RARE_FEATURES = ("target", "disease")
_RARE_WEIGHT = 80
# Features that are compared with each other and so share their numbers: a sponsor with a site, an acronym with a title.
_ALIASES = {"site": "sponsor", "title_name": "acronym", "disease_kind": "disease"}
# A long text and a short one have few pieces in common to go by: fewer than this prove nothing.
_MIN_SAMPLE = 8
# An acronym that more registrations have is no name (COVID-19).
_MAX_ACRONYM = 30

# Functions that the conditions of model.json are written in. All are null when a side has nothing to compare.
_FUNCTIONS = f"""
create or replace macro shared_weight(a, b) as
    coalesce(list_sum(list_transform(list_intersect(a, b), lambda token: token & {_WEIGHT_RANGE - 1})), 0);
create or replace macro similarity(a, b, weight_a, weight_b) as
    shared_weight(a, b) / (weight_a + weight_b - shared_weight(a, b));
create or replace macro containment(a, b, weight_a, weight_b) as
    shared_weight(a, b) / least(weight_a, weight_b);
create or replace macro size_difference(target_a, actual_a, target_b, actual_b) as
    list_min(list_filter([
        abs(target_a - target_b) / greatest(target_a, target_b),
        abs(target_a - actual_b) / greatest(target_a, actual_b),
        abs(actual_a - target_b) / greatest(actual_a, target_b),
        abs(actual_a - actual_b) / greatest(actual_a, actual_b)
    ], lambda difference: difference is not null));
create or replace macro shared_sample(a, b) as
    len(list_intersect(a, b)) / greatest({_MIN_SAMPLE}, least(
        len(list_filter(a, lambda piece: piece <= list_max(b))), len(list_filter(b, lambda piece: piece <= list_max(a)))
    ));
"""


def load_model(path: Path = MODEL_FILE) -> dict[str, Any]:
    """Return the reviewed splink settings with their trained probabilities."""
    settings: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return settings


def assemble_records(connection: duckdb.DuckDBPyConnection, facts: str, tokens: str, weights: str, blocks: str) -> None:
    """Make the table `records` that splink reads, one row per registration, from the linkage models."""
    lists = ",\n".join(
        f"list(number order by number) filter (where feature = '{feature}') as {feature}s"
        for feature in (*WEIGHTED_FEATURES, *SET_FEATURES)
    )
    sums = ",\n".join(
        f"sum(weight) filter (where feature = '{feature}') as {feature}_weight" for feature in WEIGHTED_FEATURES
    )
    rare = ",\n".join(
        f"list(number) filter (where feature = '{feature}' and weight >= {_RARE_WEIGHT}) as rare_{feature}s"
        for feature in RARE_FEATURES
    )
    weighted = ", ".join(map(_quoted, WEIGHTED_FEATURES))
    family = (
        f"case feature {' '.join(f'when {_quoted(a)} then {_quoted(b)}' for a, b in _ALIASES.items())} else feature end"
    )
    connection.execute(_FUNCTIONS)
    connection.execute(f"""
        create or replace temp table records as
        with numbered as (
            select
                feature,
                token,
                least(weight, {_WEIGHT_RANGE - 1}) as weight,
                dense_rank() over (order by {family}, token) * {_WEIGHT_RANGE}
                + case when feature in ({weighted}) then least(weight, {_WEIGHT_RANGE - 1}) else 0 end as number
            from {weights}
            where feature not in ('acronym', 'title_name') or n_registrations <= {_MAX_ACRONYM}
        ),
        listed as (
            select
                registration_id, {lists}, {rare}, {sums},
                -- Whole, because misspelt names have no word in common.
                min(token) filter (where feature = 'lead_sponsor') as lead_sponsor
            from {tokens} inner join numbered using (feature, token)
            group by registration_id
        ),
        block_numbers as (
            select block_key, row_number() over (order by block_key) as block_number
            from (select distinct block_key from {blocks})
        ),
        blocked as (
            select registration_id, list(block_number order by block_number) as block_keys
            from {blocks} inner join block_numbers using (block_key)
            group by registration_id
        )
        select
            facts.*,
            listed.* exclude (registration_id),
            blocked.block_keys
        from {facts} as facts
        inner join blocked using (registration_id)
        left join listed using (registration_id)
        order by registration_id
    """)  # noqa: S608 - relation names of this project, no input


def compare(
    connection: duckdb.DuckDBPyConnection,
    settings: Mapping[str, Any],
    floor: float | None = None,
) -> duckdb.DuckDBPyRelation:
    """Return splink's comparison of every blocked pair: the ids, one gamma per comparison, weight and probability.

    Pairs whose match weight (in bits) is below `floor` are compared and left out.
    """
    # splink imports plotting libraries; only a build that matches something pays for them.
    from splink import DuckDBAPI, Linker  # noqa: PLC0415

    logging.getLogger("splink").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        linker = Linker("records", dict(settings), db_api=DuckDBAPI(connection=connection), set_up_basic_logging=False)
        predictions = linker.inference.predict(threshold_match_weight=floor)
    return connection.table(predictions.physical_name)


def level_labels(settings: Mapping[str, Any]) -> dict[str, dict[int, str]]:
    """Return comparison → gamma → words for what agrees, as splink numbers its levels (null is -1, else from 0)."""
    labels: dict[str, dict[int, str]] = {}
    for comparison in settings["comparisons"]:
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        labels[comparison["output_column_name"]] = {
            len(levels) - 1 - position: level["label_for_charts"] for position, level in enumerate(levels)
        }
    return labels


def describe(connection: duckdb.DuckDBPyConnection, settings: Mapping[str, Any], scored: str) -> pa.Table:
    """Return the pairs of `scored` (a relation of `compare`) in order, with the comparison behind each in words."""
    parts = []
    for name, labels in level_labels(settings).items():
        words = " ".join(f"when {gamma} then {_quoted(label)}" for gamma, label in labels.items())
        parts.append(f"case gamma_{name} {words} end")
    return connection.execute(f"""
        select
            least(registration_id_l, registration_id_r) as registration_id_a,
            greatest(registration_id_l, registration_id_r) as registration_id_b,
            match_weight,
            match_probability,
            concat_ws('; ', {", ".join(parts)}) as comparison
        from {scored}
        order by registration_id_a, registration_id_b
    """).fetch_arrow_table()  # noqa: S608 - names of this project, no input


def load_tables(connection: duckdb.DuckDBPyConnection, tables: Iterable[tuple[str, pa.Table]]) -> None:
    """Make Arrow tables readable in a connection under the given names."""
    for name, table in tables:
        connection.register(name, table)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
