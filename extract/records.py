"""What reading a file yields: registrations in one shape for all registries, and the records that could not be read."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec

from extract.contacts import mask

EXCERPT_LENGTH = 300

# Where a record as it came begins to speak of people; ChiCTR's XML names one as primary sponsor.
_ABOUT_PEOPLE = re.compile(
    r"[<\"]?(?:\w*contact|\w*investigator|responsibleParty|overallOfficials|primary_sponsor)|联系人|负责人|研究者",
    re.IGNORECASE,
)

_encoder = msgspec.json.Encoder()
_sorted_encoder = msgspec.json.Encoder(order="sorted")

# Where a record as it came begins to speak of people; ChiCTR's XML names one as primary sponsor.
_ABOUT_PEOPLE = re.compile(
    r"[<\"]?(?:\w*contact|\w*investigator|responsibleParty|overallOfficials|primary_sponsor)|联系人|负责人|研究者",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Registration:
    """One version of a registration as a reader found it, with what the gate looks at."""

    registration_id: str
    document: dict[str, Any]
    position: int
    record_date: date | None = None
    data_cut: datetime | None = None
    title: str | None = None
    registered: str | None = None
    status: str | None = None
    source_register: str | None = None
    # Paths of the document that change without the registration changing; the hash leaves them out.
    volatile: tuple[tuple[str, ...], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that could not be read: where it stands in its file, why, and how it begins."""

    position: int
    reason: str
    excerpt: str


Reading = Registration | Unreadable


def unreadable(position: int, reason: str, record: str | bytes) -> Unreadable:
    """Describe a record that could not be read; the excerpt is short and ends before anything about people."""
    text = record[: EXCERPT_LENGTH * 4].decode("utf-8", "replace") if isinstance(record, bytes) else record
    excerpt = _ABOUT_PEOPLE.split(" ".join(text.split()), maxsplit=1)[0]
    return Unreadable(position, reason, mask(excerpt)[:EXCERPT_LENGTH])


def to_json(document: dict[str, Any]) -> str:
    """Return the document as JSON text, keys in the registry's order."""
    return _encoder.encode(document).decode()


def hash_of(registration: Registration) -> str:
    """Return the SHA-256 of the document with sorted keys and without its volatile fields."""
    document: dict[str, Any] = registration.document
    for path in registration.volatile:
        document = _without(document, path)
    return hashlib.sha256(_sorted_encoder.encode(document)).hexdigest()


def _without(document: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """Return the document without the value at a path; an object that this empties goes too."""
    key, rest = path[0], path[1:]
    if key not in document:
        return document
    copy = dict(document)
    if not rest:
        del copy[key]
    elif isinstance(copy[key], dict):
        inner = _without(copy[key], rest)
        if inner:
            copy[key] = inner
        else:
            del copy[key]
    return copy
