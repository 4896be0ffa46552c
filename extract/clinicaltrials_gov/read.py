"""Read API v2 studies: pages, arrays, single studies and NDJSON to documents without contacts. Pure: bytes in,
readings out.
"""

import json
import mmap
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

import msgspec

from extract import contacts, identifiers
from extract.clinicaltrials_gov.settings import VOLATILE
from extract.records import Reading, Registration, unreadable
from extract.text import UTF8_OR_WESTERN, parse_date, parse_time

# Above this size an array is walked instead of decoded at once, so that memory does not grow with the file.
DECODE_AT_ONCE_BYTES = 256 * 1024 * 1024

_STRUCTURE = re.compile(rb'["{}\[\]\\]')
_QUOTE_OR_ESCAPE = re.compile(rb'["\\]')
_STUDIES_KEY = re.compile(rb'"studies"\s*:\s*\[')
_NON_SPACE = re.compile(rb"\S")

Buffer = bytes | mmap.mmap


class _Page(msgspec.Struct):
    """An API answer; the studies stay as bytes so that one broken study cannot break its neighbours."""

    studies: list[msgspec.Raw]
    dataTimestamp: str | None = None  # noqa: N815 - the API's own name


_decode_page = msgspec.json.Decoder(_Page).decode
_decode_array = msgspec.json.Decoder(list[msgspec.Raw]).decode
_decode_study = msgspec.json.Decoder(dict[str, Any]).decode


def read(data: Buffer, shape: str, data_cut: datetime | None = None) -> Iterator[Reading]:
    """Yield every study of a file of the given shape; one that cannot be read is yielded as such."""
    if shape == "ndjson":
        studies = _lines(data)
    elif shape == "study_json":
        studies = iter([bytes(data[:])])
    else:
        studies = _elements(data, shape)
        data_cut = data_cut or _stated_data_cut(data, shape)
    each = chain.from_iterable(map(_studies_of_page, studies))
    for position, study in enumerate(each, start=1):
        yield read_study(study, position, data_cut)


def read_study(study: bytes | msgspec.Raw, position: int, data_cut: datetime | None = None) -> Reading:
    """Read one study object to a document without contacts."""
    try:
        document = _decode(study)
    except ValueError as error:
        return unreadable(position, f"not valid JSON: {error}", bytes(study))
    if not isinstance(document, dict):
        return unreadable(position, "not a JSON object", bytes(study))
    identification = _module(document, "identificationModule")
    registration_id = identifiers.nct(_string(identification.get("nctId")))
    if not registration_id:
        stated = identification.get("nctId")
        reason = f"{stated!r} is not an NCT number" if stated else "no protocolSection.identificationModule.nctId"
        return unreadable(position, reason, bytes(study))
    identification["nctId"] = registration_id
    cut_contacts(document)
    status = _module(document, "statusModule")
    return Registration(
        registration_id=registration_id,
        document=document,
        position=position,
        record_date=parse_date(
            _date(status.get("lastUpdatePostDateStruct")) or _string(status.get("lastUpdateSubmitDate"))
        ),
        data_cut=data_cut,
        title=_string(identification.get("briefTitle")) or _string(identification.get("officialTitle")),
        registered=_string(status.get("studyFirstSubmitDate")) or _date(status.get("studyFirstPostDateStruct")),
        status=_string(status.get("overallStatus")),
        volatile=VOLATILE,
    )


def _decode(study: bytes | msgspec.Raw) -> Any:
    """Decode one study; JSON as some clients write it is read too: bare ``NaN`` (null), control characters, Latin-1
    bytes.
    """
    try:
        return _decode_study(study)
    except (msgspec.DecodeError, UnicodeDecodeError):
        text = bytes(study).decode("utf-8", UTF8_OR_WESTERN)
        return json.loads(text, parse_constant=lambda _: None, strict=False)


def cut_contacts(document: dict[str, Any]) -> None:
    """Remove names and addresses of people from a study, in place; sites keep facility, city, state, zip and
    country.
    """
    places = _module(document, "contactsLocationsModule")
    people = _people(document)
    places.pop("centralContacts", None)
    places.pop("overallOfficials", None)
    for location in places.get("locations") or []:
        if isinstance(location, dict):
            location.pop("contacts", None)
    sponsors = _module(document, "sponsorCollaboratorsModule")
    responsible = sponsors.get("responsibleParty")
    if isinstance(responsible, dict):
        for key in ("investigatorFullName", "investigatorTitle", "oldNameTitle"):
            responsible.pop(key, None)
    _module(document, "moreInfoModule", section="resultsSection").pop("pointOfContact", None)
    lead = sponsors.get("leadSponsor")
    # An investigator who sponsors the study alone: the affiliation stands for the name.
    if isinstance(lead, dict) and contacts.is_one_of(_string(lead.get("name")), people):
        affiliation = responsible.get("investigatorAffiliation") if isinstance(responsible, dict) else None
        lead["name"] = affiliation or "Individual investigator"
    for section, content in document.items():
        document[section] = contacts.mask_all(content)


