"""ChinaDrugTrials files to readings. There is no live source: the site keeps programs out, which is not worked
around.
"""

from collections.abc import Iterator

from extract.chinadrugtrials import read
from extract.inbox import Buffer
from extract.records import Reading

HOW_TO_GET = (
    "ChinaDrugTrials serves a script shell to programs, which is not worked around: open "
    "https://www.chinadrugtrials.org.cn/clinicaltrials.prosearch.dhtml in a browser, search, open each trial, save its "
    "detail page, put the files into the inbox and run `landscape import`."
)


def read_file(data: Buffer, shape: str) -> Iterator[Reading]:
    """Yield the one reading of a detail page."""
    assert shape == "detail_html", f"ChinaDrugTrials has no {shape}"
    yield read.read_html(bytes(data[:]))
