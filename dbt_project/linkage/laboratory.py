"""A scratch warehouse to train and measure linking in: real registrations with twins and decoys among them."""

import json
import os
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from dbt_project.dbt_runner import run_dbt
from dbt_project.linkage.twins import Twin, TwinWriter, document_hash
from extract.run import database_of, import_paths

# How many of each are made. The trial of an orphan is taken out of the data, so that only its look-alikes are left.
TWINS = {"twin": 400, "orphan": 150}
DECOYS = {"other_target": 70, "other_disease": 70, "follow_up": 60, "next_phase": 60, "other_group": 90}
# Records that nothing but a number joins to a trial, and records that name a number that is not theirs.
NAMING = {"explicit": 60, "trap": 60}
# Models that linking needs, and those that it makes.
SELECTION = [
    "build",
    "--select",
    "+int_trial_registrations",
    "int_registration_links",
    "--exclude-resource-type",
    "test",
    "unit_test",
]


@dataclass(frozen=True)
class Laboratory:
    """What a prepared scratch warehouse holds."""

    database: Path
    twins: Sequence[Twin]

    def read(self, relation: str, columns: str = "*") -> list[tuple[Any, ...]]:
        """Return the rows of a relation of the scratch warehouse."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(f"select {columns} from {relation}").fetchall()  # noqa: S608 - our relations


def prepare(registries: Path, home: Path) -> Laboratory:
    """Import registry files into a scratch home, add twins and decoys, and link everything.

    What an earlier run left in the home is replaced: it lacks the trials of the orphans.

    Raises:
        RuntimeError: dbt could not build the links; the message carries what it said.
    """
    database = database_of(home)
    database.unlink(missing_ok=True)
    import_paths([registries], home=home)
    twins = add_twins(database)
    link(home)
    return Laboratory(database, twins)


def link(home: Path) -> None:
    """Build the links of a scratch home, with every registration in scope.

    Raises:
        RuntimeError: dbt could not build them.
    """
    with _home_at(home):
        run = run_dbt(SELECTION, {"link_scope": "all"})
    if run.exit_code:
        raise RuntimeError(f"dbt could not link the registrations of {home}:\n{run.output}")


def add_twins(database: Path) -> list[Twin]:
    """Write twins and decoys of the Chinese cell-therapy studies in raw into raw; take out the trials of orphans.

    Made twice from the same records, they are the same; those of an earlier run are replaced.
    """
    with duckdb.connect(str(database)) as connection:
        documents = connection.execute("""
            select document from raw.clinicaltrials_gov
            where _dlt_valid_to is null and document like '%"country":"China"%'
            order by md5(registration_id)
        """).fetchall()
        read = [json.loads(document) for (document,) in documents]
        reserved, studies = read[::6], [study for position, study in enumerate(read) if position % 6]
        # One record may have both a twin and a decoy: then the decoy competes with the twin for the same trial.
        writer = TwinWriter()
        twins = writer.write(studies, _shuffled(TWINS))
        orphans = {twin.source_id for twin in twins if twin.kind == "orphan"}
        others = [s for s in reversed(studies) if s["protocolSection"]["identificationModule"]["nctId"] not in orphans]
        twins += writer.write(others, _shuffled(DECOYS), first_number=len(twins))
        # A record that names a number takes the place of any other of its register: it gets a trial of its own.
        twins += writer.write(reserved, _shuffled(NAMING), first_number=len(twins))
        for registry in ("chictr", "chinadrugtrials"):
            connection.execute(f"delete from raw.{registry} where source_file = 'twins'")  # noqa: S608 - our table
            connection.executemany(
                f"""insert into raw.{registry} (registration_id, document, document_hash, source_shape, source_file,
                    source_position, retrieved_at, is_sample, _dlt_valid_from, _dlt_load_id, _dlt_id)
                    values (?, ?, ?, 'twin', 'twins', ?, ?, false, ?, 'twins', ?)""",  # noqa: S608 - our table
                [
                    (
                        twin.registration_id,
                        json.dumps(twin.document, ensure_ascii=False),
                        document_hash(twin.document),
                        position,
                        datetime(2024, 1, 1, tzinfo=UTC),
                        datetime(2024, 1, 1, tzinfo=UTC),
                        f"twin-{twin.registration_id}",
                    )
                    for position, twin in enumerate(twins, start=1)
                    if twin.registry == registry
                ],
            )
        connection.executemany(
            "delete from raw.clinicaltrials_gov where registration_id = ?",
            [(twin.source_id,) for twin in twins if twin.kind == "orphan"],
        )
    return twins


def _shuffled(counts: Mapping[str, int]) -> list[str]:
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    random.Random(7).shuffle(kinds)
    return kinds


@contextmanager
def _home_at(home: Path) -> Iterator[None]:
    before = os.environ.get("LANDSCAPE_HOME")
    os.environ["LANDSCAPE_HOME"] = str(home)
    try:
        yield
    finally:
        if before is None:
            del os.environ["LANDSCAPE_HOME"]
        else:
            os.environ["LANDSCAPE_HOME"] = before
