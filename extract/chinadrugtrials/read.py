"""Read ChinaDrugTrials detail pages to documents. Pure: bytes in, one reading out.

What is kept is listed in ``settings``: contacts, investigators and their addresses are in none of its lists.
"""

import re
from itertools import pairwise
from typing import Any

from lxml import html

from extract import identifiers
from extract.chinadrugtrials.settings import (
    CRITERIA_KEYS,
    DRUG_KEYS,
    EMPTY_WORDS,
    ENDPOINT_KEYS,
    HEADINGS,
    LABELS,
    TABLES,
    URL,
)
from extract.contacts import mask_all
from extract.page import page_of, text_of
from extract.records import Reading, Registration, unreadable
from extract.text import clean, decode, label, one_line, parse_date

_NUMBERING = re.compile(r"^(?:\d+|[一二三四五六七八九十]+)[、.．,]")
_FORMER_NAME = re.compile(r"^(.*?)\s*曾用名\s*[:：]?\s*(.*)$", re.DOTALL)
_PART_LABELS = {
    "中文通用名": "name",
    "英文通用名": "english_name",
    "商品名称": "brand_name",
    "商品名": "brand_name",
    "商品": "brand_name",
}
_USAGE_LABELS = ("剂型", "规格", "用法用量", "用量", "用法", "用药时程")
_PART = re.compile(rf"({'|'.join([*_PART_LABELS, *_USAGE_LABELS])})\s*[:：]")
_NEXT_DRUG = re.compile(r"(?:(?<=[^\d])|^)\d{0,2}\s*(?=中文通用名\s*[:：])")
_CDE_ID = re.compile(r"CTR20[12]\d{5}(?!\d)")
_ORDINALS = re.compile(r"^[\d\s]+$")
_ORDINAL = re.compile(r"^\d{1,3}$")

Row = list[html.HtmlElement]


def read_html(data: bytes, position: int = 1) -> Reading:
    """Read one detail page."""
    text = decode(data)
    root = page_of(text)
    cells = _labelled_cells(root)
    stated = one_line(_text(cells["registration_id"][0])) if "registration_id" in cells else None
    registration_id = identifiers.cde(stated)
    if not registration_id:
        reason = f"{stated!r} is not a CTR number of the CDE" if stated else "no value beside the label 登记号"
        return unreadable(position, reason, one_line(root.text_content()) or "")
    document: dict[str, Any] = mask_all(_document(registration_id, cells, root))
    dates = [parse_date(document.get("first_public_date"))]
    dates += [parse_date(update.get("date")) for update in document["updates"]]
    return Registration(
        registration_id=registration_id,
        document=document,
        position=position,
        # The page states no date of its last change but its list of updates; without one it is as first published.
        record_date=max((day for day in dates if day), default=None),
        title=document.get("public_title") or document.get("scientific_title") or document.get("drug_name"),
        registered=document.get("first_public_date"),
        source_register="ChinaDrugTrials",
    )


def _document(registration_id: str, cells: dict[str, Row], root: html.HtmlElement) -> dict[str, Any]:
    document: dict[str, Any] = {"registration_id": registration_id}
    structured = {
        "registration_id",
        "leading_institution",
        "sponsor_names",
        "related_ids",
        "drug_name",
        *DRUG_KEYS,
        *ENDPOINT_KEYS,
        *CRITERIA_KEYS,
    }
    for key in dict.fromkeys(LABELS.values()):
        if key not in structured:
            document[key] = _value(cells.get(key, []))
    document["sponsor_names"] = _sponsors(cells.get("sponsor_names", []))
    document["related_ids"] = list(dict.fromkeys(_CDE_ID.findall(_value(cells.get("related_ids", [])) or "")))
    document["drug_name"], document["former_drug_name"] = _drug_names(_value(cells.get("drug_name", [])))
    for key in CRITERIA_KEYS:
        document[key] = _criteria(cells.get(key, []))
    for key in DRUG_KEYS:
        document[key] = _drugs(cells.get(key, []))
    for key in ENDPOINT_KEYS:
        document[key] = _endpoints(cells.get(key, []))
    document.update(_heading_texts(root))
    document.update(_tables(root))
    if not document["institutions"]:
        leading = dict.fromkeys(filter(None, map(_value, ([cell] for cell in cells.get("leading_institution", [])))))
        document["institutions"] = [{"name": name, "country": None, "province": None, "city": None} for name in leading]
    document["url"] = URL.format(registration_id=registration_id)
    return document


def _labelled_cells(root: html.HtmlElement) -> dict[str, Row]:
    """Return, for each label, the cells that stand to its right; a label comes more than once (申请人名称, 登记号)."""
    found: dict[str, Row] = {}
    for row in root.iter("tr"):
        cells = _cells(row)
        for cell, right in pairwise(cells):
            key = LABELS.get(_label(cell))
            # In a header row the next cell is a label too: the value is not there.
            if key and right.tag == "td" and not (cell.tag == "td" and _label(right) in LABELS):
                found.setdefault(key, []).append(right)
    return found


def _cells(row: html.HtmlElement) -> Row:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _label(cell: html.HtmlElement) -> str:
    return "" if cell.find(".//table") is not None else label(cell.text_content()).upper().replace("(DMC)", "")


def _text(cell: html.HtmlElement) -> str | None:
    return clean(text_of(cell))


def _value(cells: Row) -> str | None:
    for cell in cells:
        text = one_line(_text(cell))
        if text:
            return text
    return None


