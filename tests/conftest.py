"""Fixtures that every test may use: the real registry files, where this machine has them, and the published sample."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from landscape_runs import BUILD_TIMEOUT_SECONDS, ROOT, Landscape, run_landscape


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


def _once_for_all_workers(folder: Path, make: Callable[[Path], None]) -> Path:
    """Let the first worker make the folder's content while the others wait for it."""
    done, claimed, failed = folder / "done", folder / "claimed", folder / "failed"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        claimed.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + BUILD_TIMEOUT_SECONDS
        while not done.exists():
            if failed.exists() or time.monotonic() > deadline:
                reason = failed.read_text(encoding="utf-8") if failed.exists() else "it took too long"
                pytest.fail(f"another worker could not make {folder.name}: {reason}", pytrace=False)
            time.sleep(0.5)
        return folder
    try:
        make(folder)
    except BaseException as error:
        failed.write_text(str(error), encoding="utf-8")
        raise
    done.touch()
    return folder


def _shared(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name


@pytest.fixture(scope="session")
def sample_landscape(tmp_path_factory: pytest.TempPathFactory) -> Landscape:
    """The bundled sample, imported, built and published once per test run."""

    def make(folder: Path) -> None:
        run_landscape(folder / "home", "import", "--sample")
        run_landscape(folder / "home", "build")

    return Landscape(_once_for_all_workers(_shared(tmp_path_factory, "sample"), make) / "home")


@pytest.fixture(scope="session")
def sample_publication(sample_landscape: Landscape) -> Path:
    """Return the published DuckDB file of the bundled sample."""
    return sample_landscape.database


@pytest.fixture(scope="session")
def real_landscape(tmp_path_factory: pytest.TempPathFactory, real_registries: Path) -> Landscape:
    """The real registry files, imported, built and published once per test run."""

    def make(folder: Path) -> None:
        run_landscape(folder / "home", "import", str(real_registries))
        run_landscape(folder / "home", "build")

    return Landscape(_once_for_all_workers(_shared(tmp_path_factory, "real"), make) / "home")
