"""How long linking takes at 10,000 to 100,000 registrations: `python tests/benchmarks/bench_linking.py BUILT_DATABASE`.

The registrations of a built database (all of them, whatever it links) are copied with other ids, dates, sizes, sponsors
and a share of other words, so that the vocabulary grows as it does in a registry, and the dedupe models are run over
each size. Not part of the suite.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[2]
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
    "int_registration_products",
    "int_registration_phases",
)
# Columns that a copy changes; {j} is the number of the copy, {id} the id that rows of one registration have in common.
CHANGES = {
    "int_registrations": {
        "registration_date": "registration_date + cast(hash({id}, {j}) % 3000 as integer) - 1500",
        "start_date": "start_date + cast(hash({id}, {j}) % 3000 as integer) - 1500",
        "target_enrollment": "target_enrollment + cast(hash({id}, {j}) % 40 as integer)",
    },
    "int_registration_texts": {"text": "reword(text, {j})"},
    "int_registration_interventions": {"name": "reword(name, {j})"},
    "int_registration_sponsors": {"name": "name || ' ' || chr(65 + cast(hash(name, {j}) % 8 as integer)) || 'x'"},
}
FUNCTIONS = """
create or replace macro reword(text, j) as array_to_string(list_transform(
    string_split(text, ' '),
    lambda word: case
        when length(word) > 5 and hash(word, j) % 10 < 3 then word || chr(cast(97 + j % 26 as integer)) || (j // 26)
        else word
    end
), ' ');
-- A number of the same register that no other registration has, but for one in some thousands.
create or replace macro renumber(id, j) as case
    when id like 'NCT%' then 'NCT' || lpad(cast(hash(id, j) % 100000000 as varchar), 8, '0')
    when id like 'ChiCTR%' then 'ChiCTR20' || lpad(cast(hash(id, j) % 100000000 as varchar), 8, '0')
    when id like 'CTR2%' then 'CTR20' || lpad(cast(hash(id, j) % 1000000 as varchar), 6, '0')
    else 'ISRCTN' || lpad(cast(hash(id, j) % 100000000 as varchar), 8, '0')
end
"""


def multiply(source: Path, target: Path, size: int) -> int:
    """Write a database with `size` registrations or a few more made from those of `source`; return how many."""
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{source}' as source (read_only)")
        connection.execute("create schema if not exists intermediate")
        connection.execute(FUNCTIONS)
        (n_source,) = connection.execute("select count(*) from source.intermediate.int_registrations").fetchall()[0]
        for table in INPUTS:
            copied = f"source.intermediate.{table}"
            connection.execute(f"create table intermediate.{table} as from {copied}")
            for j in range(1, -(-size // n_source)):
                changes = {column: change.format(id="registration_id", j=j) for column, change in _changes(table)}
                replaced = ", ".join(f"{change} as {column}" for column, change in changes.items())
                connection.execute(f"insert into intermediate.{table} select * replace ({replaced}) from {copied}")
        connection.execute("""
            create or replace table intermediate.int_registrations as
            from intermediate.int_registrations qualify row_number() over (partition by registration_id) = 1
        """)
        (count,) = connection.execute("select count(*) from intermediate.int_registrations").fetchall()[0]
    return int(count)


def _changes(table: str) -> list[tuple[str, str]]:
    return [("registration_id", "renumber({id}, {j})"), *CHANGES.get(table, {}).items()]


def link(home: Path) -> float:
    """Run the dedupe models; return the seconds that they took."""
    command = [
        sys.executable, "-m", "dbt.cli.main", "--quiet", "build", "--select", "path:models/intermediate/dedupe",
        "--exclude-resource-type", "test", "unit_test", "--vars", json.dumps({"link_scope": "all"}),
        "--project-dir", str(ROOT), "--profiles-dir", str(ROOT),
        "--target-path", str(home / "target"), "--log-path", str(home),
    ]  # fmt: skip
    environment = os.environ | {"LANDSCAPE_HOME": str(home)}
    seeds = [part if part != "path:models/intermediate/dedupe" else "path:seeds/linkage" for part in command]
    overrides = [part if part != "path:models/intermediate/dedupe" else "link_overrides" for part in command]
    for preparation in (seeds, overrides):
        subprocess.run(preparation, cwd=ROOT, env=environment, check=True)
    started = time.monotonic()
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return time.monotonic() - started


def main() -> None:
    """Print size, seconds, pairs scored and trials for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    options = parser.parse_args()
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            (home / "build").mkdir()
            database = home / "build" / "landscape.duckdb"
            count = multiply(options.database, database, size)
            seconds = link(home)
            with duckdb.connect(str(database), read_only=True) as connection:
                blocks = connection.execute("select count(*) from intermediate.int_linkage_blocks").fetchall()[0][0]
                kept = connection.execute("select count(*) from intermediate.int_link_scores").fetchall()[0][0]
            print(
                f"{count:>8,} registrations  {seconds:6.1f} s  {blocks:>10,} block members  {kept:>8,} pairs kept",
                flush=True,
            )


if __name__ == "__main__":
    main()
