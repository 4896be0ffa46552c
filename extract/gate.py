"""The gate in front of raw: a Great Expectations suite per registry judges every batch before any of it is loaded.

A batch is a file that holds more than one record, or all files of a registry that hold one each, taken together. A threshold
below 1 is the share of records that must pass; nulls pass where the expectation is about a value. Figures in the comments
were measured on real files on 2026-11-22.
"""

import json
import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from extract import ledger
from extract.clinicaltrials_gov.settings import STATUSES
from extract.identifiers import SOURCE_REGISTERS
from extract.spool import FileCount, Spool

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

EXAMPLES = 20
# The oldest registration that any register lists is younger; 1990-01-01 is ChiCTR's placeholder and real.
EARLIEST = date(1980, 1, 1)
# A date that is stated and cannot be read, or is out of range, in more than one record of twenty means a changed format.
MOST = 0.95
# Below this many records a share says nothing about unreadable ones: a single damaged file is quarantined, not a failed batch.
SHARE_FROM_RECORDS = 10
MOST_READABLE = 0.5

_ID_PATTERNS = {
    "clinicaltrials_gov": r"^NCT\d{8}$",
    "ictrp": r"^[A-Za-z]{2,10}[A-Za-z0-9/_.()\-]{3,50}$",
    "chictr": r"^ChiCTR(-[A-Z]{2,6}-\d{8}|\d{10})$",
    "chinadrugtrials": r"^CTR20[12]\d{5}$",
}
# Shortest documents seen in real files: 718, 571, 2,480 and 3,020 characters; a stub of an id and a title is shorter.
_SHORTEST = {"clinicaltrials_gov": 120, "ictrp": 120, "chictr": 200, "chinadrugtrials": 200}


@dataclass(frozen=True, slots=True)
class Check:
    """How one expectation ended on one batch."""

    registry: str
    subject: str
    name: str
    success: bool
    severity: str
    observed: str
    failing_rows: list[dict[str, Any]]

    def sentence(self) -> str:
        """Return the check as a line to read, with an example."""
        example = f"; for example {self.failing_rows[0]}" if self.failing_rows else ""
        return f"{self.registry}, {self.subject}: {self.name} failed ({self.observed}){example}"


def judge(spool: Spool, counts: Sequence[FileCount]) -> list[Check]:
    """Judge every batch of a command; nothing is loaded by this, and nothing raised."""
    checks: list[Check] = []
    for registry in spool.registries():
        frame = spool.gate_frame(registry)
        for subject, rows in _batches(frame):
            checks += _validate(registry, subject, rows)
    return checks + _readable_share(counts)


def record(database: Path, run_id: str, checks: Sequence[Check]) -> None:
    """Append the results to ``quality.check_results``."""
    now = datetime.now(UTC)
    rows = [
        {
            "run_id": run_id,
            "stage": "extract",
            "suite": f"extract_{check.registry}",
            "check_name": check.name,
            "subject": check.subject,
            "success": check.success,
            "severity": check.severity,
            "observed": check.observed,
            "failing_rows": json.dumps(check.failing_rows, ensure_ascii=False, default=str)
            if check.failing_rows
            else None,
            "checked_at": now,
        }
        for check in checks
    ]
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("run_id", "stage", "suite", "check_name", "subject")),
            ("success", pa.bool_()),
            *((name, pa.string()) for name in ("severity", "observed", "failing_rows")),
            ("checked_at", pa.timestamp("us", "UTC")),
        ]
    )
    ledger.append(database, "check_results", pa.Table.from_pylist(rows, schema=schema))


