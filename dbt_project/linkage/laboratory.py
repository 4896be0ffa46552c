"""A scratch warehouse to train and measure linking in: real registrations with twins and decoys among them."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dbt_project import laboratory
from dbt_project.linkage.twins import Twin, TwinWriter

# How many of each are made. The trial of an orphan is taken out of the data, so that only its look-alikes are left.
TWINS = {"twin": 400, "orphan": 150}
DECOYS = {"other_target": 70, "other_disease": 70, "follow_up": 60, "next_phase": 60, "other_group": 90}
# Records that nothing but a number joins to a trial, and records that name a number that is not theirs.
NAMING = {"explicit": 60, "trap": 60}
# Models that linking needs, and those that it makes.
SELECTION = ("+int_trial_registrations", "int_registration_links")


@dataclass(frozen=True)
class Laboratory(laboratory.Laboratory):
    """A prepared scratch warehouse with the made-up registrations in it."""

    twins: Sequence[Twin]


def prepare(registries: Path, home: Path) -> Laboratory:
    """Import registry files into a scratch home, add twins and decoys, and link everything.

    What an earlier run left in the home is replaced: it lacks the trials of the orphans.

    Raises:
        RuntimeError: dbt could not build the links; the message carries what it said.
    """
    filled = laboratory.fill(home, [registries])
    twins = add_twins(filled)
    filled.build(SELECTION, {"link_scope": "all"})
    return Laboratory(filled.database, twins)


def add_twins(warehouse: laboratory.Laboratory) -> list[Twin]:
    """Write twins and decoys of the Chinese cell-therapy studies in raw into raw; take out the trials of orphans.

    Made twice from the same records, they are the same; those of an earlier run are replaced.
    """
    with duckdb.connect(str(warehouse.database)) as connection:
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
    warehouse.insert("twins", [(twin.registry, twin.registration_id, twin.document) for twin in twins])
    with duckdb.connect(str(warehouse.database)) as connection:
        connection.executemany(
            "delete from raw.clinicaltrials_gov where registration_id = ?", [(orphan,) for orphan in sorted(orphans)]
        )
    return twins


def _shuffled(counts: Mapping[str, int]) -> list[str]:
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    random.Random(7).shuffle(kinds)
    return kinds
