"""Running the command line in a home of its own, for tests of the whole pipeline."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILD_TIMEOUT_SECONDS = 900


@dataclass(frozen=True)
class Landscape:
    """A finished run of the command line in a home of its own."""

    home: Path

    @property
    def build_database(self) -> Path:
        return self.home / "build" / "landscape.duckdb"

    @property
    def database(self) -> Path:
        return self.home / "published" / "landscape.duckdb"


def run_landscape(
    home: Path, *arguments: str, check: bool = True, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would, with LANDSCAPE_HOME at `home`."""
    result = subprocess.run(
        [sys.executable, "-m", "dbt_project.cli", *arguments],
        cwd=ROOT,
        env=os.environ | {"LANDSCAPE_HOME": str(home)} | environment,
        capture_output=True,
        text=True,
        timeout=BUILD_TIMEOUT_SECONDS,
        check=False,
    )
    if check and result.returncode != 0:
        raise AssertionError(
            f"landscape {' '.join(arguments)} left with {result.returncode}:\n{result.stdout}\n{result.stderr}"
        )
    return result
