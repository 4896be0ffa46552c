"""A scratch warehouse to train and measure linking in: real registrations with twins and decoys among them."""

import json
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dbt_project import laboratory
from dbt_project.linkage.twins import DECOYS as DECOY_KINDS
from dbt_project.linkage.twins import Twin, TwinWriter, read_wordings

# Of the studies that readers put into other words, one in so many is an orphan: its trial is taken out of the data, so
# that only look-alikes are left. All others have a twin and two decoys.
_ORPHANS = 7
_DECOYS_OF_A_STUDY = 2
# Records that nothing but a number joins to a trial, and records that name a number that is not theirs.
NAMING = {"explicit": 60, "trap": 60}
# Models that linking needs, and those that it makes.
SELECTION = ("+int_trial_registrations", "int_registration_links")
RELINKED = ("int_linkage_registrations+,+int_registration_links", "int_trial_registrations")


@dataclass(frozen=True)
class Laboratory(laboratory.Laboratory):
    """A prepared scratch warehouse with the made-up registrations in it."""

    twins: Sequence[Twin]

    def hide_numbers(self, registration_ids: Collection[str]) -> None:
        """Take every number but their own out of the id fields and texts of registrations, and link once more.

        Raises:
            RuntimeError: dbt could not build the links.
        """
        with duckdb.connect(str(self.database)) as connection:
            ids = sorted(registration_ids)
            patterns = connection.execute("select pattern from seeds.identifier_patterns").fetchall()
            connection.execute(
                "delete from intermediate.int_registration_identifiers "
                "where field <> 'registration_id' and registration_id in (select unnest(?))",
                [ids],
            )
            for (pattern,) in patterns:
                connection.execute(
                    "update intermediate.int_registration_texts set text = regexp_replace(text, ?, ' ', 'gi') "
                    "where registration_id in (select unnest(?)) and regexp_matches(text, ?, 'i')",
                    [pattern, ids, pattern],
                )
        self.build(RELINKED, {"link_scope": "all"})


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
    wordings = read_wordings()
    worded: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for (document,) in documents:
        study = json.loads(document)
        (worded if _id_of(study) in wordings else others).append(study)
    writer = TwinWriter([*worded, *others])
    twins: list[Twin] = []
    for position, study in enumerate(worded):
        for kinds, limit in _kinds_of_worded(position):
            twins += writer.write(study, kinds, limit, first_number=len(twins))
    orphans = {twin.source_id for twin in twins if twin.kind == "orphan"}
    # A record that names a number takes the place of any other of its register: it gets a study of its own.
    naming = _shuffled(NAMING)
    for study in others:
        written = writer.write(study, naming[-1:], 1, first_number=len(twins))
        twins += written
        del naming[len(naming) - len(written) :]
    warehouse.insert("twins", [(twin.registry, twin.registration_id, twin.document) for twin in twins])
    with duckdb.connect(str(warehouse.database)) as connection:
        # WHO ICTRP shows some of them as well.
        for registry in ("clinicaltrials_gov", "ictrp"):
            connection.executemany(
                f"delete from raw.{registry} where registration_id = ?",  # noqa: S608 - our tables
                [(orphan,) for orphan in sorted(orphans)],
            )
    return twins


def _kinds_of_worded(position: int) -> list[tuple[list[str], int]]:
    """Return what to make of a study as (kinds to try in this order, how many of them to make)."""
    if position % _ORPHANS == 0:
        return [(["orphan"], 1)]
    first = position % len(DECOY_KINDS)
    return [(["twin"], 1), ([*DECOY_KINDS[first:], *DECOY_KINDS[:first]], _DECOYS_OF_A_STUDY)]


def _id_of(study: Mapping[str, Any]) -> str:
    return str(study["protocolSection"]["identificationModule"]["nctId"])


def _shuffled(counts: Mapping[str, int]) -> list[str]:
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    random.Random(7).shuffle(kinds)
    return kinds
