"""What the checks of the last build said, for people: one sentence per check that stopped it, with an example."""

import json
from pathlib import Path

import duckdb

# It fails whenever a check of the gate does, whose own sentence says more.
_SUMMARY = "marts_pass_their_gate"


def failed_checks(database: Path) -> list[str]:
    """Return a sentence for every check that did not hold in the last dbt run, as quality.check_results keeps them.

    Checks that were not run, because something before them failed, are left out; an empty list where nothing failed.
    """
    with duckdb.connect(database, read_only=True) as connection:
        rows = connection.execute(
            """
            select subject, check_name, observed, failing_rows
            from quality.check_results
            where
                not success
                and severity = 'error'
                and check_name <> ?
                and run_id = (
                    select run_id from quality.check_results where stage = 'dbt' order by checked_at desc limit 1
                )
            order by stage desc, suite, subject, check_name
            """,
            [_SUMMARY],
        ).fetchall()
    return [_sentence(*row) for row in rows]


def _sentence(subject: str, check_name: str, observed: str | None, failing_rows: str | None) -> str:
    text = f"{subject}: {check_name} ({(observed or 'failed').strip().splitlines()[0]})"
    examples = json.loads(failing_rows) if failing_rows else []
    if not examples:
        return text
    stated = {name: value for name, value in examples[0].items() if value is not None and value != check_name}
    return f"{text}; for example {json.dumps(stated, ensure_ascii=False)}"
