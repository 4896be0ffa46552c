"""The gate in front of raw: a Great Expectations suite per registry judges every batch before any of it is loaded.

A batch is a file that holds more than one record, or all files of a registry that hold one each, taken together.
A threshold below 1 is the share of records that must pass; a value that is not stated passes where the expectation
is about the value. What real files showed was measured on 2026-11-22.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import great_expectations.expectations as gxe
import pandas as pd
import pyarrow as pa
from great_expectations.expectations.expectation import Expectation

from dbt_project.gates.checks import MAX_FAILING_ROWS, CheckResult, run_checks
from extract import ledger
from extract.clinicaltrials_gov.settings import STATUSES
from extract.identifiers import SOURCE_REGISTERS
from extract.spool import FileCount, Spool

# The oldest date of registration in any register is younger; 1990-01-01, ChiCTR's placeholder, must pass.
EARLIEST = date(1980, 1, 1)
# In the real files every record passes every check; more than one in twenty that does not means a changed format.
MOST = 0.95
# In fewer records a share says nothing: a single damaged file goes to quarantine and is no failed batch.
SHARE_FROM_RECORDS = 10
MOST_READABLE = 0.5

# Different documents of one number and one date in one batch: a file of one registration's history can hold a few, a
# page that repeats one number holds many.
MOST_VERSIONS = 5

_ID_PATTERNS = {
    "clinicaltrials_gov": r"^NCT\d{8}$",
    "ictrp": r"^[A-Za-z]{2,10}[A-Za-z0-9/_.()\-]{3,50}$",
    "chictr": r"^ChiCTR(?:-[A-Z]{2,6}-\d{8}|\d{10})$",
    "chinadrugtrials": r"^CTR20[12]\d{5}$",
}
# The shortest real documents have 937, 919, 2,444 and 2,398 characters; an id and a title alone are shorter than this.
_SHORTEST = {"clinicaltrials_gov": 120, "ictrp": 120, "chictr": 200, "chinadrugtrials": 200}

_SHOWN_COLUMNS = [
    "registration_id",
    "source_file",
    "source_position",
    "title",
    "registered",
    "record_date",
    "status",
    "source_register",
    "document_length",
]


def judge(spool: Spool, counts: Sequence[FileCount]) -> list[CheckResult]:
    """Judge every batch of a command; nothing is loaded by this, and nothing raised."""
    checks: list[CheckResult] = []
    for registry in spool.registries():
        for subject, rows in _batches(spool.gate_frame(registry)):
            checks += run_checks(_frame(rows), expectations(registry), suite=suite_of(registry), subject=subject)
    return checks + [_readable_share(count) for count in counts if count.quarantined]


def record(database: Path, run_id: str, checks: Sequence[CheckResult]) -> None:
    """Append the results to ``quality.check_results``."""
    now = datetime.now(UTC)
    rows = [
        {
            "run_id": run_id,
            "stage": "extract",
            "suite": check.suite,
            "check_name": check.check_name,
            "subject": check.subject,
            "success": check.success,
            "severity": check.severity,
            "observed": check.observed,
            "failing_rows": check.failing_rows,
            "checked_at": now,
        }
        for check in checks
    ]
    texts = ("run_id", "stage", "suite", "check_name", "subject", "severity", "observed", "failing_rows")
    columns = [(name, pa.string()) for name in texts]
    schema = pa.schema([*columns, ("success", pa.bool_()), ("checked_at", pa.timestamp("us", "UTC"))])
    ledger.append(database, "check_results", pa.Table.from_pylist(rows, schema=schema))


def suite_of(registry: str) -> str:
    """Return the name of a registry's suite in ``quality.check_results``."""
    return f"extract_{registry}"


def expectations(registry: str) -> list[Expectation]:
    """Return the suite of a registry: what all of them must hold, and what only its own records can."""
    return [*_common(registry), *_own(registry)]


