"""Spooled rows to raw through dlt: Arrow batches, merged with scd2 on the document's hash, all or nothing for a
command.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from extract import ledger, lock
from extract.errors import DatabaseBusy
from extract.spool import RAW_SCHEMA, REGISTRIES, FileCount, Spool

if TYPE_CHECKING:
    from dlt.extract import DltResource

# Nothing is reported to anybody, and dlt's remark that Arrow types are kept as they are is no news. Set before dlt is
# imported.
os.environ.setdefault("RUNTIME__DLTHUB_TELEMETRY", "false")
os.environ.setdefault("RUNTIME__LOG_LEVEL", "ERROR")

DATASET = "raw"
#: How folders of a running command beside the database begin; what a killed one leaves, the next import removes.
WORK = "work-"
_PIPELINE = "landscape_raw"
_ROWS_AT_ONCE = 5000

_DLT_TYPES: dict[pa.DataType, dict[str, Any]] = {
    pa.string(): {"data_type": "text"},
    pa.date32(): {"data_type": "date"},
    pa.timestamp("us"): {"data_type": "timestamp", "timezone": False},
    pa.timestamp("us", "UTC"): {"data_type": "timestamp", "timezone": True},
    pa.int64(): {"data_type": "bigint"},
    pa.bool_(): {"data_type": "bool"},
}


@dataclass(frozen=True, slots=True)
class RawState:
    """How many rows of raw are from the sample and how many are real."""

    sample: int
    real: int


def connect(database: Path) -> duckdb.DuckDBPyConnection:
    """Open the build database for writing.

    Raises:
        DatabaseBusy: a build or another import has it open.

    """
    try:
        return duckdb.connect(str(database))
    except duckdb.IOException as error:
        if "lock" not in str(error).lower():
            raise
        raise DatabaseBusy(
            f"{database} is in use by another build or import: wait until it has ended, then run again"
        ) from error


def ensure_raw(database: Path) -> None:
    """Create raw and quality with all their tables where they are not there yet, and undo a load that was killed.

    Raises:
        DatabaseBusy: an import or a build has the database.

    """
    with lock.held(database.parent):
        prepare(database)


def prepare(database: Path) -> None:
    """Do what `ensure_raw` does, for a caller that holds the lock."""
    with connect(database) as connection:
        present = {row[0] for row in connection.execute(_TABLES, [DATASET]).fetchall()}
    ledger.ensure_quality(database)
    if not set(REGISTRIES) <= present:
        _run_dlt(database, {}, datetime.now(UTC))
    undo_interrupted(database)


_TABLES = "select table_name from information_schema.tables where table_schema = ?"


def state_of(database: Path) -> RawState:
    """Count the rows of raw by whether they are from the sample."""
    counts = " union all ".join(f"select is_sample from {DATASET}.{registry}" for registry in REGISTRIES)  # noqa: S608 - constants
    with connect(database) as connection:
        row = connection.execute(
            f"select count(*) filter (where is_sample), count(*) filter (where not is_sample) from ({counts})"  # noqa: S608
        ).fetchone()
    assert row is not None
    return RawState(sample=row[0], real=row[1])


def count_registrations(database: Path) -> int:
    """Return how many rows raw holds, real ones and sample."""
    state = state_of(database)
    return state.sample + state.real


def delete_sample(database: Path) -> None:
    """Empty the sample from raw."""
    with connect(database) as connection:
        connection.begin()
        for registry in REGISTRIES:
            connection.execute(f"delete from {DATASET}.{registry} where is_sample")  # noqa: S608
        connection.commit()
    ledger.forget_sample(database)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a load will do: for each round the parquet file of each registry. One round holds one version of a
    registration.
    """

    rounds: list[dict[str, Path]]
    n_new: int


def plan(database: Path, spool: Spool, counts: Sequence[FileCount]) -> Plan:
    """Sort spooled rows into new and unchanged, note both on the files' counts, and write the new ones by rounds.

    A (registration, hash) that raw holds in any version is unchanged, and so is a second copy within the command.
    Versions of one registration go into successive rounds in the order of their record date, because one merge takes
    one version a key.
    """
    by_number = {count.number: count for count in counts}
    rounds: list[dict[str, Path]] = []
    n_new = 0
    with connect(database) as connection:
        for registry in spool.registries():
            connection.execute(_KEYS.format(table=f"{DATASET}.{registry}"), [str(spool.path(registry))])
            for number, new, old in connection.execute(_FILE_COUNTS).fetchall():
                count = by_number[number]
                count.loaded, count.unchanged = new, old
                n_new += new
            last = connection.execute("select coalesce(max(round), 0) from keys where is_new").fetchone()
            assert last is not None
            for number in range(1, last[0] + 1):
                if len(rounds) < number:
                    rounds.append({})
                target = spool.directory / f"{registry}-{number}.parquet"
                columns = ", ".join(
                    f"keys.{name}" if name == "data_cut" else f"rows.{name}" for name in RAW_SCHEMA.names
                )
                connection.execute(
                    _ROUND.format(columns=columns, round=number, target=str(target).replace("'", "''")),
                    [str(spool.path(registry))],
                )
                rounds[number - 1][registry] = target
    return Plan(rounds, n_new)