def _people(document: dict[str, Any]) -> list[str | None]:
    places = _module(document, "contactsLocationsModule")
    responsible = _module(document, "sponsorCollaboratorsModule").get("responsibleParty")
    listed = [
        *(places.get("centralContacts") or []),
        *(places.get("overallOfficials") or []),
    ]
    names = [_string(person.get("name")) for person in listed if isinstance(person, dict)]
    if isinstance(responsible, dict):
        names.append(_string(responsible.get("investigatorFullName")))
    return names


def _module(document: dict[str, Any], name: str, section: str = "protocolSection") -> dict[str, Any]:
    """Return a module of a section; an empty one when the study has none (writes to it are then lost)."""
    modules = document.get(section)
    module = modules.get(name) if isinstance(modules, dict) else None
    return module if isinstance(module, dict) else {}


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _date(struct: Any) -> str | None:
    return _string(struct.get("date")) if isinstance(struct, dict) else None


def _stated_data_cut(data: Buffer, shape: str) -> datetime | None:
    """Return the dataTimestamp that some clients save into the page, None in the API's own pages."""
    if shape != "api_page" or data.find(b'"dataTimestamp"') < 0:
        return None
    found = re.search(rb'"dataTimestamp"\s*:\s*"([^"]+)"', data)
    return parse_time(found[1].decode()) if found else None


def _studies_of_page(element: bytes | msgspec.Raw) -> Iterator[bytes | msgspec.Raw]:
    """Yield the element, or, where whole pages were saved as lines or in an array, the studies of the page."""
    if b'"studies"' in bytes(element)[:200] and _STUDIES_KEY.search(bytes(element)):
        yield from _elements(bytes(element), "api_page")
    else:
        yield element


def _lines(data: Buffer) -> Iterator[bytes]:
    """Yield the lines of NDJSON that are not blank."""
    start, end = 0, len(data)
    while start < end:
        stop = data.find(b"\n", start)
        stop = end if stop < 0 else stop
        line = data[start:stop].strip().removeprefix(b"\xef\xbb\xbf")
        if line:
            yield line
        start = stop + 1


def _elements(data: Buffer, shape: str) -> Iterator[bytes | msgspec.Raw]:
    """Yield the studies of a page or an array, at once where the JSON is whole, one by one where it is broken or
    large.
    """
    if len(data) <= DECODE_AT_ONCE_BYTES:
        text = bytes(data[:]).removeprefix(b"\xef\xbb\xbf")
        try:
            yield from _decode_page(text).studies if shape == "api_page" else _decode_array(text)
        except (msgspec.DecodeError, UnicodeDecodeError):
            pass
        else:
            return
    yield from split_elements(data)


def split_elements(data: Buffer) -> Iterator[bytes]:
    """Yield the objects of the array in a page or array by counting brackets; what is cut off at the end comes last,
    as it is.

    A study whose brackets do not balance ends where the next one begins (``{"protocolSection"``), so that it alone is
    lost.
    """
    opening = _STUDIES_KEY.search(data)
    position = opening.end() if opening else data.find(b"[") + 1
    while True:
        first = _NON_SPACE.search(data, position)
        if not first or first[0] == b"]":
            return
        if first[0] == b",":
            position = first.end()
            continue
        end, whole = _end_of_element(data, first.start())
        if not whole:
            end = _next_study(data, first.start() + 1)
        yield data[first.start() : end].rstrip().removesuffix(b",").rstrip()
        position = end


def _next_study(data: Buffer, start: int) -> int:
    following = re.compile(rb'\{\s*"protocolSection"').search(data, start)
    return following.start() if following else len(data)


def _end_of_element(data: Buffer, start: int) -> tuple[int, bool]:
    """Return where the object that starts here ends, and whether it is whole: closed before the next study begins."""
    depth, position = 0, start
    while True:
        found = _STRUCTURE.search(data, position)
        if not found:
            return len(data), False
        position = found.end()
        token = found[0]
        if token == b'"':
            closing = _end_of_string(data, position)
            if closing is None:
                return len(data), False
            if depth > 1 and data[found.start() : closing] == b'"protocolSection"':
                return found.start(), False
            position = closing
        elif token in b"{[":
            depth += 1
        elif token in b"}]":
            depth -= 1
            if depth <= 0:
                return position, True


def _end_of_string(data: Buffer, position: int) -> int | None:
    while True:
        found = _QUOTE_OR_ESCAPE.search(data, position)
        if not found:
            return None
        if found[0] == b'"':
            return found.end()
        position = found.end() + 1
