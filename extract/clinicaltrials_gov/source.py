"""ClinicalTrials.gov files to readings."""

from collections.abc import Iterator

from extract.clinicaltrials_gov import read
from extract.inbox import Buffer
from extract.records import Reading


def read_file(data: Buffer, shape: str) -> Iterator[Reading]:
    """Yield the readings of a file of a recognised shape."""
    yield from read.read(data, shape)