# The rows of one download of ICTRP carry one stamp, which day-month confusion can make two: the later of both is its
# data cut.
_KEYS = """
create or replace temp table keys as
with
incoming as (
    select
        sequence,
        file_number,
        registration_id,
        document_hash,
        record_date,
        max(data_cut) over (partition by file_number, strftime(data_cut, '%H:%M:%S')) as data_cut,
        row_number() over (partition by registration_id, document_hash order by sequence) as copy
    from read_parquet(?)
),
marked as (
    select
        incoming.*,
        copy = 1 and not exists (
            select 1 from {table} as held
            where held.registration_id = incoming.registration_id and held.document_hash = incoming.document_hash
        ) as is_new
    from incoming
)
select
    *,
    row_number() over (
        partition by registration_id, is_new order by record_date nulls first, data_cut nulls first, sequence
    ) as round
from marked
"""
_FILE_COUNTS = """
select file_number, count(*) filter (where is_new), count(*) filter (where not is_new) from keys group by file_number
"""
_ROUND = """
copy (
    select {columns}
    from read_parquet(?) as rows
    inner join keys on rows.sequence = keys.sequence
    where keys.is_new and keys.round = {round}
) to '{target}' (format parquet, compression zstd)
"""


def load(database: Path, planned: Plan) -> None:
    """Merge the planned rounds into raw; when one fails, take back those before it."""
    now = datetime.now(UTC)
    stamps = [now + timedelta(microseconds=number) for number in range(len(planned.rounds))]
    journal = _journal(database)
    journal.write_text(json.dumps([stamp.isoformat() for stamp in stamps]), encoding="utf-8")
    try:
        for files, stamp in zip(planned.rounds, stamps, strict=True):
            _run_dlt(database, files, stamp)
    except BaseException:
        undo_interrupted(database)
        raise
    journal.unlink()


def undo_interrupted(database: Path) -> None:
    """Take back what a killed or failed load left in raw; the caller holds the lock, so that load is not going on."""
    journal = _journal(database)
    if not journal.exists():
        return
    stamps = json.loads(journal.read_text(encoding="utf-8") or "[]")
    with connect(database) as connection:
        connection.begin()
        for registry in REGISTRIES:
            for stamp in stamps:
                connection.execute(f"delete from {DATASET}.{registry} where _dlt_valid_from = ?::timestamptz", [stamp])  # noqa: S608
                connection.execute(
                    f"update {DATASET}.{registry} set _dlt_valid_to = null where _dlt_valid_to = ?::timestamptz",  # noqa: S608
                    [stamp],
                )
        connection.commit()
    journal.unlink()


def _journal(database: Path) -> Path:
    return database.parent / "load-in-progress.json"


def raw_resource(registry: str, batches: Iterator[pa.RecordBatch], stamp: datetime) -> "DltResource":
    """Return the dlt resource of a raw table.

    Columns are given and frozen: a row with another column fails instead of changing the table. ``merge_key`` is the
    id, so that a registration that a file does not mention is not retired.
    """
    import dlt  # noqa: PLC0415 - takes half a second, which a build that only looks at raw need not wait for

    def rows() -> Iterator[pa.Table]:
        yield RAW_SCHEMA.empty_table()
        for batch in batches:
            yield pa.Table.from_batches([batch])

    return dlt.resource(
        rows,
        name=registry,
        columns={field.name: {**_DLT_TYPES[field.type], "nullable": field.nullable} for field in RAW_SCHEMA},
        merge_key="registration_id",
        write_disposition={
            "disposition": "merge",
            "strategy": "scd2",
            "row_version_column_name": "document_hash",
            "boundary_timestamp": stamp.isoformat(),
        },
        schema_contract={"tables": "evolve", "columns": "freeze", "data_type": "freeze"},
    )


def _run_dlt(database: Path, files: dict[str, Path], stamp: datetime) -> None:
    """Run one dlt load over all raw tables; one without a file gets no rows, which creates it where it is missing."""
    import dlt  # noqa: PLC0415 - as above

    dlt.config["normalize.parquet_normalizer.add_dlt_load_id"] = True
    dlt.config["normalize.parquet_normalizer.add_dlt_id"] = True
    dlt.config["load.truncate_staging_dataset"] = True
    folder = database.resolve().parent
    # dlt writes the path of its working folder into SQL without doubling apostrophes: where there is one in the path of
    # the data, it works in the system's temporary folder.
    beside = None if "'" in str(folder) else folder
    # The database is the state: dlt reads its schema from there, so that packages of a killed run cannot come back.
    with tempfile.TemporaryDirectory(prefix=WORK, dir=beside) as working:
        pipeline = dlt.pipeline(
            _PIPELINE,
            pipelines_dir=working,
            destination=dlt.destinations.duckdb(str(database.resolve())),
            dataset_name=DATASET,
            progress=None,
        )
        info: Any = pipeline.run(
            [raw_resource(registry, _batches(files.get(registry)), stamp) for registry in REGISTRIES]
        )
        info.raise_on_failed_jobs()


def _batches(file: Path | None) -> Iterator[pa.RecordBatch]:
    if file is None:
        return
    with pq.ParquetFile(file) as parquet:
        for batch in parquet.iter_batches(batch_size=_ROWS_AT_ONCE):
            yield batch.cast(RAW_SCHEMA)
