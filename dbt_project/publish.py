"""Publication: the marts of a finished build as one DuckDB file, Parquet and a manifest, or nothing at all.

    build/landscape.duckdb ──copy──▶ published/.publishing-… ──verify──▶ .ready-… ──replace──▶ published/

Everything is written and checked in a folder of its own. Renaming that folder to `.ready-…` is the moment of
publication: before it a killed process leaves the last publication as it is, after it the next command moves the
remaining files into place. Readers that have a file open keep the old one; new readers get the new one.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import duckdb

MANIFEST_FORMAT: Final = 1
DATABASE: Final = "landscape.duckdb"
MANIFEST: Final = "manifest.json"
PARQUET: Final = "parquet"
SCHEMA: Final = "marts"
SAMPLE_MARK: Final = "SAMPLE, made up for trying, not the landscape. "

_IN_PREPARATION: Final = ".publishing-"
_READY: Final = ".ready-"
_REGISTRIES: Final = ("clinicaltrials_gov", "chictr", "chinadrugtrials", "ictrp")


class PublicationError(Exception):
    """The build could not be published, for a reason that lies outside it: a full disk, a file that cannot be read."""


class RefusedPublicationError(PublicationError):
    """A gate: the build, or the copy of it, is not fit to be published. What was published before is untouched."""


@dataclass(frozen=True)
class BuildInfo:
    """What the command line knows about the build that it asks to publish."""

    started_at: datetime
    finished_at: datetime
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """What is published: the content of manifest.json.

    `files` gives the SHA-256 and the size of each file beside the manifest, `marts` the columns and a hash of the
    content of each mart, `registries` what was known of each registry, as in the mart dataset_versions.
    """

    format: int
    build_id: str
    is_sample: bool
    published_at: str
    started_at: str
    finished_at: str
    as_of: str | None
    variables: dict[str, Any]
    settings: str
    versions: dict[str, str]
    registries: list[dict[str, Any]]
    data_cuts: dict[str, str]
    row_counts: dict[str, int]
    marts: dict[str, dict[str, Any]]
    checks: dict[str, int]
    files: dict[str, dict[str, Any]]

    @classmethod
    def read(cls, path: Path) -> "Manifest":
        """Read a manifest.

        Raises:
            PublicationError: the file is not a manifest that this version writes.
        """
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (json.JSONDecodeError, UnicodeDecodeError, TypeError) as error:
            raise PublicationError(
                f"{path} is not a manifest of this version ({error}): move {path.parent} away and publish again."
            ) from error


@dataclass(frozen=True)
class _Mart:
    """A table as it must come out: columns as (name, type), rows, and a hash over its rows in any order."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: int
    content_hash: str


def publish(home: Path, build: BuildInfo) -> Manifest:
    """Publish the marts of the build database in `home`, and return the manifest of the new publication.

    Raises:
        RefusedPublicationError: the build holds no trial, a critical check of it failed, a copy does not hold what the
            build holds, or a sample would take the place of real registrations.
        PublicationError: there is no build, or files could not be read or written.
    """
    try:
        return _publish(home, build)
    except (duckdb.Error, OSError) as error:
        raise PublicationError(f"the build could not be copied to {home / 'published'}: {error}.") from error


def _publish(home: Path, build: BuildInfo) -> Manifest:
    source = home / "build" / DATABASE
    published = home / "published"
    if not source.is_file():
        raise PublicationError(f"{source} is not there: nothing has been built. Run `landscape build`.")
    published.mkdir(parents=True, exist_ok=True)
    finish_interrupted(published)

    versions = _read_versions(source)
    build_id = str(versions[0]["build_id"])
    is_sample = any(row["is_sample"] for row in versions)
    checks = _count_checks(source, build_id)
    _refuse_sample_over_real(published, is_sample)

    folder = published / f"{_IN_PREPARATION}{build_id}"
    folder.mkdir()
    try:
        marts = _copy_marts(source, folder, _current_marts(home), is_sample)
        _export_parquet(folder, marts, build_id, is_sample)
        verify_copies(folder, marts)
        _record_verification(source, build_id, marts)
        manifest = _make_manifest(
            folder, build=build, versions=versions, is_sample=is_sample, marts=marts, checks=checks
        )
        _write_synced(folder / MANIFEST, json.dumps(asdict(manifest), indent=2, ensure_ascii=False, default=str) + "\n")
        verify_files(folder, manifest)
        ready = folder.rename(published / f"{_READY}{build_id}")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _move_into_place(ready, published)
    return manifest