def _sponsors(cells: Row) -> list[str]:
    """Return the applicants: the values of the ``<input>`` fields, or, where there is none, the text split at ``/``."""
    fields = [field.get("value") for cell in cells for field in cell.iter("input")]
    names = [one_line(value) for value in fields]
    if not any(names):
        names = [one_line(name) for cell in cells for name in re.split(r"/\s", _text(cell) or "")]
    return list(dict.fromkeys(name.rstrip("/ ") for name in names if name and not _ORDINALS.match(name)))


def _drug_names(text: str | None) -> tuple[str | None, str | None]:
    """Split ``吗替麦考酚酯胶囊 曾用名:…`` to the name and the former name."""
    found = _FORMER_NAME.match(text or "")
    return (found[1].strip() or None, found[2].strip() or None) if found else (text, None)


def _nested_rows(cells: Row) -> list[Row]:
    return [_cells(row) for cell in cells for row in cell.iter("tr")]


def _criteria(cells: Row) -> str | None:
    """Return numbered criteria one a line; text that the page runs together stays as it is."""
    lines = []
    for row in _nested_rows(cells):
        texts = [text for text in (one_line(_text(cell)) for cell in row) if text]
        if len(texts) > 1 and _ORDINAL.match(texts[0]):
            texts = [f"{texts[0]}. {texts[1]}", *texts[2:]]
        lines.extend(texts)
    return "\n".join(lines) if lines else next((text for text in map(_text, cells) if text), None)


def _drugs(cells: Row) -> list[dict[str, str | None]]:
    drugs: list[dict[str, str | None]] = []
    for row in _nested_rows(cells):
        texts = [_text(cell) for cell in row]
        if not row or all(cell.tag == "th" for cell in row) or label(texts[0] or "") == "序号":
            continue
        ordinal = texts[0] if texts[0] and _ORDINAL.match(texts[0]) else None
        body = [text for text in (texts[1:] if ordinal else texts) if text]
        if body:
            drugs.append(_drug(str(len(drugs) + 1), "\n".join(body)))
    if not drugs:
        # Several drugs run together in one text: 1中文通用名:…用药时程:…2中文通用名:…
        pieces = [piece for cell in cells for piece in _NEXT_DRUG.split(_text(cell) or "") if _is_filled(piece)]
        drugs = [_drug(str(number), piece) for number, piece in enumerate(pieces, start=1)]
    return drugs


def _is_filled(text: str | None) -> bool:
    return bool(text and text.strip()) and text not in EMPTY_WORDS


def _drug(position: str, text: str) -> dict[str, str | None]:
    drug: dict[str, str | None] = {
        "position": position,
        "text": text,
        "name": None,
        "english_name": None,
        "brand_name": None,
    }
    parts = _PART.split(text)
    for part, value in zip(parts[1::2], parts[2::2], strict=True):
        key = _PART_LABELS.get(part)
        if key and not drug[key]:
            drug[key] = one_line(value)
    if len(parts) == 1:
        drug["name"] = one_line(text.split("\n", maxsplit=1)[0])
    return drug


def _endpoints(cells: Row) -> list[dict[str, str | None]]:
    endpoints = []
    for row in _nested_rows(cells):
        texts = [one_line(_text(cell)) for cell in row]
        if not row or all(cell.tag == "th" for cell in row) or label(texts[0] or "") == "序号":
            continue
        body = texts[1:] if texts[0] and _ORDINAL.match(texts[0]) else texts
        if any(body):
            padded = [*body, None, None, None]
            endpoints.append({"name": padded[0], "time": padded[1], "kind": padded[2]})
    if not endpoints:
        endpoints = [
            {"name": text, "time": None, "kind": None}
            for text in map(_value, ([cell] for cell in cells))
            if _is_filled(text)
        ]
    return endpoints


def _heading_texts(root: html.HtmlElement) -> dict[str, str | None]:
    """Return the values that are bare text nodes between two headings: purpose, DMC, insurance, status."""
    values: dict[str, str | None] = dict.fromkeys(HEADINGS.values())
    for heading in root.iter("div"):
        if "sDPTit2" not in (heading.get("class") or ""):
            continue
        key = HEADINGS.get(_NUMBERING.sub("", label(heading.text_content())))
        if key and not values[key]:
            values[key] = one_line(_text_after(heading))
    return values


def _text_after(heading: html.HtmlElement) -> str:
    """Return the text between a heading and the next one; a table in between ends it, as it holds other fields."""
    pieces = [heading.tail or ""]
    for sibling in heading.itersiblings():
        css = sibling.get("class") or "" if isinstance(sibling.tag, str) else ""
        if sibling.tag == "table" or "sDPTit2" in css or "searchDetailPartTit" in css:
            break
        if isinstance(sibling.tag, str) and sibling.tag not in ("script", "style"):
            pieces.append(f"\n{_text(sibling) or ''}\n")
        pieces.append(sibling.tail or "")
    return "".join(pieces)


def _tables(root: html.HtmlElement) -> dict[str, list[dict[str, str | None]]]:
    """Read the tables with a header row (institutions, ethics committees, updates) by the names of their columns."""
    lists: dict[str, list[dict[str, str | None]]] = {key: [] for key, _ in TABLES.values()}
    for table in root.iter("table"):
        columns: list[str] = []
        target: tuple[str, dict[str, str]] | None = None
        for row in table.iter("tr"):
            names = [label(cell.text_content()) for cell in _cells(row)]
            told = next((TABLES[name] for name in names if name in TABLES), None)
            if told and len(names) > 1:
                columns, target = names, told
            elif target and len(names) == len(columns):
                item = {
                    target[1][column]: one_line(_text(cell))
                    for column, cell in zip(columns, _cells(row), strict=True)
                    if column in target[1]
                }
                if any(item.values()) and not set(item.values()) & set(EMPTY_WORDS):
                    lists[target[0]].append(item)
    return lists
