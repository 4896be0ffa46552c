"""One import at a time: a lock file beside the database that goes with its process, however that ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extract.errors import DatabaseBusy

FILE_NAME = "import.lock"


@contextmanager
def held(directory: Path) -> Iterator[None]:
    """Hold the lock of a build directory.

    Raises:
        DatabaseBusy: another process holds it.

    """
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / FILE_NAME).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DatabaseBusy(
                f"another import into {directory} is running: wait until it has ended, then run again"
            ) from error
        yield
