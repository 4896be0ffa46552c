"""The probabilistic match of registrations of different registers: one row per compared pair above the floor."""

import duckdb

from dbt_project.linkage.match import assemble_records, compare, describe, load_model


def model(dbt, session):
    """Return the pair, its match weight (bits) and probability, and the comparison behind them in words."""
    dbt.config(materialized="table")
    tables = {
        "facts": dbt.ref("int_linkage_facts").fetch_arrow_table(),
        "tokens": dbt.ref("int_linkage_tokens").fetch_arrow_table(),
        "weights": dbt.ref("int_linkage_token_weights").fetch_arrow_table(),
        "blocks": dbt.ref("int_linkage_blocks").fetch_arrow_table(),
    }
    floor = dbt.ref("match_thresholds").aggregate("min(min_weight)").fetchone()[0]
    settings = load_model()
    # splink leaves its working tables behind: they go away with this connection, and the build file never sees them.
    with duckdb.connect() as connection:
        connection.execute("set threads = 2")
        for name, table in tables.items():
            connection.register(name, table)
        assemble_records(connection, "facts", "tokens", "weights", "blocks")
        compare(connection, settings, floor=floor).to_table("scored")
        scores = describe(connection, settings, "scored")
    return scores