def finish_interrupted(published: Path) -> None:
    """Bring a publication that was killed to its end: a complete one into place, an incomplete one away."""
    for folder in sorted(published.glob(f"{_IN_PREPARATION}*")):
        shutil.rmtree(folder)
    for folder in sorted(published.glob(f"{_READY}*")):
        _move_into_place(folder, published)


def verify_publication(published: Path) -> list[str]:
    """Return what is wrong with the files beside a manifest, one sentence each; nothing where all is as published."""
    path = published / MANIFEST
    if not path.is_file():
        return [f"{path} is not there"]
    try:
        verify_files(published, Manifest.read(path))
    except PublicationError as error:
        return [str(error)]
    return []


def verify_files(folder: Path, manifest: Manifest) -> None:
    """Hold the files of a folder against the hashes of a manifest.

    Raises:
        PublicationError: a file is missing or is not the one that the manifest names.
    """
    for name, facts in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise PublicationError(f"{path} is missing: publish again with `landscape build`.")
        if _sha256(path) != facts["sha256"]:
            raise PublicationError(f"{path} is not the file that was published (SHA-256 differs): publish again.")


def verify_copies(folder: Path, marts: Iterable[_Mart]) -> None:
    """Reopen the copies read-only and compare every mart with the build: columns, rows, content and comments.

    Raises:
        RefusedPublicationError: a copy differs.
        PublicationError: a copy cannot be read.
    """
    try:
        with duckdb.connect(folder / DATABASE, read_only=True) as connection:
            for mart in marts:
                copied = _read_mart(connection, SCHEMA, mart.name)
                _compare(mart, copied, DATABASE)
                parquet = folder / PARQUET / f"{mart.name}.parquet"
                rows, content_hash = _content(connection, f"read_parquet('{_escaped(parquet)}')")
                _compare(mart, _Mart(mart.name, mart.columns, rows, content_hash), f"{PARQUET}/{parquet.name}")
            _require_comments(connection)
    except duckdb.Error as error:
        raise PublicationError(f"a copy cannot be read back: {error}") from error


def status(home: Path) -> dict[str, dict[str, Any]]:
    """Return what is loaded, built, published and in quarantine: heading → name → value, ready to be shown."""
    published = home / "published"
    if published.is_dir():
        finish_interrupted(published)
    return {**_build_status(home), "published": _published_status(published)}


def _read_versions(source: Path) -> list[dict[str, Any]]:
    """Return the rows of dataset_versions; a build without registrations or trials is refused."""
    try:
        with duckdb.connect(source, read_only=True) as connection:
            rows = _dictionaries(connection.execute("select * from marts.dataset_versions order by registry"))
            trials = _count(connection, "select count(*) from marts.dim_trial")
    except duckdb.CatalogException as error:
        raise PublicationError(f"{source} holds no finished build ({error}). Run `landscape build`.") from error
    except duckdb.IOException as error:
        raise PublicationError(f"{source} cannot be opened: another command is working on it ({error}).") from error
    if not rows or not trials:
        raise RefusedPublicationError(
            f"the build holds {trials} trials out of {sum(row['n_registrations'] for row in rows)} registrations: an "
            "empty landscape is not published. Load registrations with `landscape import`, then build again."
        )
    return rows


def _count_checks(source: Path, build_id: str) -> dict[str, int]:
    """Count the checks of the build by outcome; refuse a build whose critical checks did not all hold."""
    with duckdb.connect(source, read_only=True) as connection:
        failed = connection.execute(
            """
            select check_name from quality.check_results
            where run_id = ? and not success and severity <> 'warning' order by check_name
            """,
            [build_id],
        ).fetchall()
        counts = connection.execute(
            """
            select count(*) filter (where success), count(*) filter (where not success)
            from quality.check_results where run_id = ?
            """,
            [build_id],
        ).fetchone()
    if failed:
        names = ", ".join(row[0] for row in failed[:5])
        raise RefusedPublicationError(
            f"{len(failed)} checks of build {build_id} did not hold ({names}); their rows are in quality.check_results."
        )
    passed, warned = counts or (0, 0)
    return {"passed": passed, "warnings": warned}


def _refuse_sample_over_real(published: Path, is_sample: bool) -> None:
    path = published / MANIFEST
    if is_sample and path.is_file() and not Manifest.read(path).is_sample:
        raise RefusedPublicationError(
            f"the build is made of the bundled sample, and {published} holds real registrations: a sample never takes "
            "their place. Load registry files with `landscape import`, or try the sample in another LANDSCAPE_HOME."
        )