def _common(registry: str) -> list[Expectation]:
    earliest, tomorrow = pd.Timestamp(EARLIEST), pd.Timestamp(datetime.now(UTC).date() + timedelta(days=1))
    return [
        gxe.ExpectColumnValuesToMatchRegex(
            description="registration_id is a number of this registry",
            column="registration_id",
            regex=_ID_PATTERNS[registry],
        ),
        gxe.ExpectColumnValuesToNotBeNull(
            description=f"a title is stated in {MOST:.0%} of the records", column="title", mostly=MOST
        ),
        gxe.ExpectColumnValuesToBeBetween(
            description=f"the document is more than a stub in {MOST:.0%} of the records",
            column="document_length",
            min_value=_SHORTEST[registry],
            mostly=MOST,
        ),
        gxe.ExpectColumnValuesToBeInSet(
            description=f"a stated date of registration can be read in {MOST:.0%} of the records",
            column="registered_is_readable",
            value_set=[True],
            mostly=MOST,
        ),
        gxe.ExpectColumnValuesToBeBetween(
            description=f"the date of registration is between {EARLIEST} and tomorrow in {MOST:.0%} of the records",
            column="registered_on",
            min_value=earliest,
            max_value=tomorrow,
            mostly=MOST,
        ),
        gxe.ExpectColumnValuesToBeBetween(
            description=f"the date of the last update is between {EARLIEST} and tomorrow in {MOST:.0%} of the records",
            column="record_date",
            min_value=earliest,
            max_value=tomorrow,
            mostly=MOST,
        ),
        gxe.ExpectColumnValuesToBeBetween(
            description=f"one registration has at most {MOST_VERSIONS} documents of one date",
            column="versions_of_one_date",
            max_value=MOST_VERSIONS,
            mostly=MOST,
        ),
        # Kept as versions, but which of them is the newest cannot be told.
        gxe.ExpectColumnValuesToBeBetween(
            description="one registration has one document of one date",
            column="versions_of_one_date",
            max_value=1,
            mostly=MOST,
            severity="warning",
        ),
    ]


def _own(registry: str) -> list[Expectation]:
    if registry == "clinicaltrials_gov":
        return [
            # Answers to a search with few `fields` leave it out, which is no fault of the records.
            gxe.ExpectColumnValuesToNotBeNull(
                description=f"overallStatus is stated in {MOST:.0%} of the records",
                column="status",
                mostly=MOST,
                severity="warning",
            ),
            gxe.ExpectColumnValuesToBeInSet(
                description=f"overallStatus is one of the API's in {MOST:.0%} of the records",
                column="status",
                value_set=list(STATUSES),
                mostly=MOST,
            ),
        ]
    if registry == "ictrp":
        return [
            gxe.ExpectColumnValuesToNotBeNull(
                description=f"a source register is stated or told by the number in {MOST:.0%} of the records",
                column="source_register",
                mostly=MOST,
            ),
            # A register that joins the network is news, not an error.
            gxe.ExpectColumnValuesToBeInSet(
                description=f"the source register is a known one in {MOST:.0%} of the records",
                column="source_register",
                value_set=sorted({name for _, name in SOURCE_REGISTERS}),
                mostly=MOST,
                severity="warning",
            ),
        ]
    if registry == "chinadrugtrials":
        return [
            gxe.ExpectColumnValuesToNotBeNull(
                description=f"the date of first publication is stated in {MOST:.0%} of the records",
                column="registered",
                mostly=MOST,
            )
        ]
    return []


def _batches(frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Split a registry's records to batches: a file with several records each, the single records together."""
    sizes = frame.groupby("file_number")["sequence"].transform("size")
    single = frame[sizes == 1]
    if len(single):
        name = str(single["source_file"].iloc[0])
        yield (name if len(single) == 1 else f"{len(single)} files of one record"), single
    for _, rows in frame[sizes > 1].groupby("file_number", sort=True):
        yield str(rows["source_file"].iloc[0]), rows


def _frame(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a batch with the columns that the expectations name and those that make a failing row understandable."""
    frame = rows[_SHOWN_COLUMNS].reset_index(drop=True)
    title = frame["title"].astype("object")
    frame["title"] = title.where(title.fillna("").str.strip() != "", None)
    frame["registered_on"] = pd.to_datetime(rows["registered_on"].to_numpy(), errors="coerce")
    frame["record_date"] = pd.to_datetime(rows["record_date"].to_numpy(), errors="coerce")
    frame["registered_is_readable"] = frame["registered"].isna() | frame["registered_on"].notna()
    versions = rows.groupby(["registration_id", "record_date"], dropna=False)["document_hash"].transform("nunique")
    frame["versions_of_one_date"] = versions.to_numpy()
    return frame


def _readable_share(count: FileCount) -> CheckResult:
    """Judge how much of a file could be read at all; not an expectation, as it is about rows that are not there."""
    assert count.registry is not None, "only records of a recognised file can be unreadable"
    readable = 1 - count.quarantined / count.read
    examples = [
        {"source_position": record.position, "reason": record.reason} for record in count.quarantine[:MAX_FAILING_ROWS]
    ]
    return CheckResult(
        suite=suite_of(count.registry),
        check_name=f"{MOST_READABLE:.0%} of the records of a file can be read",
        subject=count.source_file,
        success=count.read < SHARE_FROM_RECORDS or readable >= MOST_READABLE,
        severity="error",
        observed=f"{count.quarantined} of {count.read} records went to quarantine",
        failing_rows=json.dumps(examples, ensure_ascii=False),
    )
