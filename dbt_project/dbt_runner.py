"""Runs dbt as a subprocess and reads what it reports.

In one process with us dbt never releases the lock on the DuckDB file, so that nothing could be published after it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dbt_project import settings

#: dbt keeps its whole project in memory, a million objects, through which Python looks for garbage again and again: a
#: sixth of the time of a build. A longer interval costs some 200 MB.
_DBT: Final = "import gc; gc.set_threshold(2_000_000, 10, 1_000); from dbt.cli.main import cli; cli()"
#: dbt's words for the state of a node in run_results.json.
_FAILED: Final = {"fail"}
_BROKEN: Final = {"error", "runtime error"}


@dataclass(frozen=True)
class NodeResult:
    """What became of one model, seed, snapshot or test."""

    unique_id: str
    status: str
    message: str
    failures: int

    @property
    def kind(self) -> str:
        """Return model, seed, snapshot, test, unit_test or operation."""
        return self.unique_id.split(".", 1)[0]

    @property
    def name(self) -> str:
        """Return the name that the node has in the project."""
        return self.unique_id.split(".")[2] if self.unique_id.count(".") >= 2 else self.unique_id


@dataclass(frozen=True)
class DbtRun:
    """The outcome of one dbt command."""

    exit_code: int
    results: list[NodeResult] = field(default_factory=list)
    output: str = ""

    @property
    def failed_checks(self) -> list[NodeResult]:
        """Return the tests that found something wrong with the data."""
        return [result for result in self.results if result.status in _FAILED]

    @property
    def broken_nodes(self) -> list[NodeResult]:
        """Return what could not run at all."""
        return [result for result in self.results if result.status in _BROKEN]


def dbt_folder() -> Path:
    """Return the folder of dbt's artifacts and logs, beside the build database."""
    return settings.home() / "build" / "dbt"


def run_dbt(
    command: list[str], variables: dict[str, Any] | None = None, on_node: Callable[[str, int, int], None] | None = None
) -> DbtRun:
    """Run a dbt command on this project.

    Args:
        command: the command and its arguments, for example ["build"].
        variables: dbt variables; they override those of dbt_project.yml.
        on_node: called with (name, done, total) after every node, for a progress bar.
    """
    folder = dbt_folder()
    folder.mkdir(parents=True, exist_ok=True)
    results_file = folder / "target" / "run_results.json"
    results_file.unlink(missing_ok=True)
    arguments = [
        sys.executable, "-c", _DBT, "--log-format", "json", "--no-use-colors",
        # At its usual level dbt writes each statement to its log: 25 MB, and a fifth of the time of a build.
        "--log-level-file", "info", *command,
        "--project-dir", str(settings.PROJECT), "--profiles-dir", str(settings.PROJECT),
        "--target-path", str(folder / "target"), "--log-path", str(folder / "logs"),
    ]  # fmt: skip
    if variables:
        arguments += ["--vars", json.dumps(variables)]
    environment = os.environ | {"LANDSCAPE_HOME": str(settings.home()), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    lines: list[str] = []
    with subprocess.Popen(
        arguments, cwd=settings.PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                message = _read_event(line, on_node)
                if message:
                    lines.append(message)
        except BaseException:
            # Whoever stops us stops dbt too: left alone it would hold the database.
            process.terminate()
            raise
    return DbtRun(process.returncode, _read_results(results_file), "\n".join(lines))


def _read_event(line: str, on_node: Callable[[str, int, int], None] | None) -> str:
    """Pass on one line of dbt's JSON log; return what a person should see if the run fails."""
    try:
        event = json.loads(line)
    except json.JSONDecodeError:
        return line.rstrip()
    info, data = event.get("info", {}), event.get("data", {})
    if on_node and info.get("name") in {"LogModelResult", "LogTestResult", "LogSeedResult", "LogSnapshotResult"}:
        on_node(data.get("node_info", {}).get("node_name", ""), int(data.get("index", 0)), int(data.get("total", 0)))
    return info.get("msg", "") if info.get("level") in {"error", "warn"} else ""


def _read_results(file: Path) -> list[NodeResult]:
    if not file.exists():
        return []
    return [
        NodeResult(result["unique_id"], result["status"], result.get("message") or "", result.get("failures") or 0)
        for result in json.loads(file.read_text(encoding="utf-8"))["results"]
    ]
