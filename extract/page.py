"""Saved web pages as trees, and the text of their cells as a reader of the page sees it."""

import re

from lxml import html

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_OWN_LINE = frozenset({"p", "div", "tr", "table", "li"})
_NOT_TEXT = frozenset({"script", "style"})


def page_of(text: str) -> html.HtmlElement:
    """Parse a page; whatever it holds, there is a tree."""
    # lxml refuses a decoded text that declares an encoding.
    source = _DECLARATION.sub("", text.replace("\x00", "")).strip()
    tree: html.HtmlElement = html.document_fromstring(source or "<html></html>")
    return tree


def text_of(element: html.HtmlElement) -> str:
    """Return the text of an element, a line for each ``<br>``, paragraph and row, without scripts."""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _NOT_TEXT:
            if child.tag == "br":
                pieces.append("\n")
            inner = text_of(child)
            pieces.append(f"\n{inner}\n" if child.tag in _OWN_LINE else inner)
        pieces.append(child.tail or "")
    return "".join(pieces)
