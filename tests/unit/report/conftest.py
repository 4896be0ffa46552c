"""A made-up publication and its report, made once for all tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_up_landscape import publish_mock

from analyses.published import Published
from analyses.report import build_report


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home whose publication holds 120 made-up trials."""
    return publish_mock(tmp_path_factory.mktemp("home"), n_trials=120)


@pytest.fixture(scope="session")
def page(home: Path) -> Path:
    """Return the page of the report of that publication."""
    return build_report(home)


@pytest.fixture
def published(home: Path) -> Iterator[Published]:
    """Return that publication, open for reading."""
    with Published.open(home) as publication:
        yield publication
