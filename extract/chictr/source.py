"""ChiCTR files to readings. There is no live source: the site shows a captcha, which is not defeated."""

from collections.abc import Iterator

from extract.chictr import read
from extract.inbox import Buffer
from extract.records import Reading

HOW_TO_GET = (
    "ChiCTR shows a captcha, which is not defeated: open https://www.chictr.org.cn/searchproj.html in a browser, "
    "search, open each trial and save the page (or click 下载XML文档), put the files into the inbox and run "
    "`landscape import`. "
    "For many trials at once take WHO ICTRP's export, which carries ChiCTR."
)


def read_file(data: Buffer, shape: str) -> Iterator[Reading]:
    """Yield the readings of a file of a recognised shape."""
    if shape == "trial_xml":
        yield from read.read_xml(data)
    else:
        yield read.read_html(bytes(data[:]))
