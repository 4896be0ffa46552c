"""How long linking takes at 10,000 to 100,000 registrations: `python tests/benchmarks/bench_linking.py BUILT_DATABASE`.

The registrations of a built database (all of them, whatever it links) are copied with other ids, dates, sizes, sponsors
and a share of other words, so that the vocabulary grows as it does in a registry, and the dedupe models are run over
each size. `--one-sponsor 5000` gives so many of them one lead sponsor. Not part of the suite.
"""

import argparse
import tempfile
from pathlib import Path

import duckdb
from multiplied import OTHER_SPONSOR, multiply, run_models, slowest

# What the dedupe models read, beside their seeds.
INPUTS = (
    "int_registrations",
    "int_registration_texts",
    "int_registration_identifiers",
    "int_registration_interventions",
    "int_registration_sponsors",
    "int_registration_countries",
    "int_registration_sites",
    "int_registration_screening",
    "int_registration_cell_types",
    "int_registration_targets",
    "int_target_hits",
    "int_registration_products",
    "int_registration_phases",
)
CHANGES = {
    "int_registrations": {
        "registration_date": "registration_date + cast(hash({id}, {j}) % 3000 as integer) - 1500",
        "start_date": "start_date + cast(hash({id}, {j}) % 3000 as integer) - 1500",
        "target_enrollment": "target_enrollment + cast(hash({id}, {j}) % 40 as integer)",
    },
    "int_registration_texts": {"text": "reword(text, {j}, 3)"},
    "int_registration_interventions": {"name": "reword(name, {j}, 3)"},
    "int_registration_sponsors": {"name": OTHER_SPONSOR},
}


def give_one_sponsor(database: Path, count: int) -> None:
    """Let `count` registrations have one lead sponsor, as the largest hospitals do in a register."""
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            """
            update intermediate.int_registration_sponsors set name = 'One Large University Hospital'
            where role = 'lead' and registration_id in (
                select registration_id from intermediate.int_registrations order by md5(registration_id) limit ?
            )
            """,
            [count],
        )


def main() -> None:
    """Print size, seconds on the clock and of all processors, block members, pairs kept, and the slowest models."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--one-sponsor", type=int, default=0, metavar="N", help="registrations of one lead sponsor")
    parser.add_argument("--models", type=int, default=4, help="how many of the slowest models to name")
    options = parser.parse_args()
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            (home / "build").mkdir()
            database = home / "build" / "landscape.duckdb"
            count = multiply(options.database, database, size, INPUTS, CHANGES)
            give_one_sponsor(database, options.one_sponsor)
            run_models(home, "path:seeds/linkage", "link_overrides")
            took = run_models(home, "path:models/intermediate/dedupe", variables={"link_scope": "all"})
            with duckdb.connect(str(database), read_only=True) as connection:
                blocks = connection.execute("select count(*) from intermediate.int_linkage_blocks").fetchall()[0][0]
                kept = connection.execute("select count(*) from intermediate.int_link_scores").fetchall()[0][0]
            models = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in slowest(home, options.models))
            print(
                f"{count:>8,} registrations  {took.wall:6.1f} s  {took.cpu:6.1f} s CPU  "
                f"{blocks:>10,} block members  {kept:>8,} pairs kept  {models}",
                flush=True,
            )


if __name__ == "__main__":
    main()
