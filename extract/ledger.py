"""The quality schema as extraction writes it: what each batch came to, what is in quarantine, how each check ended."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from extract.spool import FileCount

_DDL = """
create schema if not exists quality;
create table if not exists quality.extract_batches (
    batch_id varchar not null,
    registry varchar,
    source_file varchar not null,
    source_shape varchar,
    n_read bigint not null,
    n_loaded bigint not null,
    n_unchanged bigint not null,
    n_quarantined bigint not null,
    n_refused bigint not null,
    reason varchar,
    data_cut timestamp,
    search varchar,
    started_at timestamptz not null,
    finished_at timestamptz
);
create table if not exists quality.quarantine (
    batch_id varchar not null,
    registry varchar,
    source_file varchar not null,
    source_position bigint not null,
    reason varchar not null,
    record_excerpt varchar,
    quarantined_at timestamptz not null
);
create table if not exists quality.check_results (
    run_id varchar not null,
    stage varchar not null,
    suite varchar not null,
    check_name varchar not null,
    subject varchar,
    success boolean not null,
    severity varchar not null,
    observed varchar,
    failing_rows varchar,
    checked_at timestamptz not null
);
"""

_UTC = pa.timestamp("us", "UTC")
_BATCHES = pa.schema(
    [
        ("batch_id", pa.string()),
        ("registry", pa.string()),
        ("source_file", pa.string()),
        ("source_shape", pa.string()),
        ("n_read", pa.int64()),
        ("n_loaded", pa.int64()),
        ("n_unchanged", pa.int64()),
        ("n_quarantined", pa.int64()),
        ("n_refused", pa.int64()),
        ("reason", pa.string()),
        ("data_cut", pa.timestamp("us")),
        ("search", pa.string()),
        ("started_at", _UTC),
        ("finished_at", _UTC),
    ]
)
_QUARANTINE = pa.schema(
    [
        ("batch_id", pa.string()),
        ("registry", pa.string()),
        ("source_file", pa.string()),
        ("source_position", pa.int64()),
        ("reason", pa.string()),
        ("record_excerpt", pa.string()),
        ("quarantined_at", _UTC),
    ]
)


# The run ids of sample loads begin with this, so that their traces can go with the sample.
SAMPLE_PREFIX = "sample-"
# How the search of a batch goes on when it fetched only what changed since the one before, or since a date asked for.
CONTINUED = " [continued from "
ASKED_SINCE = " [asked for since "


def ensure_quality(database: Path) -> None:
    """Create the tables of the quality schema where they are not there yet."""
    with duckdb.connect(str(database)) as connection:
        connection.execute(_DDL)


def batch_id(run_id: str, number: int) -> str:
    """Return the id of the number-th file of a run."""
    return f"{run_id}-{number:04d}"


def write_counts(database: Path, run_id: str, counts: Iterable[FileCount]) -> None:
    """Append what each file came to, and its unreadable records, in one transaction."""
    now = datetime.now(UTC)
    batches, quarantine = [], []
    for count in counts:
        identifier = batch_id(run_id, count.number)
        batches.append(
            {
                "batch_id": identifier,
                "registry": count.registry,
                "source_file": count.source_file,
                "source_shape": count.source_shape,
                "n_read": count.read,
                "n_loaded": count.loaded,
                "n_unchanged": count.unchanged,
                "n_quarantined": count.quarantined,
                "n_refused": count.refused,
                "reason": count.reason,
                "data_cut": count.data_cut,
                "search": count.search,
                "started_at": count.started_at,
                "finished_at": count.finished_at or now,
            }
        )
        quarantine += [
            {
                "batch_id": identifier,
                "registry": count.registry,
                "source_file": count.source_file,
                "source_position": record.position,
                "reason": record.reason,
                "record_excerpt": record.excerpt,
                "quarantined_at": now,
            }
            for record in count.quarantine
        ]
    append(database, "extract_batches", pa.Table.from_pylist(batches, schema=_BATCHES))
    append(database, "quarantine", pa.Table.from_pylist(quarantine, schema=_QUARANTINE))


def append(database: Path, table: str, rows: pa.Table) -> None:
    """Append rows to a table of the quality schema."""
    if not rows.num_rows:
        return
    with duckdb.connect(str(database)) as connection:
        connection.register("incoming", rows)
        connection.execute(f"insert into quality.{table} by name select * from incoming")  # noqa: S608 - a constant


def searched_until(database: Path, registry: str, scope: str) -> datetime | None:
    """Return the newest data cut that completed searches of this scope cover without a gap, None when there was none.

    A search with a date that somebody asked for leaves open what changed before it, so it does not count.
    """
    with duckdb.connect(str(database)) as connection:
        row = connection.execute(
            """
            select max(data_cut)
            from quality.extract_batches
            where registry = ? and reason is null and (search = ? or starts_with(search, ?))
            """,
            [registry, scope, f"{scope}{CONTINUED}"],
        ).fetchone()
    return row[0] if row else None


def forget_sample(database: Path) -> None:
    """Remove the batches and the quarantine of sample loads; check results stay, they name their run."""
    with duckdb.connect(str(database)) as connection:
        for table in ("extract_batches", "quarantine"):
            connection.execute(f"delete from quality.{table} where starts_with(batch_id, ?)", [SAMPLE_PREFIX])  # noqa: S608