def _batches(frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Split a registry's records to batches: a file with several records each, the single records together."""
    sizes = frame.groupby("file_number")["sequence"].transform("size")
    single = frame[sizes == 1]
    if len(single):
        name = str(single["source_file"].iloc[0])
        yield (name if len(single) == 1 else f"{len(single)} files of one record"), single
    for _, rows in frame[sizes > 1].groupby("file_number", sort=True):
        yield str(rows["source_file"].iloc[0]), rows


def _readable_share(counts: Sequence[FileCount]) -> list[Check]:
    checks = []
    for count in counts:
        if not count.quarantined or count.registry is None:
            continue
        share = 1 - count.quarantined / count.read
        examples = [{"position": record.position, "reason": record.reason} for record in count.quarantine[:EXAMPLES]]
        checks.append(
            Check(
                registry=count.registry,
                subject=count.source_file,
                name="share_of_readable_records",
                success=count.read < SHARE_FROM_RECORDS or share >= MOST_READABLE,
                severity="error",
                observed=f"{count.quarantined} of {count.read} records could not be read",
                failing_rows=examples,
            )
        )
    return checks


def _validate(registry: str, subject: str, rows: pd.DataFrame) -> list[Check]:
    frame = _frame(rows)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        batch = _batch_definition(registry).get_batch(batch_parameters={"dataframe": frame})
        result = batch.validate(
            _suite(registry),
            result_format={
                "result_format": "COMPLETE",
                "partial_unexpected_count": EXAMPLES,
                "include_unexpected_rows": False,
            },
        )
    return [_check(registry, subject, frame, outcome) for outcome in result.results]


def _frame(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a batch with the columns that the expectations name; dates as days since 1970, which every engine compares alike."""
    frame = rows.reset_index(drop=True).copy()
    for column in ("registered_on", "record_date"):
        days = pd.to_datetime(frame[column], errors="coerce")
        frame[f"{column}_day"] = (days - pd.Timestamp(0)).dt.days.astype("Float64")
    frame["registered_is_readable"] = frame["registered"].isna() | frame["registered_on"].notna()
    versions = frame.groupby(["registration_id", "record_date"], dropna=False)["document_hash"].transform("nunique")
    frame["versions_of_one_date"] = versions
    frame["title"] = frame["title"].where(frame["title"].fillna("").str.strip() != "", None)
    return frame


def _check(registry: str, subject: str, frame: pd.DataFrame, outcome: Any) -> Check:
    config, result = outcome.expectation_config, outcome.result or {}
    column = config.kwargs.get("column")
    name = config.type + (f"[{column}]" if column else "")
    failing = [] if outcome.success else (result.get("unexpected_index_list") or [])[:EXAMPLES]
    shown = ["registration_id", "source_file", "source_position", *([column] if column else [])]
    examples = [
        {key: value for key, value in frame.loc[index, list(dict.fromkeys(shown))].items()} for index in failing
    ]
    raised = (outcome.exception_info or {}).get("raised_exception")
    observed = f"{result.get('unexpected_count', 0)} of {result.get('element_count', len(frame))} records"
    if raised:
        observed = f"the check itself failed: {outcome.exception_info.get('exception_message')}"
    elif "observed_value" in result:
        observed = f"observed {result['observed_value']}"
    severity = (config.meta or {}).get("severity", "error")
    return Check(
        registry,
        subject,
        name,
        bool(outcome.success),
        severity,
        observed,
        json.loads(json.dumps(examples, default=str)),
    )


@cache
def _context() -> Any:
    """Return a Great Expectations context that lives in memory, shows no progress bars and reports to nobody."""
    import great_expectations as gx

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    return context


@cache
def _batch_definition(registry: str) -> Any:
    source = _context().data_sources.add_pandas(f"extract_{registry}")
    return source.add_dataframe_asset(name=registry).add_batch_definition_whole_dataframe("batch")


@cache
def _suite(registry: str) -> Any:
    """Build the suite of a registry: what all of them must hold, and what only its own records can."""
    import great_expectations as gx

    suite = gx.ExpectationSuite(name=f"extract_{registry}")
    for expectation in [*_common_expectations(registry), *_own_expectations(registry)]:
        suite.add_expectation(expectation)
    return _context().suites.add(suite)


def _common_expectations(registry: str) -> list[Any]:
    import great_expectations.expectations as gxe

    tomorrow = (datetime.now(UTC).date() + timedelta(days=1) - date(1970, 1, 1)).days
    earliest = (EARLIEST - date(1970, 1, 1)).days
    warn = {"severity": "warning"}
    return [
        gxe.ExpectTableRowCountToBeBetween(min_value=1),
        gxe.ExpectColumnValuesToNotBeNull(column="registration_id"),
        gxe.ExpectColumnValuesToMatchRegex(column="registration_id", regex=_ID_PATTERNS[registry]),
        gxe.ExpectColumnValuesToMatchRegex(column="document_hash", regex=r"^[0-9a-f]{64}$"),
        gxe.ExpectColumnValuesToNotBeNull(column="title", mostly=MOST),
        gxe.ExpectColumnValuesToBeBetween(column="document_length", min_value=_SHORTEST[registry], mostly=MOST),
        gxe.ExpectColumnValuesToBeInSet(column="registered_is_readable", value_set=[True], mostly=MOST),
        gxe.ExpectColumnValuesToBeBetween(
            column="registered_on_day", min_value=earliest, max_value=tomorrow, mostly=MOST
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="record_date_day", min_value=earliest, max_value=tomorrow, mostly=MOST
        ),
        # Different documents of one registration and one date in one batch: kept as versions, but worth a look.
        gxe.ExpectColumnValuesToBeBetween(column="versions_of_one_date", max_value=1, mostly=MOST, meta=warn),
    ]


def _own_expectations(registry: str) -> list[Any]:
    import great_expectations.expectations as gxe

    if registry == "clinicaltrials_gov":
        return [
            gxe.ExpectColumnValuesToNotBeNull(column="status", mostly=MOST),
            gxe.ExpectColumnValuesToBeInSet(column="status", value_set=list(STATUSES), mostly=MOST),
        ]
    if registry == "ictrp":
        known = sorted({name for _, name in SOURCE_REGISTERS})
        return [
            gxe.ExpectColumnValuesToNotBeNull(column="source_register", mostly=MOST),
            # A register that joins the network is news, not an error.
            gxe.ExpectColumnValuesToBeInSet(
                column="source_register", value_set=known, mostly=MOST, meta={"severity": "warning"}
            ),
        ]
    if registry == "chinadrugtrials":
        return [gxe.ExpectColumnValuesToNotBeNull(column="registered", mostly=MOST)]
    return []
