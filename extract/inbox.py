"""Find the files to import: files, folders and the members of zip archives, each as a buffer with a name to report."""

import io
import mmap
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

# A zip member above this size is unpacked to disk and mapped, so that memory does not grow with it.
IN_MEMORY_BYTES = 64 * 1024 * 1024
_IGNORED_NAMES = {".DS_Store", "Thumbs.db", "desktop.ini"}

Buffer = bytes | mmap.mmap


@dataclass(frozen=True, slots=True)
class InboxFile:
    """One file to read: its name relative to what was imported, and where its bytes are."""

    name: str
    path: Path
    member: str | None = None

    @contextmanager
    def open(self) -> Iterator[Buffer]:
        """Map the file, or unpack the zip member, for as long as it is read."""
        if self.member is None:
            with self.path.open("rb") as stream, _mapped(stream) as buffer:
                yield buffer
            return
        with zipfile.ZipFile(self.path) as archive:
            if archive.getinfo(self.member).file_size <= IN_MEMORY_BYTES:
                yield archive.read(self.member)
                return
            with tempfile.TemporaryFile() as unpacked, archive.open(self.member) as packed:
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


def find(paths: list[Path]) -> Iterator[InboxFile]:
    """Yield every file under the paths in a stable order; hidden files and what operating systems leave behind are
    not input.

    Raises:
        FileNotFoundError: a path does not exist.

    """
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"{path} does not exist")
        if path.is_dir():
            for file in sorted(
                file for file in path.rglob("*") if file.is_file() and _is_input(file.relative_to(path))
            ):
                yield from _file_or_members(file, file.relative_to(path).as_posix())
        else:
            yield from _file_or_members(path, path.name)


def _is_input(relative: Path | PurePosixPath) -> bool:
    return not any(part.startswith(".") or part == "__MACOSX" or part in _IGNORED_NAMES for part in relative.parts)


def _file_or_members(path: Path, name: str) -> Iterator[InboxFile]:
    members = _members(path)
    if members is None:
        yield InboxFile(name, path)
        return
    for member in members:
        yield InboxFile(f"{name}!{member}", path, member)


def _members(path: Path) -> list[str] | None:
    """Return the files in a zip archive; None when the file is none that can be read (an office file is a zip, too)."""
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        names = [entry.filename for entry in entries if not entry.is_dir()]
        if "[Content_Types].xml" in names or any(entry.flag_bits & 1 for entry in entries):
            return None
    return sorted(name for name in names if _is_input(PurePosixPath(name)))
