"""Run the analyses of this folder on the published file, compiled as dbt would, without dbt and its database."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import duckdb
import jinja2
import pandas as pd

FOLDER: Final = Path(__file__).parent
#: What several analyses share, as dbt macros.
MACROS: Final = FOLDER.parent / "dbt_project" / "macros" / "exhibits"

# Every analysis is import CTEs, perhaps a CTE `members` (which trial or product makes up which bar), and a last
# select that starts in the first column; sqlfluff and a test hold that form.
_LAST_SELECT: Final = re.compile(r"^select\b", re.MULTILINE)
_MEMBERS: Final = re.compile(r"^members as \((  -- noqa: ST03)?$", re.MULTILINE)


def rows_of(frame: pd.DataFrame, index: bool = True) -> Iterator[Any]:
    """Yield the rows of a frame as named tuples; their types are those of the query."""
    yield from frame.itertuples(index=index)


class NotPublishedError(RuntimeError):
    """There is no publication to read, or it lacks what an analysis asks for."""


def compile_analysis(sql: str, variables: Mapping[str, Any]) -> str:
    """Return the SQL with `ref('mart')` as `marts.mart`, `var('name')` as its value and macros in full, as dbt does.

    Raises:
        NotPublishedError: the SQL asks for a variable that the build does not record.
    """

    def ref(name: str) -> str:
        return f"marts.{name}"

    def var(name: str) -> Any:
        if name not in variables:
            raise NotPublishedError(
                f"the build does not record the variable {name!r}: add it to the macro build_settings"
            )
        return variables[name]

    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)
    macros = "".join(path.read_text(encoding="utf-8") for path in sorted(MACROS.glob("*.sql")))
    return environment.from_string(macros + sql).render(ref=ref, var=var).lstrip("\n")


def members_query(sql: str) -> str | None:
    """Return the query for the rows behind the bars of a compiled analysis, its CTE `members`; None without one."""
    if not _MEMBERS.search(sql):
        return None
    last_select = list(_LAST_SELECT.finditer(sql))[-1]
    return f"{sql[: last_select.start()]}select * from members order by all"  # noqa: S608 (our own file)


@dataclass(frozen=True)
class Published:
    """A publication, open for reading: its marts and its manifest."""

    connection: duckdb.DuckDBPyConnection
    manifest: dict[str, Any]
    folder: Path

    @classmethod
    def open(cls, home: Path) -> Self:
        """Open what stands in `home/published`.

        Raises:
            NotPublishedError: nothing has been published there.
        """
        folder = home / "published"
        database, manifest = folder / "landscape.duckdb", folder / "manifest.json"
        if not database.is_file() or not manifest.is_file():
            raise NotPublishedError(f"nothing is published in {folder}: run `landscape build` first")
        return cls(
            connection=duckdb.connect(database, read_only=True),
            manifest=json.loads(manifest.read_text(encoding="utf-8")),
            folder=folder,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    @cached_property
    def versions(self) -> pd.DataFrame:
        """The rows of dataset_versions: what the landscape was built from and with, one row per registry."""
        return self.query("select * from marts.dataset_versions order by registry")

    @cached_property
    def variables(self) -> dict[str, str]:
        """The switches that the build ran with, as `dataset_versions.settings` records them (`name=value; …`)."""
        settings = str(self.versions["settings"].iloc[0])
        return dict(setting.split("=", maxsplit=1) for setting in settings.split("; "))

    @cached_property
    def is_sample(self) -> bool:
        """Whether the bundled made-up records were published."""
        return bool(self.versions["is_sample"].any())

    @cached_property
    def build_id(self) -> str:
        """Name of the build that was published."""
        return str(self.versions["build_id"].iloc[0])

    @cached_property
    def data_cuts(self) -> dict[str, str]:
        """The day that the data of each registry show."""
        return {row.registry: f"{row.data_cut:%Y-%m-%d}" for row in rows_of(self.versions)}

    def query(self, sql: str) -> pd.DataFrame:
        """Run a compiled query and return its rows, in DuckDB's own types."""
        return self.connection.execute(sql).df()

    def analysis(self, name: str) -> str:
        """Return the compiled SQL of `analyses/<name>.sql`."""
        sql = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
        return compile_analysis(sql, self.variables)

    def result(self, name: str) -> pd.DataFrame:
        """Return the rows of an analysis."""
        return self.query(self.analysis(name))

    def members(self, name: str) -> pd.DataFrame | None:
        """Return which trial, registration or product makes up which bar of an analysis; None where none does."""
        sql = members_query(self.analysis(name))
        return None if sql is None else self.query(sql)
