"""Find the files to import: files, folders and the members of zip archives, each as a buffer with a name to report."""

import io
import mmap
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

# What opening a file or unpacking a zip member can fail with.
UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
# A zip member above this size is unpacked to disk and mapped, so that memory does not grow with it.
IN_MEMORY_BYTES = 64 * 1024 * 1024
_IGNORED_NAMES = {".DS_Store", "Thumbs.db", "desktop.ini"}

Buffer = bytes | mmap.mmap


@dataclass(frozen=True, slots=True)
class InboxFile:
    """One file to read: its name relative to what was imported, and where its bytes are."""

    name: str
    path: Path
    archive: zipfile.ZipFile | None = None
    member: str = ""

    @contextmanager
    def open(self) -> Iterator[Buffer]:
        """Map the file, or unpack the zip member, for as long as it is read."""
        if self.archive is None:
            with self.path.open("rb") as stream, _mapped(stream) as buffer:
                yield buffer
        elif self.archive.getinfo(self.member).file_size <= IN_MEMORY_BYTES:
            yield self.archive.read(self.member)
        else:
            with tempfile.TemporaryFile() as unpacked, self.archive.open(self.member) as packed:
                while chunk := packed.read(1 << 20):
                    unpacked.write(chunk)
                with _mapped(unpacked) as buffer:
                    yield buffer


@contextmanager
def _mapped(stream: IO[bytes]) -> Iterator[Buffer]:
    stream.seek(0, io.SEEK_END)
    if stream.tell() == 0:
        yield b""
        return
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as buffer:
        yield buffer


def find(paths: Sequence[Path]) -> Iterator[InboxFile]:
    """Yield every file under the paths in a stable order; a zip stays open while its members are yielded.

    Hidden files and what operating systems leave behind are no input.

    Raises:
        FileNotFoundError: a path does not exist.

    """
    for file, name in _files(paths):
        with _archive(file) as archive:
            if archive is None:
                yield InboxFile(name, file)
            else:
                for member in _members(archive):
                    yield InboxFile(f"{name}!{member}", file, archive, member)


def count(paths: Sequence[Path]) -> int:
    """Return how many files `find` will yield.

    Raises:
        FileNotFoundError: a path does not exist.

    """
    total = 0
    for file, _ in _files(paths):
        with _archive(file) as archive:
            total += 1 if archive is None else len(_members(archive))
    return total


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"{path} does not exist")
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.is_file() and _is_input(file.relative_to(path)))
            for file in sorted(inside):
                yield file, file.relative_to(path).as_posix()
        else:
            yield path, path.name


def _is_input(relative: Path | PurePosixPath) -> bool:
    return not any(part.startswith(".") or part == "__MACOSX" or part in _IGNORED_NAMES for part in relative.parts)


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile | None]:
    """Open a zip; None for what is none, or none that can be read: damaged, encrypted, an office file."""
    try:
        archive = zipfile.ZipFile(path)
    except UNREADABLE:
        yield None
        return
    with archive:
        entries = archive.infolist()
        is_office = "[Content_Types].xml" in archive.NameToInfo
        yield None if is_office or any(entry.flag_bits & 1 for entry in entries) else archive


def _members(archive: zipfile.ZipFile) -> list[str]:
    names = (entry.filename for entry in archive.infolist() if not entry.is_dir())
    return sorted(name for name in names if _is_input(PurePosixPath(name)))
