"""ICTRP exports to readings. There is no live source: WHO gives exports on its portal and on request."""

import io
from collections.abc import Iterator

from extract.ictrp import read
from extract.inbox import Buffer
from extract.records import Reading
from extract.text import encoding_of

HOW_TO_GET = (
    "WHO ICTRP is read from its exports: search on https://trialsearch.who.int, choose `Export results to XML` (or "
    "CSV), or ask WHO for the full export, put the file into the inbox and run `landscape import`."
)


def read_file(data: Buffer, shape: str) -> Iterator[Reading]:
    """Yield the readings of a file of a recognised shape; tables are read line by line."""
    if shape == "portal_xml":
        yield from read.read_xml(data)
        return
    encoding, errors = encoding_of(bytes(data[:65536]))
    first = _lines(data, encoding, errors)
    header = read.header_of(_first_record(first))
    assert header is not None, "the file was recognised by its header"
    yield from read.read_csv(_lines(data, encoding, errors), *header)


def _first_record(lines: Iterator[str]) -> str:
    """Return the first record of a table, which quoted cells can spread over lines."""
    record = ""
    for line in lines:
        record += line
        if record.count('"') % 2 == 0 and record.strip():
            break
    return record.rstrip("\r\n")


def _lines(data: Buffer, encoding: str, errors: str) -> Iterator[str]:
    """Yield decoded lines, line ends kept as the csv module wants them."""
    stream = io.BufferedReader(_BufferStream(data), buffer_size=1 << 20)
    return io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")


class _BufferStream(io.RawIOBase):
    """A mapped file as a stream, without copying it."""

    def __init__(self, data: Buffer) -> None:
        super().__init__()
        self._data = data
        self._position = 0

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        """Copy the next bytes into the target."""
        chunk = self._data[self._position : self._position + len(target)]
        target[: len(chunk)] = chunk
        self._position += len(chunk)
        return len(chunk)
