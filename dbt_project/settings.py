"""Where things are: the project, its data, and the settings that the environment carries."""

import os
from datetime import date
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[1]
SAMPLE: Final = PROJECT / "extract" / "sample" / "registries"
GOLD: Final = PROJECT / "tests" / "gold"
CTGOV_URL: Final = "https://clinicaltrials.gov/api/v2"


def home() -> Path:
    """Return the folder of inbox, build, published and quarantine: LANDSCAPE_HOME, by default data/ in the project."""
    return Path(os.environ.get("LANDSCAPE_HOME") or PROJECT / "data").expanduser().resolve()


def build_database() -> Path:
    """Return the DuckDB file that loads and builds write. Nobody else reads it: see published/."""
    return home() / "build" / "landscape.duckdb"


def published_database() -> Path:
    """Return the DuckDB file that people read."""
    return home() / "published" / "landscape.duckdb"


def ctgov_url() -> str:
    """Return the base of the ClinicalTrials.gov API, without a slash at its end."""
    return (os.environ.get("LANDSCAPE_CTGOV_URL") or CTGOV_URL).rstrip("/")


def request_interval() -> float:
    """Return the seconds to wait between two requests to a registry.

    Raises:
        ValueError: LANDSCAPE_REQUEST_INTERVAL is not a number of seconds from 0 up.
    """
    text = os.environ.get("LANDSCAPE_REQUEST_INTERVAL") or "1"
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise ValueError(f"LANDSCAPE_REQUEST_INTERVAL is {text!r}: give a number of seconds, 0 or more, for example 1")
    return seconds


def parse_day(text: str) -> date:
    """Read a date of the command line.

    Raises:
        ValueError: the text is not a day written as YYYY-MM-DD.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a date: write YYYY-MM-DD, for example 2024-08-01") from None
