"""Scratch warehouses to measure in: real registry files, made-up records among them, and no more models than needed.

Labels and links are measured through the same import and the same dbt models as any build, in a home of their own, so
that nothing of the warehouse that people use is touched.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from rich.progress import Progress

from dbt_project.dbt_runner import run_dbt
from extract.load import ensure_raw
from extract.run import database_of, import_paths
from extract.spool import REGISTRIES

#: Made-up records carry this day as the one on which they were got, so that the same ones are made twice.
_RETRIEVED_AT = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Laboratory:
    """A scratch warehouse by its build database, `<home>/build/landscape.duckdb`."""

    database: Path

    @property
    def home(self) -> Path:
        """Return the LANDSCAPE_HOME that the database is in."""
        return self.database.parents[1]

    def read(self, relation: str, columns: str = "*") -> list[tuple[Any, ...]]:
        """Return the rows of a relation of the scratch warehouse."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(f"select {columns} from {relation}").fetchall()  # noqa: S608 - our relations

    def insert(self, made_by: str, documents: Sequence[tuple[str, str, Mapping[str, Any]]]) -> None:
        """Write made-up documents into raw as (registry, registration id, document), in place of those of `made_by`."""
        rows: dict[str, list[tuple[Any, ...]]] = {registry: [] for registry in REGISTRIES}
        for position, (registry, registration_id, document) in enumerate(documents, start=1):
            rows[registry].append(
                (
                    registration_id,
                    json.dumps(document, ensure_ascii=False),
                    document_hash(document),
                    made_by,
                    position,
                    _RETRIEVED_AT,
                    _RETRIEVED_AT,
                    made_by,
                    f"{made_by}-{registration_id}",
                )
            )
        with duckdb.connect(str(self.database)) as connection:
            for registry, of_registry in rows.items():
                connection.execute(f"delete from raw.{registry} where source_file = ?", [made_by])  # noqa: S608 - our table
                if of_registry:
                    connection.executemany(
                        f"""insert into raw.{registry} (registration_id, document, document_hash, source_shape,
                            source_file, source_position, retrieved_at, is_sample, _dlt_valid_from, _dlt_load_id,
                            _dlt_id) values (?, ?, ?, 'made_up', ?, ?, ?, false, ?, ?, ?)""",  # noqa: S608 - our table
                        of_registry,
                    )

    def build(
        self,
        selection: Sequence[str],
        variables: Mapping[str, Any] | None = None,
        on_node: Callable[[str, int, int], None] | None = None,
    ) -> None:
        """Build the models that `selection` names (dbt's syntax) with their seeds, without any test.

        Raises:
            RuntimeError: dbt could not build them; the message carries what it said.
        """
        command = ["build", "--exclude-resource-type", "test", "unit_test", "--select", *selection]
        with _home_at(self.home):
            run = run_dbt(command, dict(variables or {}), on_node)
        if run.exit_code:
            raise RuntimeError(f"dbt could not build {' '.join(selection)} in {self.home}:\n{run.output}")


def fill(home: Path, paths: Sequence[Path], progress: Progress | None = None) -> Laboratory:
    """Import registry files into a scratch home; what an earlier run left in it is replaced.

    Raises:
        FileNotFoundError: a path does not exist.
        extract.errors.NothingRecognised: no file holds registrations.
    """
    database = database_of(home)
    database.unlink(missing_ok=True)
    import_paths(paths, home=home, progress=progress)
    return Laboratory(database)


def empty(home: Path) -> Laboratory:
    """Give a scratch home whose raw holds one blank registration: where it holds none, dbt would load the sample."""
    database = database_of(home)
    database.parent.mkdir(parents=True, exist_ok=True)
    database.unlink(missing_ok=True)
    ensure_raw(database)
    laboratory = Laboratory(database)
    laboratory.insert("blank", [("chictr", "blank", {"registration_id": "blank"})])
    return laboratory


def document_hash(document: Mapping[str, Any]) -> str:
    """Return the hash under which raw would keep a document."""
    return hashlib.sha256(json.dumps(document, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


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
