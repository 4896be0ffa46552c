"""Databases of any size made from a built one, and the models run over them: what the benchmarks share."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[2]
FUNCTIONS = """
-- A share of the longer words gets an ending of the copy's own, so that the vocabulary grows as it does in a registry.
create or replace macro reword(text, j, tenths) as array_to_string(list_transform(
    string_split(text, ' '),
    lambda word: case
        when length(word) > 5 and hash(word, j) % 10 < tenths
            then word || chr(cast(97 + j % 26 as integer)) || (j // 26)
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
# A sponsor of another name, of the same kind.
OTHER_SPONSOR = "name || ' ' || chr(65 + cast(hash(name, {j}) % 8 as integer)) || 'x'"


@dataclass(frozen=True)
class Time:
    """Seconds that a run took: on the clock, and of all processors together."""

    wall: float
    cpu: float


def multiply(
    source: Path, target: Path, size: int, tables: Sequence[str], changes: Mapping[str, dict[str, str]]
) -> int:
    """Write a database with `size` registrations or a few more made from those of `source`; return how many.

    `tables` of the intermediate schema are copied; `changes` says, by table and column, which expression a copy holds
    instead, where {j} is the number of the copy and {id} the id that the rows of one registration have in common.
    """
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{source}' as source (read_only)")
        connection.execute("create schema if not exists intermediate")
        connection.execute(FUNCTIONS)
        (n_source,) = connection.execute("select count(*) from source.intermediate.int_registrations").fetchall()[0]
        for table in tables:
            copied = f"source.intermediate.{table}"
            connection.execute(f"create table intermediate.{table} as from {copied}")
            expressions = {"registration_id": "renumber({id}, {j})", **changes.get(table, {})}
            for j in range(1, -(-size // n_source)):
                replaced = ", ".join(
                    f"{expression.format(id='registration_id', j=j)} as {column}"
                    for column, expression in expressions.items()
                )
                connection.execute(f"insert into intermediate.{table} select * replace ({replaced}) from {copied}")
        connection.execute("""
            create or replace table intermediate.int_registrations as
            from intermediate.int_registrations qualify row_number() over (partition by registration_id) = 1
        """)
        (count,) = connection.execute("select count(*) from intermediate.int_registrations").fetchall()[0]
    return int(count)


def run_models(home: Path, *selections: str, variables: Mapping[str, object] | None = None) -> Time:
    """Build the selected seeds and models in the database below `home`; return what it took, dbt's start included."""
    command = [
        str(Path(sys.executable).with_name("dbt")), "--quiet", "build", "--select", *selections,
        "--exclude-resource-type", "test", "unit_test", "--vars", json.dumps(variables or {}),
        "--project-dir", str(ROOT), "--profiles-dir", str(ROOT),
        "--target-path", str(home / "target"), "--log-path", str(home),
    ]  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    subprocess.run(command, cwd=ROOT, env=os.environ | {"LANDSCAPE_HOME": str(home)}, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Time(wall=time.monotonic() - started, cpu=cpu)


def slowest(home: Path, most: int) -> list[tuple[str, float]]:
    """Name and seconds of the models of the last run that took longest."""
    results = json.loads((home / "target" / "run_results.json").read_text())["results"]
    seconds = [(result["unique_id"].rsplit(".", 1)[1], float(result["execution_time"])) for result in results]
    return sorted(seconds, key=lambda model: -model[1])[:most]