def _current_marts(home: Path) -> frozenset[str] | None:
    """Return the marts of the project by dbt's manifest, so that a table of a model that is gone is not published.

    None where dbt was not run by the command line: then every table of the schema is a mart.
    """
    path = home / "build" / "dbt" / "target" / "manifest.json"
    if not path.is_file():
        return None
    nodes = json.loads(path.read_text(encoding="utf-8"))["nodes"].values()
    return frozenset(
        str(node["alias"]) for node in nodes if node["resource_type"] == "model" and node["schema"] == SCHEMA
    )


def _copy_marts(source: Path, folder: Path, current: frozenset[str] | None, is_sample: bool) -> list[_Mart]:
    """Copy the marts with constraints and comments into a new database, rows sorted: the same data look the same."""
    with duckdb.connect(folder / DATABASE) as connection:
        connection.execute(f"attach '{_escaped(source)}' as build (read_only)")
        connection.execute(f"create schema {SCHEMA}")
        tables = connection.execute(
            "select table_name, sql, comment from duckdb_tables() "
            "where database_name = 'build' and schema_name = ? order by table_name",
            [SCHEMA],
        ).fetchall()
        marts = []
        connection.begin()
        for name, ddl, comment in tables:
            if current is not None and name not in current:
                continue
            mart = _read_mart(connection, f"build.{SCHEMA}", name)
            connection.execute(ddl)
            relation = f'{SCHEMA}."{name}"'
            connection.execute(f"insert into {relation} select * from build.{relation} order by all")  # noqa: S608  # names come from the catalog
            _copy_comments(connection, name, (SAMPLE_MARK if is_sample else "") + (comment or ""))
            marts.append(mart)
        connection.commit()
        connection.execute("detach build")
        connection.execute("checkpoint")
    return marts


def _copy_comments(connection: duckdb.DuckDBPyConnection, table: str, comment: str) -> None:
    connection.execute(f'comment on table {SCHEMA}."{table}" is {_literal(comment.strip())}')
    columns = connection.execute(
        "select column_name, comment from duckdb_columns() "
        "where database_name = 'build' and schema_name = ? and table_name = ? and comment is not null",
        [SCHEMA, table],
    ).fetchall()
    for column, text in columns:
        connection.execute(f'comment on column {SCHEMA}."{table}"."{column}" is {_literal(text.strip())}')


def _export_parquet(folder: Path, marts: Iterable[_Mart], build_id: str, is_sample: bool) -> None:
    """Write each mart as Parquet, whose own metadata say which build it is of and whether that is the sample."""
    target = folder / PARQUET
    target.mkdir()
    marks = f"{{build_id: '{build_id}', is_sample: '{str(is_sample).lower()}'}}"
    with duckdb.connect(folder / DATABASE, read_only=True) as connection:
        for mart in marts:
            path = _escaped(target / f"{mart.name}.parquet")
            connection.execute(
                f"copy {SCHEMA}.\"{mart.name}\" to '{path}' (format parquet, compression zstd, kv_metadata {marks})"
            )


