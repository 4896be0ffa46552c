"""Fixtures that every test may use: where the real registry files are, when this machine has them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def _real_folder(name: str) -> Path:
    base = Path(os.environ.get("LANDSCAPE_REAL_DATA", ROOT.parent / "shared"))
    folder = base / name
    if not folder.is_dir():
        pytest.skip(
            f"the real registry files are not here ({name}/ in LANDSCAPE_REAL_DATA or ../shared): "
            "they are not part of the project, so this test measures nothing on this machine"
        )
    return folder


@pytest.fixture(scope="session")
def real_registries() -> Path:
    """Return the folder of real registry files; skip the test, saying so, where it is absent."""
    return _real_folder("registries")


@pytest.fixture(scope="session")
def real_texts() -> Path:
    """Return the folder of real registration texts; skip the test, saying so, where it is absent."""
    return _real_folder("texts")
