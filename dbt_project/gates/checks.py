"""Run Great Expectations on a DataFrame and turn what it says into rows that people can read."""

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

# Read when great_expectations is imported: nothing is reported to anybody.
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

import great_expectations as gx
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.expectation import Expectation

MAX_FAILING_ROWS = 20

SEVERITIES = {"critical": "error", "warning": "warning", "info": "warning"}


@dataclass(frozen=True)
class CheckResult:
    """One check of a gate: what was asked of what, the answer, and up to 20 of the rows that failed (JSON)."""

    suite: str
    check_name: str
    subject: str
    success: bool
    severity: str
    observed: str
    failing_rows: str | None


@cache
def _context() -> Any:
    """Return a context in memory that draws no progress bars."""
    for name in ("great_expectations", "great_expectations.data_context.types.base"):
        logging.getLogger(name).setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context


def run_checks(
    frame: pd.DataFrame, expectations: Sequence[Expectation], *, suite: str, subject: str
) -> list[CheckResult]:
    """Judge a DataFrame by expectations whose `description` is the name of the check.

    One that cannot be evaluated (a missing column, say) counts as failed, and the reason is what was observed.
    """
    context = _context()
    source = context.data_sources.add_or_update_pandas(f"{suite}.{subject}")
    batch_definition = source.add_dataframe_asset(subject).add_batch_definition_whole_dataframe("all")
    rows = frame.reset_index(drop=True)
    batch = batch_definition.get_batch({"dataframe": rows})
    outcome = batch.validate(
        gx.ExpectationSuite(name=f"{suite}.{subject}", expectations=list(expectations)),
        result_format={"result_format": "SUMMARY", "partial_unexpected_count": MAX_FAILING_ROWS},
    )
    return [_check_result(result, rows, suite, subject) for result in outcome.results]


def _check_result(result: Any, rows: pd.DataFrame, suite: str, subject: str) -> CheckResult:
    config = result.expectation_config
    severity = SEVERITIES[str(getattr(config.severity, "value", config.severity))]
    return CheckResult(
        suite=suite,
        check_name=config.description or config.type,
        subject=subject,
        success=bool(result.success),
        severity=severity,
        observed=_observed(result),
        failing_rows=None if result.success else _failing_rows(result, rows),
    )


def _observed(result: Any) -> str:
    """Say in words what was found: the exception, the number of failing rows, or the value observed."""
    answer = result.result or {}
    problem = _exception_message(result.exception_info)
    if problem:
        return f"could not be evaluated: {problem}"
    if "unexpected_count" in answer:
        return f"{answer['unexpected_count']} of {answer['element_count']} rows fail"
    return f"observed {answer.get('observed_value')}"


def _exception_message(info: dict[str, Any] | None) -> str | None:
    """Return the message of an exception; table-level expectations nest it one level deeper."""
    if not info:
        return None
    if "raised_exception" in info:
        return info.get("exception_message") if info["raised_exception"] else None
    messages = [_exception_message(nested) for nested in info.values() if isinstance(nested, dict)]
    return next((message for message in messages if message), None)


def _failing_rows(result: Any, rows: pd.DataFrame) -> str | None:
    index = (result.result or {}).get("partial_unexpected_index_list") or []
    if not index:
        return None
    return rows_as_json(rows.loc[index[:MAX_FAILING_ROWS]])


def rows_as_json(rows: pd.DataFrame) -> str:
    """Return rows as a JSON array of objects, dates in ISO form, missing values null."""
    records = json.loads(rows.to_json(orient="records", date_format="iso", force_ascii=False))
    return json.dumps(records, ensure_ascii=False)


def failed(results: Sequence[CheckResult]) -> list[CheckResult]:
    """Return the checks that must stop a publication."""
    return [result for result in results if not result.success and result.severity == "error"]