def _read_mart(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> _Mart:
    described = connection.execute(f'describe {schema}."{name}"').fetchall()
    rows, content_hash = _content(connection, f'{schema}."{name}"')
    return _Mart(name, tuple((column[0], column[1]) for column in described), rows, content_hash)


def _content(connection: duckdb.DuckDBPyConnection, relation: str) -> tuple[int, str]:
    """Return the number of rows of a relation and a hash over them that their order does not change."""
    row = connection.execute(f"select count(*), coalesce(sum(hash(held)), 0) from {relation} as held").fetchone()  # noqa: S608  # names come from the catalog
    assert row is not None
    return int(row[0]), f"{int(row[1]):x}"


def _compare(expected: _Mart, found: _Mart, file: str) -> None:
    if found == expected:
        return
    if found.columns != expected.columns:
        difference = f"columns {sorted(set(found.columns) ^ set(expected.columns))}"
    elif found.rows != expected.rows:
        difference = f"{found.rows} rows for {expected.rows}"
    else:
        difference = "other values in as many rows"
    raise RefusedPublicationError(f"{file}: mart {expected.name} is not what was built ({difference}).")


def _require_comments(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table and column of the contract is described; a mart without words is no publication."""
    bare = connection.execute(
        """
        select table_name from duckdb_tables() where schema_name = ? and coalesce(comment, '') = ''
        union all
        select table_name || '.' || column_name from duckdb_columns()
        where schema_name = ? and coalesce(comment, '') = ''
        order by 1
        """,
        [SCHEMA, SCHEMA],
    ).fetchall()
    if bare:
        names = ", ".join(row[0] for row in bare[:5])
        raise RefusedPublicationError(
            f"{len(bare)} tables or columns have no comment ({names}): describe them in their YAML."
        )


def _record_verification(source: Path, build_id: str, marts: list[_Mart]) -> None:
    """Keep in the build's quality schema that each copy was held against the build."""
    with duckdb.connect(source) as connection:
        connection.executemany(
            """
            insert into quality.check_results by name
            select
                ? as run_id,
                'publish' as stage,
                'publication' as suite,
                'the copy holds what was built' as check_name,
                ? as subject,
                true as success,
                'error' as severity,
                ? as observed,
                cast(null as varchar) as failing_rows,
                now() as checked_at
            """,
            [(build_id, mart.name, f"{mart.rows} rows") for mart in marts],
        )


def _make_manifest(
    folder: Path,
    *,
    build: BuildInfo,
    versions: list[dict[str, Any]],
    is_sample: bool,
    marts: list[_Mart],
    checks: dict[str, int],
) -> Manifest:
    first = versions[0]
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    shown = (
        "registry",
        "data_cut",
        "data_cut_basis",
        "n_registrations",
        "n_versions",
        "documents_hash",
        "last_record_date",
        "is_sample",
    )
    return Manifest(
        format=MANIFEST_FORMAT,
        build_id=str(first["build_id"]),
        is_sample=is_sample,
        published_at=_iso(datetime.now(UTC)),
        started_at=_iso(build.started_at),
        finished_at=_iso(build.finished_at),
        as_of=str(first["as_of"]) if first["as_of"] else None,
        variables=dict(build.variables),
        settings=first["settings"],
        versions={
            "code": first["code_version"],
            "rule_set": first["rule_set_version"],
            "dbt": first["dbt_version"],
            "engine": first["engine_version"],
        },
        registries=[{name: _plain(row[name]) for name in shown} for row in versions],
        data_cuts={row["registry"]: _plain(row["data_cut"]) for row in versions},
        row_counts={mart.name: mart.rows for mart in marts},
        marts={mart.name: {"columns": dict(mart.columns), "content": mart.content_hash} for mart in marts},
        checks=checks,
        files={
            path.relative_to(folder).as_posix(): {"sha256": _sha256(path), "bytes": path.stat().st_size}
            for path in files
        },
    )


def _move_into_place(ready: Path, published: Path) -> None:
    """Replace the published files one by one, the manifest last; safe to repeat after a kill at any point."""
    (published / PARQUET).mkdir(exist_ok=True)
    for path in sorted(ready.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            path.replace(published / path.relative_to(ready))
    manifest = ready / MANIFEST
    if manifest.is_file():
        manifest.replace(published / MANIFEST)
    kept = Manifest.read(published / MANIFEST).files
    for path in (published / PARQUET).glob("*.parquet"):
        if f"{PARQUET}/{path.name}" not in kept:
            path.unlink()
    shutil.rmtree(ready)


def _build_status(home: Path) -> dict[str, dict[str, Any]]:
    source = home / "build" / DATABASE
    if not source.is_file():
        return {"loaded": {"registrations": "nothing yet: `landscape import PATH`"}, "built": {"build": "nothing yet"}}
    with _opened(source) as connection:
        if connection is None:
            return {"loaded": {"registrations": "a build or a load is running; look again when it is done"}}
        return {
            "loaded": _loaded(connection),
            "built": _built(connection),
            "quarantine": _quarantine(connection),
        }


@contextmanager
def _opened(source: Path) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """Open the build database to read, or yield None while another process writes it."""
    try:
        connection = duckdb.connect(source, read_only=True)
    except duckdb.IOException as error:
        if "lock" not in str(error).lower():
            raise
        yield None
        return
    with connection:
        yield connection


def _loaded(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    lines: dict[str, Any] = {}
    for registry in _REGISTRIES:
        if not _has_table(connection, "raw", registry):
            continue
        row = connection.execute(
            f"select count(distinct registration_id), count(*), max(retrieved_at), max(data_cut), bool_or(is_sample) "  # noqa: S608  # names of our own
            f"from raw.{registry}"
        ).fetchone()
        if row is None or not row[0]:
            lines[registry] = "none"
            continue
        registrations, n_versions, retrieved, data_cut, is_sample = row
        cut = f", data cut {data_cut:%Y-%m-%d}" if data_cut else ""
        sample = ", SAMPLE" if is_sample else ""
        lines[registry] = (
            f"{registrations:,} registrations in {n_versions:,} versions, read {_age(retrieved)}{cut}{sample}"
        )
    return lines or {"registrations": "nothing yet: `landscape import PATH`"}


def _built(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Describe the marts of the build database, and a later run that failed, if there was one."""
    if not _has_table(connection, "quality", "check_results"):
        return {"build": "nothing yet"}
    lines: dict[str, Any] = {}
    build_id = None
    if _has_table(connection, SCHEMA, "dataset_versions") and _has_table(connection, SCHEMA, "dim_trial"):
        row = connection.execute("select any_value(build_id) from marts.dataset_versions").fetchone()
        build_id = row[0] if row else None
    for run_id, checked_at, n_checks, n_failed, n_warned in _runs(connection):
        if run_id == build_id:
            trials = _count(connection, "select count(*) from marts.dim_trial")
            in_china = _count(connection, "select count(*) from marts.dim_trial where is_china")
            return {
                "build": run_id,
                "when": _age(checked_at),
                "checks": f"{n_checks:,}, of which {n_failed} failed and {n_warned} gave a warning",
                "trials": f"{trials:,}, of which {in_china:,} in China",
                **lines,
            }
        if n_failed and not lines:
            lines["last run"] = f"{run_id}, {_age(checked_at)}: {n_failed} checks failed, nothing was published"
    return lines or {"build": "nothing yet"}


def _runs(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, datetime, int, int, int]]:
    """Return the runs of dbt, newest first: id, when, and its checks, failures and warnings."""
    return connection.execute(
        """
        select
            run_id,
            max(checked_at),
            count(*),
            count(*) filter (where not success and severity = 'error'),
            count(*) filter (where not success and severity = 'warning')
        from quality.check_results
        where stage in ('dbt', 'marts')
        group by run_id
        order by max(checked_at) desc
        """
    ).fetchall()


def _quarantine(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    if not _has_table(connection, "quality", "quarantine"):
        return {"records": 0}
    rows = connection.execute(
        "select coalesce(registry, 'unknown'), count(*) from quality.quarantine group by all order by all"
    ).fetchall()
    return dict(rows) or {"records": 0}


def _published_status(published: Path) -> dict[str, Any]:
    path = published / MANIFEST
    if not path.is_file():
        return {"publication": "nothing yet: `landscape build`"}
    manifest = Manifest.read(path)
    problems = verify_publication(published)
    lines = {
        "build": manifest.build_id + (" (SAMPLE, not the landscape)" if manifest.is_sample else ""),
        "when": _age(datetime.fromisoformat(manifest.published_at)),
        "file": str(published / DATABASE),
        "trials": f"{manifest.row_counts.get('dim_trial', 0):,}",
        "files": "; ".join(problems) or f"{len(manifest.files)} files, all as published",
    }
    if manifest.as_of:
        lines["as of"] = manifest.as_of
    for registry in manifest.registries:
        basis = "" if registry["data_cut_basis"] == "stated" else f" ({registry['data_cut_basis'].replace('_', ' ')})"
        lines[f"data cut of {registry['registry']}"] = f"{str(registry['data_cut'])[:10]}{basis}"
    return lines


def _has_table(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    found = connection.execute(
        "select 1 from information_schema.tables where table_schema = ? and table_name = ?", [schema, table]
    ).fetchone()
    return found is not None


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _dictionaries(result: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _age(moment: datetime | None) -> str:
    """Say when something happened and how long ago that is."""
    if moment is None:
        return "at an unknown time"
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    minutes = int((datetime.now(UTC) - aware).total_seconds() // 60)
    if minutes < 60:
        ago = f"{minutes} min ago"
    elif minutes < 48 * 60:
        ago = f"{minutes // 60} h ago"
    else:
        ago = f"{minutes // (60 * 24)} days ago"
    return f"{aware.astimezone(UTC):%Y-%m-%d %H:%M} UTC, {ago}"


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _plain(value: Any) -> Any:
    """Return a value that JSON has: dates and times in ISO form."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_synced(path: Path, text: str) -> None:
    """Write a file and wait until it and everything beside it is on disk, since its presence is what publishes."""
    path.write_text(text, encoding="utf-8")
    for written in path.parent.rglob("*"):
        if written.is_file():
            with written.open("rb") as file:
                os.fsync(file.fileno())


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
