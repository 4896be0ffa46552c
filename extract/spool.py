"""Rows on their way from the readers to raw: parquet on disk, so that memory does not grow with the input."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from extract.records import Reading, Registration, Unreadable, hash_of, to_json
from extract.text import parse_date

REGISTRIES = ("clinicaltrials_gov", "ictrp", "chictr", "chinadrugtrials")

_ROWS_AT_ONCE = 1000

# What a raw table holds, beside the columns that dlt adds.
RAW_SCHEMA = pa.schema(
    [
        pa.field("registration_id", pa.string(), nullable=False),
        pa.field("document", pa.string(), nullable=False),
        pa.field("document_hash", pa.string(), nullable=False),
        pa.field("record_date", pa.date32()),
        pa.field("data_cut", pa.timestamp("us")),
        pa.field("source_shape", pa.string(), nullable=False),
        pa.field("source_file", pa.string(), nullable=False),
        pa.field("source_position", pa.int64(), nullable=False),
        pa.field("retrieved_at", pa.timestamp("us", "UTC"), nullable=False),
        pa.field("is_sample", pa.bool_(), nullable=False),
    ]
)

# What the gate looks at beside it; not loaded.
_GATE_FIELDS = [
    pa.field("sequence", pa.int64(), nullable=False),
    pa.field("file_number", pa.int64(), nullable=False),
    pa.field("title", pa.string()),
    pa.field("registered", pa.string()),
    pa.field("registered_on", pa.date32()),
    pa.field("status", pa.string()),
    pa.field("source_register", pa.string()),
    pa.field("document_length", pa.int64(), nullable=False),
]
_SPOOL_SCHEMA = pa.schema([*RAW_SCHEMA, *_GATE_FIELDS])
GATE_COLUMNS = [name for name in _SPOOL_SCHEMA.names if name not in {"document", "retrieved_at", "is_sample"}]


@dataclass(slots=True)
class FileCount:
    """What one file came to. read = loaded + unchanged + quarantined + refused; a file that is refused counts as
    one.
    """

    number: int
    registry: str | None
    source_file: str
    source_shape: str | None
    started_at: datetime
    read: int = 0
    loaded: int = 0
    unchanged: int = 0
    quarantined: int = 0
    refused: int = 0
    reason: str | None = None
    data_cut: datetime | None = None
    search: str | None = None
    finished_at: datetime | None = None
    quarantine: list[Unreadable] = field(default_factory=list)


class Spool:
    """Collects readings of one command, a parquet file for each registry."""

    def __init__(self, directory: Path, retrieved_at: datetime, *, is_sample: bool) -> None:
        """Open a spool in an empty directory."""
        self.directory = directory
        self.retrieved_at = retrieved_at
        self.is_sample = is_sample
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._pending: dict[str, list[dict[str, Any]]] = {}
        self._sequence = 0

    def add(self, count: FileCount, reading: Reading) -> None:
        """Take one reading of a file: a registration is spooled, one that could not be read is noted on the file's
        count.
        """
        count.read += 1
        if isinstance(reading, Unreadable):
            count.quarantined += 1
            count.quarantine.append(reading)
            return
        assert count.registry is not None, "only files of a recognised registry are read"
        if reading.data_cut and (count.data_cut is None or reading.data_cut > count.data_cut):
            count.data_cut = reading.data_cut
        pending = self._pending.setdefault(count.registry, [])
        pending.append(self._row(count, reading))
        if len(pending) >= _ROWS_AT_ONCE:
            self._flush(count.registry)

    def close(self) -> None:
        """Write what is pending; the parquet files can be read from now on."""
        for registry in list(self._pending):
            self._flush(registry)
        for writer in self._writers.values():
            if writer.is_open:
                writer.close()

    def registries(self) -> list[str]:
        """Return the registries that have rows, in the order of loading."""
        return [registry for registry in REGISTRIES if registry in self._writers]

    def path(self, registry: str) -> Path:
        """Return the parquet file of a registry."""
        return self.directory / f"{registry}.parquet"

    def gate_frame(self, registry: str) -> pd.DataFrame:
        """Return what the gate of a registry judges: every column but the documents themselves, a row a record."""
        frame: pd.DataFrame = pq.read_table(self.path(registry), columns=GATE_COLUMNS).to_pandas()
        return frame

    def _row(self, count: FileCount, registration: Registration) -> dict[str, Any]:
        self._sequence += 1
        document = to_json(registration.document)
        return {
            "registration_id": registration.registration_id,
            "document": document,
            "document_hash": hash_of(registration),
            "record_date": registration.record_date,
            "data_cut": registration.data_cut,
            "source_shape": count.source_shape,
            "source_file": count.source_file,
            "source_position": registration.position,
            "retrieved_at": self.retrieved_at,
            "is_sample": self.is_sample,
            "sequence": self._sequence,
            "file_number": count.number,
            "title": registration.title,
            "registered": registration.registered,
            "registered_on": parse_date(registration.registered),
            "status": registration.status,
            "source_register": registration.source_register,
            "document_length": len(document),
        }

    def _flush(self, registry: str) -> None:
        rows = self._pending.pop(registry, [])
        if not rows:
            return
        if registry not in self._writers:
            self._writers[registry] = pq.ParquetWriter(self.path(registry), _SPOOL_SCHEMA, compression="zstd")
        self._writers[registry].write_table(pa.Table.from_pylist(rows, schema=_SPOOL_SCHEMA))
