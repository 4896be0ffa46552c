"""Read ICTRP exports to flat documents of strings. Pure: bytes or lines in, readings out."""

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain

from lxml import etree

from extract import elements, identifiers
from extract.contacts import mask
from extract.ictrp.settings import ELEMENT, FIELDS, FULL_EXPORT_COLUMNS, VOLATILE
from extract.records import Reading, Registration, Unreadable, unreadable
from extract.text import clean, encoding_of, one_line, parse_date, parse_time

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

_NAME_NOISE = re.compile(r"[\s_]+")
_DELIMITERS = ",;\t"
# A line that begins a record: a registration number as the first field.
_RECORD_START = re.compile(r'^"?(?:[A-Z]{2,10}[A-Z0-9/_.\-]*\d[A-Z0-9/_.\-]*)"?[,;\t]', re.IGNORECASE)
_LONG_TEXTS = {
    "inclusion_criteria",
    "exclusion_criteria",
    "intervention",
    "primary_outcome",
    "secondary_outcome",
    "results_summary",
    "inclusion_gender",
}


def field_of(name: str) -> str | None:
    """Return our key for ICTRP's name of a field, None for one that is not kept (contacts) or not known."""
    return FIELDS.get(_NAME_NOISE.sub("", name.strip().lstrip("\ufeff")).lower())


def is_header(cells: list[str]) -> bool:
    """Tell whether a row of cells names ICTRP's columns."""
    keys = [field_of(cell) for cell in cells]
    return "trial_id" in keys and ("public_title" in keys or "scientific_title" in keys)


def header_of(first_line: str) -> tuple[list[str] | None, str] | None:
    """Return the columns and the delimiter of an ICTRP table from its first record; columns are None in the full
    export.

    None when the text is no ICTRP table.
    """
    for delimiter in _DELIMITERS:
        try:
            cells = next(csv.reader([first_line], delimiter=delimiter), [])
        except csv.Error:
            return None
        if is_header(cells):
            return cells, delimiter
        if len(cells) == len(FULL_EXPORT_COLUMNS) and identifiers.any_register(cells[0]):
            return None, delimiter
    return None


def read_xml(data: elements.Buffer) -> Iterator[Reading]:
    """Yield every ``<Trial>`` of a portal XML file."""
    encoding, errors = encoding_of(data[:65536])
    if encoding.startswith("utf-16"):
        data, encoding, errors = bytes(data[:]).decode(encoding, errors).encode(), "utf-8", "strict"
    encoding = encoding.removesuffix("-sig")
    for position, (element, whole) in enumerate(elements.split(data, ELEMENT), start=1):
        if not whole:
            yield unreadable(position, "the file ends, or the next record begins, before </Trial>", element)
            continue
        text = element.decode(encoding, errors)
        try:
            trial = elements.parse(text)
        except etree.XMLSyntaxError as error:
            yield unreadable(position, f"not well-formed XML: {error.msg}", element)
            continue
        names = [(str(child.tag), elements.element_text(child)) for child in trial if isinstance(child.tag, str)]
        yield _registration(names, position)


def read_csv(lines: Iterable[str], columns: list[str] | None, delimiter: str) -> Iterator[Reading]:
    """Yield every row of a portal list or full export.

    Args:
        lines: the lines of the file, line ends kept, the header (where there is one) included
        columns: the header, or None for the full export, which has none
        delimiter: what separates the cells

    """
    names = columns or list(FULL_EXPORT_COLUMNS)
    position = 0
    for row, raw in _rows(iter(lines), len(names), delimiter):
        if columns is not None and row == columns:
            continue
        if not any(cell.strip() for cell in row):
            continue
        position += 1
        if len(row) != len(names):
            reason = f"the row has {len(row)} columns where {len(names)} are expected"
            yield unreadable(position, reason, delimiter.join(row[:4]) if len(row) > 1 else raw)
            continue
        yield _registration(list(zip(names, row, strict=True)), position)


def _rows(lines: Iterator[str], width: int, delimiter: str) -> Iterator[tuple[list[str], str]]:
    """Yield rows and their text; a row that an unclosed quote made swallow others is cut where the next record
    begins.
    """
    pending: Iterator[str] = lines
    while True:
        taken: list[str] = []
        reader = csv.reader(_noting(pending, taken), delimiter=delimiter)
        restarted = False
        for row in reader:
            raw, count = "".join(taken), len(taken)
            if len(row) != width and count > 1:
                start = next((i for i in range(1, count) if _RECORD_START.match(taken[i])), None)
                if start is not None:
                    lost = next(csv.reader([taken[0]], delimiter=delimiter), [])
                    yield lost if len(lost) != width else [*lost, ""], "".join(taken[:start])
                    pending, restarted = chain(taken[start:], pending), True
                    break
            taken.clear()
            if row:
                yield row, raw
        if not restarted:
            return


def _noting(lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _registration(fields: list[tuple[str, str]], position: int) -> Reading:
    document: dict[str, str] = {}
    affiliations: list[str] = []
    for name, text in fields:
        key = field_of(name)
        value = _value(key, text) if key else None
        if key == "contact_affiliation" and value:
            if value not in affiliations:
                affiliations.append(value)
        elif key and value and key not in document:
            document[key] = value
    if affiliations:
        document["contact_affiliation"] = "; ".join(affiliations)
    registration_id = identifiers.any_register(document.get("trial_id"))
    if not registration_id:
        return _no_id(document, position)
    document["trial_id"] = registration_id
    register = document.get("source_register") or identifiers.source_register(registration_id)
    if register:
        document["source_register"] = register
    record_date = parse_date(document.get("last_refreshed_on"))
    return Registration(
        registration_id=registration_id,
        document=dict(document),
        position=position,
        record_date=record_date,
        data_cut=_data_cut(document.get("export_date"), record_date),
        title=document.get("public_title") or document.get("scientific_title"),
        registered=document.get("date_registration3") or document.get("date_registration"),
        source_register=register,
        volatile=VOLATILE,
    )


def _value(key: str, text: str) -> str | None:
    value = clean(text) if key in _LONG_TEXTS else one_line(text)
    return mask(value) if value else None


def _no_id(document: dict[str, str], position: int) -> Unreadable:
    stated = document.get("trial_id")
    reason = f"{stated!r} is not a registration number of any register" if stated else "no registration number"
    return unreadable(position, reason, "; ".join(f"{key}: {value}" for key, value in list(document.items())[:3]))


def _data_cut(export_date: str | None, record_date: date | None) -> datetime | None:
    """Return the moment of the export; day and month are swapped back where it would lie before the record it holds.

    A spreadsheet that reads ``7/6/2020`` the other way round writes an export date older than its own rows.
    """
    cut = parse_time(export_date)
    if cut and record_date and cut.date() < record_date and cut.day <= 12:
        swapped = cut.replace(month=cut.day, day=cut.month)
        return swapped if swapped.date() >= record_date else cut
    return cut
