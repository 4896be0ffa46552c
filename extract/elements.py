"""Cut a large XML file into its record elements, so that one broken record costs only itself."""

import mmap
import re
from collections.abc import Iterator

from lxml import etree

Buffer = bytes | mmap.mmap

# Characters that XML 1.0 forbids, as they are and as references; tab, line feed and carriage return are allowed.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:x0*(?:[0-8bcBCeEfF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2\\d|3[01]));"
)
_BARE_AMPERSAND = re.compile(r"&(?!(?:[A-Za-z]\w*|#\d+|#x[0-9A-Fa-f]+);)")
_HTML_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w*);")


def split(data: Buffer, tag: str) -> Iterator[tuple[bytes, bool]]:
    """Yield each ``<tag>`` element as its bytes, and whether it is closed; one cut off at the end is yielded with
    False.

    An element that is not closed before the next one opens ends there.
    """
    name = re.escape(tag.encode())
    opening = re.compile(rb"<" + name + rb"(?=[\s>/])")
    closing = re.compile(rb"</" + name + rb"\s*>")
    start = opening.search(data)
    while start:
        following = opening.search(data, start.end())
        limit = following.start() if following else len(data)
        end = closing.search(data, start.end(), limit)
        yield data[start.start() : end.end() if end else limit], end is not None
        start = following


def parse(text: str) -> etree._Element:
    """Parse one element, first as it is, then without characters that XML forbids and with bare ``&`` escaped.

    Raises:
        etree.XMLSyntaxError: the element is not well-formed even then.

    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        repaired = _BARE_AMPERSAND.sub("&amp;", _ILLEGAL.sub("", text))
        repaired = _HTML_ENTITY.sub(lambda entity: f"&amp;{entity[1]};", repaired)
        return etree.fromstring(repaired.encode(), parser)


def element_text(element: etree._Element) -> str:
    """Return the text of an element and of all in it."""
    return str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def child_text(element: etree._Element, name: str) -> str | None:
    """Return the text of the first child of this name, whatever the case; None when there is none."""
    wanted = name.lower()
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).localname.lower() == wanted:
            return element_text(child)
    return None
